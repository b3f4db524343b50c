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
  /** The wheel's own notes: the slot that will look at this owner (0 means none), and its neighbours there. */
  queuedSlot: number;
  queuedAfter: Queued | null;
  queuedBefore: Queued | null;
  onDeadline(): void;
}

/** A place in the ring of a slot: an owner, or the slot itself, which closes the ring. */
export interface Queued {
  queuedAfter: Queued | null;
  queuedBefore: Queued | null;
}

/** Resolution: a deadline fires up to this much late, never early. */
export const SLOT_MS = 100;
/** More than the longest timeout of a listener would need (4,000 s) is not worth the memory; those go round again. */
const SLOTS = 4096;

export class TimerWheel {
  private readonly slots: readonly Queued[] = Array.from({ length: SLOTS }, emptyRing);
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
    const slot = this.slots[index]!;
    if (slot.queuedAfter === slot) return;
    const due = takeOver(slot);
    for (let owner = due.queuedAfter; owner !== due; owner = due.queuedAfter) this.look(owner as Deadline);
  }

  private look(owner: Deadline): void {
    const { queuedSlot } = owner;
    this.unqueue(owner);
    if (queuedSlot > this.cursor) this.queue(owner, queuedSlot);
    else this.settle(owner);
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
    insertBefore(this.slots[slot % SLOTS]!, owner);
  }

  private unqueue(owner: Deadline): void {
    if (owner.queuedSlot === 0) return;
    owner.queuedSlot = 0;
    takeOut(owner);
  }

  private slotOf(deadlineMs: number): number {
    const due = Math.max(Math.ceil(deadlineMs / SLOT_MS), this.cursor + 1);
    return Math.min(due, this.cursor + SLOTS - 1);
  }
}

function emptyRing(): Queued {
  const ring: Queued = { queuedAfter: null, queuedBefore: null };
  ring.queuedAfter = ring;
  ring.queuedBefore = ring;
  return ring;
}

/** Moves all that is queued in `slot` to a ring of its own, so that what is queued there meanwhile waits for its turn. */
function takeOver(slot: Queued): Queued {
  const ring = emptyRing();
  insertBefore(slot, ring);
  takeOut(slot);
  slot.queuedAfter = slot;
  slot.queuedBefore = slot;
  return ring;
}

function insertBefore(place: Queued, entry: Queued): void {
  entry.queuedAfter = place;
  entry.queuedBefore = place.queuedBefore;
  place.queuedBefore!.queuedAfter = entry;
  place.queuedBefore = entry;
}

function takeOut(entry: Queued): void {
  entry.queuedBefore!.queuedAfter = entry.queuedAfter;
  entry.queuedAfter!.queuedBefore = entry.queuedBefore;
  entry.queuedAfter = null;
  entry.queuedBefore = null;
}
