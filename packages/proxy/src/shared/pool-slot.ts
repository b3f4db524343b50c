import { SlotWord, slotOffset, type SlotRef } from './slot-arena.ts';

/** What workers share about a pool: the next round-robin ticket. */
export class PoolSlot {
  private readonly words: Int32Array;
  private readonly ticket: number;

  constructor(words: Int32Array, ref: SlotRef, workers: number) {
    this.words = words;
    this.ticket = slotOffset(ref.slot, workers) + SlotWord.ticket;
  }

  /** Takes a ticket no other request of the node has; wraps to negative after 2³¹. */
  takeTicket(): number {
    return Atomics.add(this.words, this.ticket, 1);
  }
}
