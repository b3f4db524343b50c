import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Settings } from '@elbow/model';
import type { Log } from '@elbow/plan';
import type { FromChild, ToChild } from '../lifecycle-messages.ts';
import type { Role } from '../roles/roles.ts';
import { endingsInARow, nextStep } from './restart-policy.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
/** On top of the grace that the role itself keeps. */
const STOP_MARGIN_MS = 2000;

export interface RoleProcessOptions {
  readonly role: Role['name'];
  readonly settings: Settings;
  readonly log: Log;
  readonly onReady: () => void;
  /** The role cannot be brought up; nothing is running any more. */
  readonly onGiveUp: (reason: string) => void;
}

interface Life {
  readonly child: ChildProcess;
  readonly bornAtMs: number;
  failure: string | null;
}

/** One child of the supervisor, started again whenever it ends by itself. */
export class RoleProcess {
  private readonly options: RoleProcessOptions;
  private life: Life | null = null;
  private restart: NodeJS.Timeout | undefined;
  private endings = 0;
  private hasEverBeenReady = false;
  private isStopping = false;
  private whenStopped: () => void = () => {};

  constructor(options: RoleProcessOptions) {
    this.options = options;
    this.start();
  }

  /** Has the child end within its grace; one that does not is killed. Resolves when it is gone. */
  async stop(graceMs: number): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.restart);
    if (this.life === null) return;
    const { child } = this.life;
    const gone = new Promise<void>((resolve) => (this.whenStopped = resolve));
    const deadline = setTimeout(() => child.kill('SIGKILL'), graceMs + STOP_MARGIN_MS);
    send(child, { type: 'stop', graceMs });
    await gone;
    clearTimeout(deadline);
  }

  /** Ends the child now. */
  kill(): void {
    this.isStopping = true;
    clearTimeout(this.restart);
    this.life?.child.kill('SIGKILL');
  }

  private start(): void {
    const { role, settings } = this.options;
    const child = fork(MAIN, [role], {
      env: { ...runtimeSettings(settings.dataDir), ...process.env },
      execArgv: process.execArgv,
    });
    const life: Life = { child, bornAtMs: performance.now(), failure: null };
    this.life = life;
    child.on('message', (message: FromChild) => this.receive(life, message));
    child.on('error', (error) => (life.failure ??= error.message));
    child.on('exit', (code, signal) => this.ended(life, signal ?? `exit code ${code}`));
    send(child, { type: 'start', settings });
  }

  private receive(life: Life, message: FromChild): void {
    if (message.type === 'failed') {
      life.failure = message.reason;
      return;
    }
    this.hasEverBeenReady = true;
    this.options.log('info', 'child is ready', {
      role: this.options.role,
      processId: life.child.pid,
      startMs: Math.round(performance.now() - life.bornAtMs),
    });
    this.options.onReady();
  }

  private ended(life: Life, how: string): void {
    this.life = null;
    if (this.isStopping) return this.whenStopped();
    const livedMs = performance.now() - life.bornAtMs;
    this.endings = endingsInARow(this.endings, livedMs);
    const step = nextStep({
      hasEverBeenReady: this.hasEverBeenReady,
      saidWhy: life.failure !== null,
      livedMs,
      endingsInARow: this.endings,
    });
    const reason = life.failure ?? how;
    const facts = { role: this.options.role, reason, livedMs: Math.round(livedMs) };
    if (step.type === 'give-up') return this.options.onGiveUp(reason);
    this.options.log('error', 'child ended; starting it again', { ...facts, inMs: step.delayMs });
    this.restart = setTimeout(() => this.start(), step.delayMs);
  }
}

/** What the runtime of a child reads from its environment at start; an operator's own values win. */
function runtimeSettings(dataDir: string): NodeJS.ProcessEnv {
  return {
    // Log writes, name resolution, compression and password hashing of all threads share this pool.
    UV_THREADPOOL_SIZE: String(availableParallelism() + 4),
    // A child that is started again must not compile everything anew while clients wait.
    NODE_COMPILE_CACHE: join(dataDir, 'compile-cache'),
  };
}

function send(child: ChildProcess, message: ToChild): void {
  // A child that is already gone tells so by its exit event.
  child.send(message, () => {});
}
