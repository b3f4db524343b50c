/**
 * Slots are what workers share about one object of the plan: a listener's open connections and accept rate, those and the
 * bandwidth of a load balancer, a pool's
 * round-robin ticket, a member's requests in flight and health. A slot is a 64-byte cell every worker may write,
 * followed by one shadow column per worker that only its owner writes; the shadow is read for one purpose: to take
 * back what a dead worker held.
 *
 * An arena is a fixed block of slots. The node's main thread makes arenas and hands out slots; when one is full it
 * makes another, and workers learn of it with the plan that first needs it. Nothing ever moves. Arenas are large, so
 * that the members of a pool mostly lie in one; memory that no slot has used yet costs nothing.
 */
export const SLOTS_PER_ARENA = 8192;
const CELL_WORDS = 16;

/** Words of the shared cell. */
export const SlotWord = {
  /** Counts up when the slot is given to another object, so that a late release cannot touch its successor. */
  generation: 0,
  /** What workers hold and give back: client connections of a listener, requests in flight to a member. */
  held: 1,
  /** A listener's accepts: 12 bits of the second, 20 bits of the count within it. */
  acceptRate: 2,
  /** Next round-robin ticket of a pool. */
  ticket: 3,
  /** Counts up when the health of a pool's members has changed. */
  epoch: 4,
  /** A member's health: the state in 3 bits, above it how often it has changed. */
  health: 5,
  /** Connections to a member that failed in a row. */
  failures: 6,
  /** The second, since 1970, until which a member is left out for its failures. */
  ejectedUntil: 7,
  /** The second in which a member's slow start began, 0 when no check has begun it, -1 when it is over for good. */
  slowStart: 8,
  /** Two words each, of a load balancer: up to when its bandwidth is taken, in ns. See `BandwidthGate`. */
  inboundDue: 10,
  outboundDue: 12,
  /** The first of eight words of a pool: requests that ended, by the blocks of their members. */
  endings: 8,
} as const;

export interface SlotRef {
  readonly arena: number;
  readonly slot: number;
  readonly generation: number;
}

/** A slot as one number: of members there are too many to send each as an object. */
export function slotNumber({ arena, slot }: Pick<SlotRef, 'arena' | 'slot'>): number {
  return arena * SLOTS_PER_ARENA + slot;
}

export function slotOfNumber(number: number): Pick<SlotRef, 'arena' | 'slot'> {
  return { arena: Math.floor(number / SLOTS_PER_ARENA), slot: number % SLOTS_PER_ARENA };
}

/** Bytes of one arena for `workers` workers. */
export function arenaBytes(workers: number): number {
  return SLOTS_PER_ARENA * slotWords(workers) * 4;
}

/** Words per slot: the cell and as many 64-byte rows as hold one shadow word per worker. */
export function slotWords(workers: number): number {
  return CELL_WORDS + Math.ceil(workers / CELL_WORDS) * CELL_WORDS;
}

/** Index of the slot's first word in its arena. */
export function slotOffset(slot: number, workers: number): number {
  return slot * slotWords(workers);
}

/** Index of the word in which `worker` notes what it holds of this slot. */
export function shadowOffset(slot: number, worker: number, workers: number): number {
  return slotOffset(slot, workers) + CELL_WORDS + worker;
}
