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
  const turns = weights.reduce((sum, weight) => sum + weight / divisor, 0);
  if (turns > LONGEST_SCHEDULE) return null;
  const smooth = new SmoothRoundRobin(weights);
  return Uint16Array.from({ length: turns }, () => smooth.next());
}

/** Members of one weight. They gain credit together, so that their turns go round among them. */
interface WeightClass {
  readonly weight: number;
  readonly members: readonly number[];
  /** Whose turn comes next, as a place in `members`; those before it had theirs in this round. */
  next: number;
  /** Credit of the next member: those that had their turn in this round have the sum of weights less. */
  credit: number;
}

/**
 * One worker's own smooth round robin: exact per worker, not across workers. A turn takes as long as there are
 * different weights, however many members have them.
 */
export class SmoothRoundRobin {
  private readonly classes: readonly WeightClass[];
  private readonly total: number;

  /**
   * @param weights as of {@link smoothSchedule}
   * @param before what served these members until now: who has waited for a turn goes on waiting, or a member of a
   *   small share would never see one when weights change often
   */
  constructor(weights: readonly number[], before: SmoothRoundRobin | null = null) {
    this.total = weights.reduce((sum, weight) => sum + weight, 0);
    const byWeight = Map.groupBy(weights.keys(), (member) => weights[member]!);
    byWeight.delete(0);
    const waits = before?.waits() ?? new Map<number, Wait>();
    this.classes = [...byWeight].map(([weight, members]) =>
      classOf(weight, members, { waits, total: this.total }),
    );
  }

  /** Index of the member whose turn it is; -1 when no weight is positive. */
  next(): number {
    let best: WeightClass | null = null;
    for (const each of this.classes) {
      each.credit += each.weight;
      if (best === null || comesBefore(each, best)) best = each;
    }
    if (best === null) return -1;
    const member = best.members[best.next]!;
    best.next = (best.next + 1) % best.members.length;
    if (best.next === 0) best.credit -= this.total;
    return member;
  }

  private waits(): Map<number, Wait> {
    const waits = new Map<number, Wait>();
    for (const { members, next, credit } of this.classes) {
      for (const [at, member] of members.entries())
        waits.set(member, { isDone: at < next, credit, total: this.total });
    }
    return waits;
  }
}

/** How far a member has come in its round. Credit is worth what the sum of weights makes it. */
interface Wait {
  readonly isDone: boolean;
  readonly credit: number;
  readonly total: number;
}

function classOf(
  weight: number,
  members: readonly number[],
  { waits, total }: { readonly waits: ReadonlyMap<number, Wait>; readonly total: number },
): WeightClass {
  const done = members.filter((member) => waits.get(member)?.isDone === true);
  const waiting = members.filter((member) => waits.get(member)?.isDone !== true);
  if (waiting.length === 0) return { weight, members, next: 0, credit: 0 };
  const wait = waits.get(waiting[0]!);
  const credit = wait === undefined ? 0 : (wait.credit * total) / wait.total;
  return { weight, members: [...done, ...waiting], next: done.length, credit };
}

/** The higher credit, and among equals the member that stands first. */
function comesBefore(one: WeightClass, other: WeightClass): boolean {
  if (one.credit !== other.credit) return one.credit > other.credit;
  return one.members[one.next]! < other.members[other.next]!;
}

/**
 * The member for a ticket.
 * @param ticket any whole number; negative ones (a wrapped 32-bit counter) count as unsigned
 * @returns a member index, or -1 when the schedule is empty
 */
export function memberAtTicket(schedule: Uint16Array, ticket: number): number {
  return schedule.length === 0 ? -1 : schedule[(ticket >>> 0) % schedule.length]!;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
