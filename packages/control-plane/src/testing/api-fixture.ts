import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultQuotas, type Settings } from '@elbow/model';
import type { Log } from '@elbow/plan';
import { openStore, type Store } from '@elbow/store';
import { ManualClock } from '@elbow/testkit';
import { type Account, createAccount } from '../auth/account.ts';
import { LoginThrottle } from '../auth/login-throttle.ts';
import { sessionBounds, Sessions } from '../auth/sessions.ts';
import { Tokens } from '../auth/tokens.ts';
import type { ConsoleFiles } from '../console/console-files.ts';
import { describeNetworks } from '../describe-networks.ts';
import { createApp } from '../http/app.ts';
import { HistoryRecorder } from '../history/history-recorder.ts';
import { createOperators, type Operators } from '../operators.ts';
import { createReconciler, type Reconciler } from '../reconcile/index.ts';
import { createHandlers } from '../services/handlers.ts';

/** 2024-01-02T03:04:05Z */
export const startMs = 1_704_164_645_000;

export const settings: Settings = {
  dataDir: '/nowhere',
  admin: { host: '127.0.0.1', port: 8700 },
  workers: 1,
  availabilityZone: 'az1',
  frontendSubnets: ['127.0.0.0/8', '192.0.2.7/32'],
  backendSubnets: [],
  publicAddresses: [],
  allowsLoopbackMembers: true,
  allowsLinkLocalMembers: false,
  resolvers: [],
  compressionCpuPercent: 0,
  quotas: defaultQuotas,
  accessLog: 'off',
  accessLogFormat: 'elb',
  accessLogRotateMib: 100,
  accessLogKeep: 5,
  tlsEngine: 'node',
  historyKeepEntries: 1_000,
  historyKeepDays: 90,
  sessionIdleMinutes: 30,
  sessionHours: 12,
};

export interface ApiResult {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies of every shape
  readonly json: any;
}

/** The whole control plane on a store in memory, without sockets to clients; no node is connected. */
export class ApiFixture {
  readonly store: Store;
  readonly reconciler: Reconciler;
  readonly operators: Operators;
  readonly recorder: HistoryRecorder;
  readonly account: Account;
  readonly password: string;
  readonly clock: ManualClock;
  readonly app: ReturnType<typeof createApp>;
  readonly events: string[];
  readonly socketPath: string;
  readonly #token: string;
  readonly #directory: string;

  constructor(
    parts: Omit<ApiFixture, 'call' | 'create' | 'project' | 'everything' | 'clear' | 'close'> & {
      token: string;
      directory: string;
    },
  ) {
    this.store = parts.store;
    this.reconciler = parts.reconciler;
    this.operators = parts.operators;
    this.recorder = parts.recorder;
    this.account = parts.account;
    this.password = parts.password;
    this.clock = parts.clock;
    this.app = parts.app;
    this.events = parts.events;
    this.socketPath = parts.socketPath;
    this.#token = parts.token;
    this.#directory = parts.directory;
  }

  get project(): string {
    return `/v3/${this.account.projectId}/elb`;
  }

  /** Calls with a token. `path` below the project, or from the root when it starts with a slash. */
  async call(method: string, path: string, body?: unknown): Promise<ApiResult> {
    const target = path.startsWith('/') ? path : `${this.project}/${path}`;
    const text = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await this.app.request(target, {
      method,
      headers: { 'X-Auth-Token': this.#token },
      ...text,
    });
    const answer = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      json: answer === '' ? null : JSON.parse(answer),
    };
  }

  /** Creates and returns the resource. @throws when it is not created */
  async create(path: string, singular: string, fields: object): Promise<ApiResult['json']> {
    const { status, json } = await this.call('POST', path, { [singular]: fields });
    if (status !== 201) throw new Error(`${path} answered ${status}: ${JSON.stringify(json)}`);
    return json[singular];
  }

  /** Everything that is stored, to compare before and after. */
  everything(): Promise<unknown> {
    return this.store.read(async (reader) => ({
      loadBalancers: await reader.list('loadBalancer', {}),
      listeners: await reader.list('listener', {}),
      pools: await reader.list('pool', {}),
      members: await reader.list('member', {}),
      healthMonitors: await reader.list('healthMonitor', {}),
      certificates: await reader.list('certificate', {}),
      ipGroups: await reader.list('ipGroup', {}),
      l7Policies: await reader.list('l7Policy', {}),
      l7Rules: await reader.list('l7Rule', {}),
    }));
  }

  /** Removes what load balancers and pools are made of, so that tests can share a fixture. */
  async clear(): Promise<void> {
    const kinds = [
      'l7Rule',
      'l7Policy',
      'member',
      'healthMonitor',
      'listener',
      'pool',
      'loadBalancer',
    ] as const;
    await this.store.write(async (writer) => {
      for (const kind of kinds)
        for (const { id } of await writer.list(kind, {})) await writer.remove(kind, id);
    });
  }

  async close(): Promise<void> {
    await this.operators.close();
    await this.reconciler.stop();
    await this.recorder.close();
    await this.store.close();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

export interface FixtureWish {
  readonly consoleFiles?: ConsoleFiles;
  readonly settings?: Partial<Settings>;
  /** Default: not waiting for nodes that never come. */
  readonly liveTimeoutMs?: number;
  /** Ids in the order in which they are made. */
  readonly newId?: () => string;
}

export async function apiFixture(wish: FixtureWish = {}): Promise<ApiFixture> {
  const directory = await mkdtemp(join(tmpdir(), 'elbow-api-'));
  const socketPath = join(directory, 'run', 'node.sock');
  const bare = await openStore({ directory: ':memory:' });
  const clock = new ManualClock(startMs);
  const events: string[] = [];
  const log = (level: string, message: string, facts?: object): void => {
    events.push(`${level} ${message} ${JSON.stringify(facts)}`);
  };
  const key = new Uint8Array(32).fill(7);
  const used = { ...settings, ...wish.settings };
  const recorder = recorderOf(bare, { settings: used, clock, log });
  const store = recorder.recording(bare);
  const reconciler = createReconciler({ store, socketPath, hash: sha256, nowMs: clock.now, log });
  await reconciler.start();
  const { accounts, account, password } = await createAccount(store, key, clock.now());
  const tokens = await Tokens.load(store, clock.now);
  const context = {
    store,
    settings: used,
    ...describeNetworks(used),
    fleet: reconciler,
    key,
    nowMs: clock.now,
    newId: wish.newId ?? randomUUID,
  };
  const throttle = new LoginThrottle(clock.now);
  const shared = { context, accounts, throttle, recorder, log };
  const operators = createOperators({ ...shared, fleet: reconciler, monitoringDir: null });
  const app = createApp({
    accounts,
    history: recorder,
    tokens,
    sessions: await Sessions.load({ store, nowMs: clock.now, bounds: sessionBounds(used) }),
    throttle,
    handlers: createHandlers(context, reconciler, operators.handlers),
    fleet: reconciler,
    log,
    ...edgeOf(wish, clock),
  });
  const { token } = await tokens.issue(accounts.users[0]!);
  return new ApiFixture({
    store,
    operators,
    recorder,
    reconciler,
    account,
    password: password.reveal(),
    clock,
    app,
    events,
    socketPath,
    token,
    directory,
  });
}

interface RecorderParts {
  readonly settings: Settings;
  readonly clock: ManualClock;
  readonly log: Log;
}

function recorderOf(store: Store, { settings: used, clock, log }: RecorderParts): HistoryRecorder {
  const { historyKeepEntries: keepEntries, historyKeepDays: keepDays } = used;
  return new HistoryRecorder({ store, nowMs: clock.now, log, keepEntries, keepDays });
}

function edgeOf(wish: FixtureWish, clock: ManualClock) {
  return {
    consoleFiles: wish.consoleFiles ?? null,
    version: '0.0.0-test',
    nowMs: clock.now,
    newRequestId: () => randomUUID().replaceAll('-', ''),
    monotonicMs: () => performance.now(),
    liveTimeoutMs: wish.liveTimeoutMs ?? 0,
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** `00000000-0000-4000-8000-000000000001` and so on, so that answers can be compared with files. */
export function countedIds(): () => string {
  let count = 0;
  return () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
}
