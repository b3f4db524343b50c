/** What a peer may do only so often. Each is cheap for it and costs us time, memory or a member. */
export type Nuisance =
  | 'reset'
  | 'fault'
  | 'refused'
  | 'settings'
  | 'ping'
  | 'priority'
  | 'emptyData'
  | 'windowUpdate'
  | 'ignored';

/** How often in {@link WINDOW_MS}. */
export type FloodBudgets = Readonly<Record<Nuisance, number>>;

/** All budgets are counted over the last ten seconds, never over the life of a connection. */
export const WINDOW_MS = 10_000;

export const defaultFloodBudgets: FloodBudgets = {
  /** Requests cancelled by the client (rapid reset). */
  reset: 200,
  /** Streams that we had to reset for what the client did: making us reset is as cheap for it as resetting. */
  fault: 200,
  /** Streams beyond the concurrency limit. */
  refused: 1000,
  settings: 100,
  ping: 1000,
  priority: 2000,
  emptyData: 100,
  windowUpdate: 4000,
  /** Frames of unknown types and for streams that are over. */
  ignored: 2000,
};

/** PING and WINDOW_UPDATE that answer to a DATA frame of ours are paid for by it: one per window and one probe. */
const CREDITS_PER_DATA_FRAME = 3;
const MOST_CREDITS = 10_000;
const SLOTS = 10;
const SLOT_MS = WINDOW_MS / SLOTS;

/** Counts over a sliding window of ten slots of a second. */
class SlidingCount {
  readonly #slots = new Uint32Array(SLOTS);
  #slot = 0;
  #sum = 0;

  /** Adds one at `nowMs` and returns the count of the window. */
  add(nowMs: number): number {
    const slot = Math.floor(nowMs / SLOT_MS);
    this.#forget(slot);
    const index = slot % SLOTS;
    this.#slots[index]!++;
    return ++this.#sum;
  }

  #forget(slot: number): void {
    if (slot <= this.#slot) return;
    const steps = Math.min(slot - this.#slot, SLOTS);
    for (let i = 0; i < steps; i++) {
      const index = (slot - i) % SLOTS;
      this.#sum -= this.#slots[index]!;
      this.#slots[index] = 0;
    }
    this.#slot = slot;
  }
}

/** The budgets of one connection. Counters are made when they are first needed: most connections need none. */
export class FloodGuard {
  readonly #budgets: FloodBudgets;
  readonly #nowMs: () => number;
  readonly #counts: { [nuisance in Nuisance]?: SlidingCount } = {};
  #credits = 0;

  constructor(budgets: FloodBudgets, nowMs: () => number) {
    this.#budgets = budgets;
    this.#nowMs = nowMs;
  }

  /** Counts one; true while it is within its budget. */
  allows(nuisance: Nuisance): boolean {
    if (this.#credits > 0 && (nuisance === 'ping' || nuisance === 'windowUpdate')) {
      this.#credits--;
      return true;
    }
    const count = (this.#counts[nuisance] ??= new SlidingCount());
    return count.add(this.#nowMs()) <= this.#budgets[nuisance];
  }

  onDataSent(): void {
    if (this.#credits < MOST_CREDITS) this.#credits += CREDITS_PER_DATA_FRAME;
  }
}
