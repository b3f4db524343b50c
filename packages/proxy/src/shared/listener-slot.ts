import type { ListenerLimits } from '@elbow/plan';
import { SlotWord, shadowOffset, slotOffset, type SlotRef } from './slot-arena.ts';

const COUNT_BITS = 20;
const COUNT_MASK = (1 << COUNT_BITS) - 1;
const SECOND_MASK = 0xfff;

/** What is asked when a connection comes. */
export type ConnectionLimits = Pick<ListenerLimits, 'newConnectionsPerSecond' | 'concurrentConnections'>;

export type Admission = 'admitted' | 'too-many-per-second' | 'too-many-open';

/** One listener's limits, exact over all workers of the node: they meet in two words of shared memory. */
export class ListenerSlot {
  private readonly words: Int32Array;
  private readonly connections: number;
  private readonly acceptRate: number;
  private readonly shadow: number;
  private readonly nowMs: () => number;

  /** @param nowMs any clock that all workers share */
  constructor(
    words: Int32Array,
    ref: SlotRef,
    place: { readonly worker: number; readonly workers: number },
    nowMs: () => number = Date.now,
  ) {
    const cell = slotOffset(ref.slot, place.workers);
    this.words = words;
    this.connections = cell + SlotWord.held;
    this.acceptRate = cell + SlotWord.acceptRate;
    this.shadow = shadowOffset(ref.slot, place.worker, place.workers);
    this.nowMs = nowMs;
  }

  /**
   * Takes a place for a new connection, or says which limit has none. The rate is asked first: a connection that is
   * refused for the count was still a new connection.
   */
  admit(limits: ConnectionLimits): Admission {
    if (limits.newConnectionsPerSecond > 0 && !this.takeFromSecond(limits.newConnectionsPerSecond)) {
      return 'too-many-per-second';
    }
    return this.takeConnection(limits.concurrentConnections) ? 'admitted' : 'too-many-open';
  }

  /** Gives back one admitted connection; call exactly once for each. */
  release(): void {
    Atomics.sub(this.words, this.connections, 1);
    Atomics.sub(this.words, this.shadow, 1);
  }

  /** Open connections over all workers. */
  open(): number {
    return Atomics.load(this.words, this.connections);
  }

  private takeConnection(limit: number): boolean {
    for (;;) {
      const open = Atomics.load(this.words, this.connections);
      if (limit > 0 && open >= limit) return false;
      if (Atomics.compareExchange(this.words, this.connections, open, open + 1) === open) break;
    }
    Atomics.add(this.words, this.shadow, 1);
    return true;
  }

  /** One word holds the second and the count within it, so that both change in one step. */
  private takeFromSecond(limit: number): boolean {
    for (;;) {
      const word = Atomics.load(this.words, this.acceptRate);
      // Read after the word: a thread that was held up in between must not begin a second again that others have left.
      const second = Math.floor(this.nowMs() / 1000) & SECOND_MASK;
      const count = word >>> COUNT_BITS === second ? word & COUNT_MASK : 0;
      if (count >= limit) return false;
      const next = (second << COUNT_BITS) | (count + 1);
      if (Atomics.compareExchange(this.words, this.acceptRate, word, next | 0) === word) return true;
    }
  }
}
