import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeAddress } from './addresses.ts';
import { ApiClient, expectStatus } from './api-client.ts';
import type { Credentials } from './api-client.ts';
import { poll, withDeadline } from './deadline.ts';
import { childrenOf, isRunning, readPids } from './processes.ts';
import type { Pids, Role } from './processes.ts';

const root = join(import.meta.dirname, '..', '..', '..');
/** The command as a stranger runs it: a file of the tree, not an import. */
const entry = join(root, 'apps', 'elbow', 'src', 'main.ts');
/** Shared by all daemons of all runs: one with a new data directory would compile every file anew. */
const compileCache = join(root, 'node_modules', '.cache', 'elbow-compile');
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGTERM')));

export interface ElbowOptions {
  /** Default 4, whatever the machine has: counts must be exact over workers. */
  readonly workers?: number;
  /** Default: a new folder, removed by {@link Elbow.stop}. */
  readonly dataDir?: string;
  /** HOST:PORT of the API; default an address of its own. */
  readonly admin?: string;
  readonly az?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly arguments?: readonly string[];
}

/** What one worker thread says about itself when asked. */
export interface WorkerAnswer {
  readonly id: number;
  readonly revision: number;
  readonly state: 'starting' | 'serving' | 'dead';
  readonly connections: number;
}

/** Starts the real daemon, all in one, and waits until it is ready. */
export async function startElbow(options: ElbowOptions = {}): Promise<Elbow> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'elbow-data-'));
  const elbow = new Elbow(
    { ...options, dataDir, admin: options.admin ?? `${freeAddress()}:8700` },
    options.dataDir === undefined,
  );
  await elbow.start();
  return elbow;
}

type Settled = ElbowOptions & { readonly dataDir: string; readonly admin: string };

/** One daemon: supervisor, control process and node process. */
export class Elbow {
  readonly dataDir: string;
  readonly admin: string;
  readonly workers: number;
  private readonly options: Settled;
  private readonly ownsDataDir: boolean;
  private child: ChildProcess | undefined;
  private output = '';

  constructor(options: Settled, ownsDataDir: boolean) {
    this.options = options;
    this.ownsDataDir = ownsDataDir;
    this.dataDir = options.dataDir;
    this.admin = options.admin;
    this.workers = options.workers ?? 4;
  }

  /** From `credentials.json`, read anew at each use. */
  get credentials(): Credentials {
    return JSON.parse(readFileSync(join(this.dataDir, 'credentials.json'), 'utf8'));
  }

  get api(): ApiClient {
    return new ApiClient(this.credentials);
  }

  /** Everything the daemon has written to its standard output and error, over all starts. */
  get log(): string {
    return this.output;
  }

  /** Starts (again) on the same data directory and waits for /readyz, at most 30 s. */
  async start(): Promise<void> {
    this.child = spawn(process.execPath, [entry, 'serve', ...this.words()], {
      env: this.environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { child } = this;
    running.add(child);
    child.on('exit', () => running.delete(child));
    child.stdout?.on('data', (bytes: Buffer) => (this.output += bytes.toString()));
    child.stderr?.on('data', (bytes: Buffer) => (this.output += bytes.toString()));
    await this.untilReady();
  }

  /** Resolves once /readyz answers 200, that is every worker serves the newest plan. */
  async untilReady(timeoutMs = 30_000): Promise<void> {
    const what = (): string => `readiness of the daemon, which wrote:\n${this.output}`;
    await poll(
      async () => {
        const { child } = this;
        if (child?.exitCode !== null || child.signalCode !== null)
          throw new Error(`the daemon ended:\n${this.output}`);
        return (await this.statusOf('/readyz')) === 200;
      },
      { timeoutMs, what },
    );
  }

  /** The status of a GET on the admin port; 0 when nobody answers. */
  statusOf(path: string): Promise<number> {
    return new Promise((resolve) => {
      const request = get(`http://${this.admin}${path}`, { agent: false, timeout: 2000 }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on('timeout', () => request.destroy());
      request.on('error', () => resolve(0));
    });
  }

  /** Asks each worker for the revision it serves now. `delivered` is what the control process sent to the node. */
  async askWorkers(): Promise<{ readonly delivered: number; readonly workers: readonly WorkerAnswer[] }> {
    const answer = expectStatus(await this.api.call('GET', '/elbow/v1/nodes'), 200);
    const [node] = answer.json.nodes;
    return { delivered: node.delivered_revision, workers: node.workers };
  }

  /** Process ids by role, once all three run; at most 10 s. */
  pids(): Promise<Pids> {
    return poll(() => readPids(this.supervisor()), {
      timeoutMs: 10_000,
      what: 'a control and a node process',
    });
  }

  /** `kill -9` of one process. Resolves when it has gone. @returns its process id */
  async kill9(role: Role): Promise<number> {
    const pid = (await this.pids())[role];
    process.kill(pid, 'SIGKILL');
    await poll(() => !isRunning(pid), { timeoutMs: 5000, everyMs: 2, what: `death of ${role} ${pid}` });
    return pid;
  }

  /** `kill -9` of every process at one moment, as a power cut does. */
  async kill9Everything(): Promise<void> {
    const { supervisor, control, node } = await this.pids();
    for (const pid of [supervisor, control, node]) process.kill(pid, 'SIGKILL');
    await poll(() => ![supervisor, control, node].some(isRunning), {
      timeoutMs: 5000,
      everyMs: 2,
      what: 'death of all',
    });
  }

  /** Another process than `before` has the role; at most 10 s. @returns its process id */
  async untilReplaced(role: Role, before: number): Promise<number> {
    const replacement = (): number | null => {
      const pid = readPids(this.supervisor())?.[role];
      return pid === undefined || pid === before ? null : pid;
    };
    return poll(replacement, { timeoutMs: 10_000, everyMs: 5, what: `a new ${role} process` });
  }

  /** SIGTERM, then waits for a clean end; what is left after 15 s is killed and the promise rejects. */
  async stop(): Promise<void> {
    const { child } = this;
    try {
      if (child !== undefined && child.exitCode === null && child.signalCode === null) await this.end(child);
    } finally {
      if (this.ownsDataDir) rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  private async end(child: ChildProcess): Promise<void> {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const family = [this.supervisor(), ...childrenOf(this.supervisor())];
    child.kill('SIGTERM');
    try {
      await withDeadline(ended, 15_000, () => `end of the daemon, which wrote:\n${this.output}`);
      await poll(() => !family.some(isRunning), {
        timeoutMs: 2000,
        what: 'end of every process of the daemon',
      });
    } finally {
      for (const pid of family.filter(isRunning)) process.kill(pid, 'SIGKILL');
    }
  }

  private supervisor(): number {
    if (this.child?.pid === undefined) throw new Error('the daemon is not started');
    return this.child.pid;
  }

  private words(): readonly string[] {
    const { dataDir, admin, az, arguments: more } = this.options;
    return [
      '--data-dir',
      dataDir,
      '--admin',
      admin,
      '--workers',
      String(this.workers),
      '--az',
      az ?? 'az1',
      ...engineWords(),
      ...(more ?? []),
    ];
  }

  private environment(): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(ELBOW_|NODE_OPTIONS|VITEST|NODE_ENV)/.test(name),
    );
    return { ...Object.fromEntries(inherited), NODE_COMPILE_CACHE: compileCache, ...this.options.env };
  }
}

/** The rows that both TLS engines have to give run once more under a name that says which; see vitest.config.ts. */
function engineWords(): readonly string[] {
  const engine = process.env['TEST_TLS_ENGINE'];
  return engine === undefined ? [] : ['--tls-engine', engine];
}
