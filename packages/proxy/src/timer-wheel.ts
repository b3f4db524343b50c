/**
 * Deadlines for thousands of connections with one interval. An owner that moves its deadline later, which is what
 * a busy connection does all day, only writes a number; the wheel finds out when the old slot comes round. So a
 * connection costs one visit per timeout, not one per byte.
 *
 * An owner that is disarmed is let go at once: the wheel would otherwise keep every finished exchange and every closed
 * connection in memory until its timeout would have come.
 */
export interface Deadline {
  /** When to fire, in ms on the wheel's clock; 0 means never. Set through {@link TimerWheel.arm}. */
  deadlineMs: number;
  /** The wheel's own note: the slot that will look at this owner; 0 means none. */
  queuedSlot: number;
  onDeadline(): void;
}

/** Resolution: a deadline fires up to this much late, never early. */
export const SLOT_MS = 100;
/** More than the longest timeout of a listener would need (4,000 s) is not worth the memory; those go round again. */
const SLOTS = 4096;

export class TimerWheel {
  private readonly slots: readonly Set<Deadline>[] = Array.from({ length: SLOTS }, () => new Set());
  private cursor: number;
  /** Coarse time in ms, moved on by {@link advance}. */
  nowMs: number;

  /** @param startMs the clock's reading now; must be positive, like all later ones */
  constructor(startMs: number) {
    this.nowMs = startMs;
    this.cursor = Math.floor(startMs / SLOT_MS);
  }

  /** Sets the deadline `delayMs` from now, in place of the one the owner had. */
  arm(owner: Deadline, delayMs: number): void {
    owner.deadlineMs = this.nowMs + delayMs;
    const slot = this.slotOf(owner.deadlineMs);
    if (owner.queuedSlot === 0 || slot < owner.queuedSlot) this.queue(owner, slot);
  }

  disarm(owner: Deadline): void {
    owner.deadlineMs = 0;
    this.unqueue(owner);
  }

  /** Moves the clock and fires what is due. Call about every {@link SLOT_MS}; late calls only make deadlines late. */
  advance(nowMs: number): void {
    const first = this.cursor + 1;
    this.nowMs = nowMs;
    this.cursor = Math.max(this.cursor, Math.floor(nowMs / SLOT_MS));
    // After a stall longer than a turn, one turn visits every slot there is.
    const last = Math.min(this.cursor, first + SLOTS - 1);
    for (let slot = first; slot <= last; slot++) this.visit(slot % SLOTS);
  }

  private visit(index: number): void {
    for (const owner of this.slots[index]!) {
      // One that was queued for a later turn, perhaps during this visit, stays.
      if (owner.queuedSlot > this.cursor) continue;
      this.unqueue(owner);
      this.settle(owner);
    }
  }

  private settle(owner: Deadline): void {
    if (owner.deadlineMs > this.nowMs) {
      this.queue(owner, this.slotOf(owner.deadlineMs));
      return;
    }
    owner.deadlineMs = 0;
    owner.onDeadline();
  }

  private queue(owner: Deadline, slot: number): void {
    this.unqueue(owner);
    owner.queuedSlot = slot;
    this.slots[slot % SLOTS]!.add(owner);
  }

  private unqueue(owner: Deadline): void {
    if (owner.queuedSlot === 0) return;
    this.slots[owner.queuedSlot % SLOTS]!.delete(owner);
    owner.queuedSlot = 0;
  }

  private slotOf(deadlineMs: number): number {
    const due = Math.max(Math.ceil(deadlineMs / SLOT_MS), this.cursor + 1);
    return Math.min(due, this.cursor + SLOTS - 1);
  }
}
