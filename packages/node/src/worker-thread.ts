import { Worker } from 'node:worker_threads';
import type { Log, ObjectTrouble, WorkerState } from '@elbow/plan';
import type { FromWorker, ToWorker, WorkerBirth } from '@elbow/proxy';
import { workerDelta } from './worker-delta.ts';
import type { ChunkMap } from './worker-delta.ts';

const ASK_DEADLINE_MS = 1000;

/** What all workers are to serve. Versions count the node's own targets: a rollback is a new version of one revision. */
export interface Target {
  readonly version: number;
  readonly revision: number;
  readonly chunks: ChunkMap;
}

export interface WorkerThreadOptions {
  readonly entry: URL;
  readonly birth: WorkerBirth;
  readonly heapMb: number;
  readonly target: Target;
  /** Arenas that exist now, by index; read anew for each message. */
  readonly arenas: () => readonly SharedArrayBuffer[];
  readonly counterArenas: () => readonly SharedArrayBuffer[];
  readonly log: Log;
  readonly onApplied: () => void;
  readonly onExit: (worker: WorkerThread, reason: string) => void;
}

interface Delivery {
  readonly target: Target;
  readonly sentAtMs: number;
}

/**
 * One life of a worker thread and what it was told. At most one plan is under way to it; while it applies that one,
 * newer targets wait and only the newest is sent next.
 */
export class WorkerThread {
  readonly id: number;
  readonly bornAtMs = performance.now();
  /** Objects that this worker cannot serve as asked, as of its last acknowledgement. */
  troubles: readonly ObjectTrouble[] = [];
  private readonly thread: Worker;
  private readonly options: WorkerThreadOptions;
  private wanted: Target;
  private has: ChunkMap = new Map();
  private acknowledged: Target | null = null;
  private delivery: Delivery | null = null;
  private arenasSent = 0;
  private counterArenasSent = 0;
  private nextAsk = 1;
  private readonly asks = new Map<number, (state: WorkerState) => void>();
  private failure: string | null = null;

  constructor(options: WorkerThreadOptions) {
    this.id = options.birth.worker;
    this.options = options;
    this.wanted = options.target;
    this.thread = new Worker(options.entry, {
      name: `elbow worker ${this.id}`,
      workerData: options.birth,
      resourceLimits: { maxOldGenerationSizeMb: options.heapMb },
    });
    this.thread.on('message', (message: FromWorker) => this.receive(message));
    this.thread.on('error', (error) => (this.failure = describe(error)));
    this.thread.on('exit', (code) => this.options.onExit(this, this.failure ?? `exit code ${code}`));
    // Even an empty plan is sent: its acknowledgement says that the worker is up.
    this.send(options.target);
  }

  /** True once the worker has acknowledged its first plan. */
  get isServing(): boolean {
    return this.acknowledged !== null;
  }

  /** The revision it serves now; 0 before its first plan. */
  get revision(): number {
    return this.acknowledged?.revision ?? 0;
  }

  /** The version it serves now; -1 before its first plan. */
  get version(): number {
    return this.acknowledged?.version ?? -1;
  }

  /** The oldest version of the target whose objects it may still touch. */
  get oldestVersionInUse(): number {
    return this.acknowledged?.version ?? this.delivery?.target.version ?? this.wanted.version;
  }

  /** The version it served until it was given another that it has not acknowledged yet; null if there is none. */
  get provenVersion(): number | null {
    return this.delivery === null ? null : (this.acknowledged?.version ?? null);
  }

  /** How long the plan under way has waited for its acknowledgement. */
  get waitingMs(): number {
    return this.delivery === null ? 0 : performance.now() - this.delivery.sentAtMs;
  }

  serve(target: Target): void {
    this.wanted = target;
    if (this.delivery === null) this.send(target);
  }

  /** Asks the thread itself; one that does not answer within a second counts as dead. */
  ask(): Promise<WorkerState> {
    const id = this.nextAsk++;
    return new Promise((resolve) => {
      const silent = { id: this.id, revision: this.revision, state: 'dead', connections: 0 } as const;
      const deadline = setTimeout(() => this.answer(id, silent), ASK_DEADLINE_MS);
      this.asks.set(id, (state) => {
        clearTimeout(deadline);
        resolve(state);
      });
      this.post({ type: 'ask', id });
    });
  }

  stop(graceMs: number): void {
    this.post({ type: 'stop', graceMs });
  }

  /** Ends the thread whatever it is doing; its exit event follows. */
  async kill(reason: string): Promise<void> {
    this.failure ??= reason;
    await this.thread.terminate();
  }

  private send(target: Target): void {
    const { put, remove } = workerDelta(this.has, target.chunks);
    this.delivery = { target, sentAtMs: performance.now() };
    const arenas = since(this.options.arenas(), this.arenasSent);
    const counterArenas = since(this.options.counterArenas(), this.counterArenasSent);
    this.arenasSent += arenas.length;
    this.counterArenasSent += counterArenas.length;
    this.post({ type: 'plan', revision: target.revision, put, remove, arenas, counterArenas });
  }

  private receive(message: FromWorker): void {
    switch (message.type) {
      case 'applied':
        return this.applied(message.troubles);
      case 'answer':
        return this.answered(message);
      case 'log':
        return this.options.log(message.level, message.message, { worker: this.id, ...message.facts });
      case 'stopped':
        // What keeps its loop alive now is of no use to anybody, such as idle connections to members.
        return void this.thread.terminate();
    }
  }

  private applied(troubles: readonly ObjectTrouble[]): void {
    if (this.delivery === null) return;
    const { target } = this.delivery;
    this.delivery = null;
    this.has = target.chunks;
    this.acknowledged = target;
    this.troubles = troubles;
    if (this.wanted.version > target.version) this.send(this.wanted);
    this.options.onApplied();
  }

  private answered({ id, revision, connections }: Extract<FromWorker, { type: 'answer' }>): void {
    this.answer(id, { id: this.id, revision, state: this.isServing ? 'serving' : 'starting', connections });
  }

  private answer(ask: number, state: WorkerState): void {
    this.asks.get(ask)?.(state);
    this.asks.delete(ask);
  }

  private post(message: ToWorker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is not a window
    this.thread.postMessage(message);
  }
}

/** The arenas that were made after the first `count`, with their places. */
function since(arenas: readonly SharedArrayBuffer[], count: number) {
  return arenas.slice(count).map((buffer, at) => ({ index: count + at, buffer }));
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // The first frame tells where; the whole stack would make the log line unreadable.
  const frame = error.stack
    ?.split('\n')
    .find((line) => line.trimStart().startsWith('at '))
    ?.trim();
  return frame === undefined ? error.message : `${error.message} (${frame})`;
}
