import { entryKey, type Log } from '@elbow/plan';
import type { ObjectTrouble, WorkerState } from '@elbow/plan';
import { WorkerControl, workerControlBytes } from '@elbow/proxy';
import type { WorkerBirth } from '@elbow/proxy';
import { backoffMs } from './backoff.ts';
import type { CounterAllocator } from './counter-allocator.ts';
import type { Death } from './rollback.ts';
import { SilenceWatch } from './silence-watch.ts';
import type { SlotAllocator } from './slot-allocator.ts';
import { WorkerThread } from './worker-thread.ts';
import type { Target } from './worker-thread.ts';

const ROUND_MS = 1000;
/** A worker that beats but has not acknowledged a plan for this long is stuck in a way of its own. */
const LONGEST_APPLY_MS = 30_000;
/** A worker that lived this long was not part of a crash loop. */
const STEADY_LIFE_MS = 10_000;
const CRASH_LOOP = { firstMs: 100, longestMs: 10_000 };
/** On top of the grace given to the workers, before their threads are ended by force. */
const STOP_MARGIN_MS = 500;

export interface FleetOptions {
  readonly workers: number;
  readonly entry: URL;
  readonly birth: Omit<WorkerBirth, 'worker' | 'workers' | 'control'>;
  readonly heapMb: number;
  readonly slots: SlotAllocator;
  readonly counters: CounterAllocator;
  readonly log: Log;
  /** Called when a worker acknowledged a target, came up or went down. */
  readonly onChange: () => void;
  /** Called after a worker died that was not told to stop, and before its replacement is started. */
  readonly onDeath: (death: Death) => void;
}

interface Place {
  readonly id: number;
  thread: WorkerThread | null;
  crashes: number;
  restart: NodeJS.Timeout | undefined;
}

/** The worker threads of this node: a fixed number of places, each filled again when its thread dies. */
export class WorkerFleet {
  private readonly options: FleetOptions;
  private readonly controlBuffer: SharedArrayBuffer;
  private readonly control: WorkerControl;
  private readonly watch = new SilenceWatch();
  private readonly places: readonly Place[];
  private readonly rounds: NodeJS.Timeout;
  private target: Target;
  private isStopping = false;
  private readonly exits = new Set<() => void>();

  constructor(options: FleetOptions, target: Target) {
    this.options = options;
    this.target = target;
    this.controlBuffer = new SharedArrayBuffer(workerControlBytes(options.workers));
    this.control = new WorkerControl(this.controlBuffer);
    this.places = Array.from({ length: options.workers }, (_, id) => ({
      id,
      thread: null,
      crashes: 0,
      restart: undefined,
    }));
    for (const place of this.places) this.start(place);
    this.rounds = setInterval(() => this.look(), ROUND_MS);
  }

  serve(target: Target): void {
    this.target = target;
    for (const thread of this.threads()) thread.serve(target);
  }

  /** The newest revision that every live worker serves; starting and dead workers are not asked. 0 if none is live. */
  servedRevision(): number {
    const serving = this.threads().filter((thread) => thread.isServing);
    return serving.length === 0 ? 0 : Math.min(...serving.map((thread) => thread.revision));
  }

  /** True when every place has a worker that serves the newest target. */
  isCurrent(): boolean {
    return this.places.every((place) => place.thread?.version === this.target.version);
  }

  /** The oldest target version whose objects some live worker may still touch. */
  oldestVersionInUse(): number {
    return Math.min(this.target.version, ...this.threads().map((thread) => thread.oldestVersionInUse));
  }

  states(): readonly WorkerState[] {
    return this.places.map(({ id, thread }) => {
      const state = thread === null ? 'dead' : thread.isServing ? 'serving' : 'starting';
      return { id, revision: thread?.revision ?? 0, state, connections: this.control.connections(id) };
    });
  }

  /** What workers could not do as asked; each object once, in the words of the first worker that has it. */
  troubles(): readonly ObjectTrouble[] {
    const byObject = new Map<string, ObjectTrouble>();
    for (const trouble of this.threads().flatMap((thread) => thread.troubles)) {
      if (!byObject.has(entryKey(trouble))) byObject.set(entryKey(trouble), trouble);
    }
    return [...byObject.values()];
  }

  /** Asks every worker itself for the revision it serves. */
  ask(): Promise<readonly WorkerState[]> {
    return Promise.all(
      this.places.map(({ id, thread }) =>
        thread === null ? { id, revision: 0, state: 'dead' as const, connections: 0 } : thread.ask(),
      ),
    );
  }

  /** Starts dead workers now instead of after their backoff; for when the cause of the crashes is gone. */
  startAgain(): void {
    for (const place of this.places) {
      place.crashes = 0;
      if (place.thread === null) this.start(place);
    }
  }

  /** Has the workers stop accepting and finish for at most `graceMs`, then ends what is left. */
  async stop(graceMs: number): Promise<void> {
    this.isStopping = true;
    clearInterval(this.rounds);
    for (const place of this.places) clearTimeout(place.restart);
    for (const thread of this.threads()) thread.stop(graceMs);
    await this.allExited(graceMs + STOP_MARGIN_MS);
    await Promise.all(this.threads().map((thread) => thread.kill('did not stop in time')));
  }

  private threads(): WorkerThread[] {
    return this.places.flatMap(({ thread }) => thread ?? []);
  }

  private start(place: Place): void {
    clearTimeout(place.restart);
    if (this.isStopping) return;
    const { entry, birth, heapMb, slots, counters, workers, log } = this.options;
    this.watch.restart(place.id);
    place.thread = new WorkerThread({
      entry,
      heapMb,
      log,
      birth: { ...birth, worker: place.id, workers, control: this.controlBuffer },
      target: this.target,
      arenas: () => slots.arenas,
      counterArenas: () => counters.arenas,
      onApplied: () => this.options.onChange(),
      onExit: (thread, reason) => this.exited(place, thread, reason),
    });
  }

  private exited(place: Place, thread: WorkerThread, reason: string): void {
    place.thread = null;
    this.options.slots.takeBack(place.id);
    this.control.clear(place.id);
    if (this.isStopping) return this.exits.forEach((check) => check());
    const livedMs = performance.now() - thread.bornAtMs;
    const delayMs = this.restartDelay(place, livedMs);
    this.options.log('error', 'worker died', {
      worker: place.id,
      reason,
      livedMs: Math.round(livedMs),
      restartInMs: delayMs,
    });
    place.restart = setTimeout(() => this.start(place), delayMs);
    this.options.onDeath({ atMs: performance.now(), cause: reason, provenVersion: thread.provenVersion });
    this.options.onChange();
  }

  private restartDelay(place: Place, livedMs: number): number {
    place.crashes = livedMs >= STEADY_LIFE_MS ? 1 : place.crashes + 1;
    return place.crashes === 1 ? 0 : backoffMs(CRASH_LOOP, place.crashes - 2, Math.random());
  }

  /** One look at every worker: ends those that hang, so that their exit starts a new one. */
  private look(): void {
    for (const thread of this.threads()) {
      const isSilent = this.watch.isHanging(thread.id, this.control.beats(thread.id));
      // One that is still loading its code may be silent for long on a busy machine; its first plan bounds that.
      if (isSilent && thread.isServing) void thread.kill('its event loop stood still');
      else if (thread.waitingMs > LONGEST_APPLY_MS) void thread.kill('did not acknowledge a plan in time');
    }
  }

  private allExited(deadlineMs: number): Promise<void> {
    return new Promise((resolve) => {
      const deadline = setTimeout(resolve, deadlineMs);
      const check = (): void => {
        if (this.threads().length > 0) return;
        clearTimeout(deadline);
        resolve();
      };
      this.exits.add(check);
      check();
    });
  }
}
