import type { EndingCounts } from '@elbow/traffic';
import { SlotWord, slotOffset, type SlotRef } from './slot-arena.ts';

/** What workers share about a pool: the next round-robin ticket, and whether its members are still as they were. */
export class PoolSlot {
  private readonly words: Int32Array;
  private readonly cell: number;

  constructor(words: Int32Array, ref: Pick<SlotRef, 'slot'>, workers: number) {
    this.words = words;
    this.cell = slotOffset(ref.slot, workers);
  }

  /** Takes a ticket no other request of the node has; wraps to negative after 2³¹. */
  takeTicket(): number {
    return Atomics.add(this.words, this.cell + SlotWord.ticket, 1);
  }

  /** What {@link memberEnded} counts. */
  get endings(): EndingCounts {
    return { words: this.words, place: this.cell + SlotWord.endings };
  }

  /** A request to a member of this block is over and counted no more. */
  memberEnded(block: number): void {
    Atomics.add(this.words, this.cell + SlotWord.endings + block, 1);
  }

  /** Differs from its earlier value when {@link membersChanged} was called meanwhile. */
  get epoch(): number {
    return Atomics.load(this.words, this.cell + SlotWord.epoch);
  }

  /** Has every worker look at the members' health before the next pick. */
  membersChanged(): void {
    Atomics.add(this.words, this.cell + SlotWord.epoch, 1);
  }
}
