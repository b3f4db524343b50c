/**
 * One 64-byte row per worker in a buffer shared by the node's main thread and all workers: liveness and facts that
 * must be readable without asking a thread that may hang.
 */
const ROW_WORDS = 16;
const HEARTBEAT = 0;
const REVISION = 1;
const CONNECTIONS = 2;
const SHEDDING = 3;

/** Size for `workers` rows, in bytes. */
export function workerControlBytes(workers: number): number {
  return workers * ROW_WORDS * 4;
}

export class WorkerControl {
  private readonly words: Int32Array;

  constructor(buffer: SharedArrayBuffer) {
    this.words = new Int32Array(buffer);
  }

  /** Counts up every 100 ms while the worker's event loop turns. */
  beat(worker: number): void {
    Atomics.add(this.words, worker * ROW_WORDS + HEARTBEAT, 1);
  }

  beats(worker: number): number {
    return Atomics.load(this.words, worker * ROW_WORDS + HEARTBEAT);
  }

  setRevision(worker: number, revision: number): void {
    Atomics.store(this.words, worker * ROW_WORDS + REVISION, revision);
  }

  revision(worker: number): number {
    return Atomics.load(this.words, worker * ROW_WORDS + REVISION);
  }

  /** Client connections open on this worker; used for the connection budget and shown to operators. */
  addConnections(worker: number, delta: number): number {
    return Atomics.add(this.words, worker * ROW_WORDS + CONNECTIONS, delta) + delta;
  }

  connections(worker: number): number {
    return Atomics.load(this.words, worker * ROW_WORDS + CONNECTIONS);
  }

  setShedding(worker: number, isShedding: boolean): void {
    Atomics.store(this.words, worker * ROW_WORDS + SHEDDING, isShedding ? 1 : 0);
  }

  isShedding(worker: number): boolean {
    return Atomics.load(this.words, worker * ROW_WORDS + SHEDDING) === 1;
  }

  /** Forgets a dead worker, so that its replacement starts from nothing. */
  clear(worker: number): void {
    for (let word = 0; word < ROW_WORDS; word++) Atomics.store(this.words, worker * ROW_WORDS + word, 0);
  }
}
