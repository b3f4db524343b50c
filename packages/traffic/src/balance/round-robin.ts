/**
 * Weighted round robin as a precomputed order of turns. A ticket, counted up by all workers in one shared word,
 * names the turn; so the shares are exact over every window of Σ weights, whichever worker serves which request.
 */

/** Above this many turns the order is not precomputed (500 members of weight 100 would need 50,000). */
export const LONGEST_SCHEDULE = 4096;

/**
 * The order of turns for one full cycle, by smooth weighted round robin: each turn every member gains its weight,
 * the highest takes the turn and pays the sum. 5:1:1 gives `a a b a c a a`, never five in a row.
 *
 * @param weights whole numbers ≥ 0, one per member; 0 never gets a turn
 * @returns member indexes, Σ weights / gcd entries; empty when no weight is positive, null when longer than
 *   {@link LONGEST_SCHEDULE}
 */
export function smoothSchedule(weights: readonly number[]): Uint16Array | null {
  const divisor = weights.reduce(greatestCommonDivisor, 0);
  if (divisor === 0) return new Uint16Array(0);
  const reduced = weights.map((weight) => weight / divisor);
  const turns = reduced.reduce((sum, weight) => sum + weight, 0);
  if (turns > LONGEST_SCHEDULE) return null;
  const smooth = new SmoothRoundRobin(reduced);
  return Uint16Array.from({ length: turns }, () => smooth.next());
}

/** One worker's own smooth round robin: exact per worker, not across workers. */
export class SmoothRoundRobin {
  private readonly weights: readonly number[];
  private readonly credit: Float64Array;
  private readonly total: number;

  constructor(weights: readonly number[]) {
    this.weights = weights;
    this.credit = new Float64Array(weights.length);
    this.total = weights.reduce((sum, weight) => sum + weight, 0);
  }

  /** Index of the member whose turn it is; -1 when no weight is positive. */
  next(): number {
    let best = -1;
    for (let i = 0; i < this.weights.length; i++) {
      const weight = this.weights[i]!;
      if (weight === 0) continue;
      this.credit[i] = this.credit[i]! + weight;
      if (best < 0 || this.credit[i]! > this.credit[best]!) best = i;
    }
    if (best >= 0) this.credit[best] = this.credit[best]! - this.total;
    return best;
  }
}

/**
 * The member for a ticket.
 * @param ticket any whole number; negative ones (a wrapped 32-bit counter) count as unsigned
 * @param isUsable false for members that were tried for this request already
 * @returns a member index, or -1 when no member of the schedule is usable
 */
export function memberAtTicket(
  schedule: Uint16Array,
  ticket: number,
  isUsable: (member: number) => boolean,
): number {
  const turns = schedule.length;
  if (turns === 0) return -1;
  const first = (ticket >>> 0) % turns;
  for (let step = 0; step < turns; step++) {
    const member = schedule[(first + step) % turns]!;
    if (isUsable(member)) return member;
  }
  return -1;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
