/** Checks that are due within the same 50 ms start together. */
export const TICK_MS = 50;

/** Fits the longest interval of the API, 50 s; longer ones come round more than once. */
const SLOTS = 1024;

/** Starts in one tick: after a standstill everything would be due at once. 10,000 a second. */
const MOST_STARTS = 500;

export interface Scheduled {
  /** The tick in which it is due; owned by the schedule. */
  dueTick: number;
}

/**
 * When what is due, in slots of 50 ms: adding and taking cost the same for ten members and for ten thousand. Time is
 * handed in.
 */
export class CheckSchedule<T extends Scheduled> {
  private readonly slots: Set<T>[] = Array.from({ length: SLOTS }, () => new Set<T>());
  private readonly late: T[] = [];
  private lastTick: number;

  constructor(nowMs: number) {
    this.lastTick = Math.floor(nowMs / TICK_MS);
  }

  /** Due at this time, in the next tick at the earliest. */
  add(item: T, atMs: number): void {
    item.dueTick = Math.max(this.lastTick + 1, Math.ceil(atMs / TICK_MS));
    this.slotOf(item).add(item);
  }

  remove(item: T): void {
    this.slotOf(item).delete(item);
    const at = this.late.indexOf(item);
    if (at >= 0) this.late.splice(at, 1);
  }

  /** Takes out what is due by now, the longest due first; at most 500 and `most`, the rest comes with a later call. */
  take(nowMs: number, most: number = MOST_STARTS): readonly T[] {
    const tick = Math.floor(nowMs / TICK_MS);
    // After a standstill longer than one round each slot is looked at once.
    for (let at = Math.max(this.lastTick + 1, tick - SLOTS + 1); at <= tick; at++) this.collect(at, tick);
    this.lastTick = Math.max(this.lastTick, tick);
    return this.late.splice(0, Math.max(0, Math.min(most, MOST_STARTS)));
  }

  private collect(at: number, now: number): void {
    const slot = this.slots[at % SLOTS]!;
    for (const item of slot) {
      if (item.dueTick > now) continue;
      slot.delete(item);
      this.late.push(item);
    }
  }

  private slotOf({ dueTick }: T): Set<T> {
    return this.slots[dueTick % SLOTS]!;
  }
}
