/** Where the requests in flight to one member are counted by all workers. */
export interface InFlightCell {
  readonly words: Int32Array;
  readonly place: number;
}

/** How far down the schedule a member with nothing in flight is looked for before all of them are. */
const TURNS_TO_TRY = 8;

export interface LeastConnectionsPool {
  /** Whole numbers from 0 to 100, one per member; 0 is never picked. */
  readonly weights: readonly number[];
  readonly cells: readonly InFlightCell[];
  /** The schedule of weighted round robin for these weights, or null where it is too long. */
  readonly schedule: Uint16Array | null;
}

/** Members whose counts lie in one arena. Plain lists, because they are read faster than typed arrays. */
interface Section {
  readonly words: Int32Array;
  readonly members: readonly number[];
  /** Of each member's count in `words`. */
  readonly places: readonly number[];
  readonly weights: readonly number[];
}

/** Where a member stands: its section, and its place there. */
interface Seat {
  readonly section: number;
  readonly at: number;
}

/**
 * Weighted least connections: the fewest requests in flight for its weight. Among equals the one whose turn it is by
 * weighted round robin, or the next one after that. In a pool with room, the member whose turn it is has nothing in
 * flight and nobody else needs to be looked at.
 *
 * The counts are read without locks while others change them: two workers may see the same least member at the same
 * moment. The next pick sees what both did.
 */
export class LeastConnections {
  private readonly cells: readonly InFlightCell[];
  private readonly weights: readonly number[];
  /** Whose turn it is, by ticket. */
  private readonly turns: ArrayLike<number>;
  private readonly sections: readonly Section[];
  private readonly seats: ReadonlyMap<number, Seat>;
  /** The best that a look has found so far. */
  private found = -1;
  private count = 0;
  private weight = 1;

  constructor({ weights, cells, schedule }: LeastConnectionsPool) {
    const usable = [...weights.keys()].filter((member) => weights[member]! > 0);
    this.cells = cells;
    this.weights = weights;
    this.turns = schedule ?? usable;
    this.sections = sectionsOf(usable, { weights, cells });
    this.seats = seatsOf(this.sections);
  }

  /**
   * @param ticket as for round robin: it says whose turn it is
   * @returns a member index; -1 when no weight is positive
   */
  pick(ticket: number): number {
    const { length } = this.turns;
    if (length === 0) return -1;
    const turn = (ticket >>> 0) % length;
    for (let step = 0; step < TURNS_TO_TRY && step < length; step++) {
      const member = this.turns[(turn + step) % length]!;
      if (this.inFlight(member) <= 0) return member;
    }
    return this.leastFrom(this.turns[turn]!);
  }

  /** The least loaded member without those in `passed`; -1 when none is left. */
  pickOther(passed: readonly number[]): number {
    let best = -1;
    let least = Infinity;
    for (const [member, weight] of this.weights.entries()) {
      if (weight === 0 || passed.includes(member)) continue;
      const load = this.inFlight(member) / weight;
      if (load >= least) continue;
      least = load;
      best = member;
    }
    return best;
  }

  private inFlight(member: number): number {
    const { words, place } = this.cells[member]!;
    return words[place]!;
  }

  /** Goes once round all members, so that the first of equals is the one nearest to the start. */
  private leastFrom(start: number): number {
    const { section, at } = this.seats.get(start)!;
    const { length } = this.sections;
    this.found = start;
    this.count = this.inFlight(start);
    this.weight = this.weights[start]!;
    this.look(this.sections[section]!, at + 1);
    for (let step = 1; step < length; step++) this.look(this.sections[(section + step) % length]!);
    this.look(this.sections[section]!, 0, at);
    return this.found;
  }

  /** Loads are compared as fractions, crosswise: whole numbers leave no doubt about what is equal. */
  private look({ words, members, places, weights }: Section, from = 0, to: number = members.length): void {
    let { count, weight } = this;
    let found = -1;
    for (let at = from; at < to; at++) {
      const itsCount = words[places[at]!]!;
      const itsWeight = weights[at]!;
      if (Math.imul(itsCount, weight) < Math.imul(count, itsWeight)) {
        count = itsCount;
        weight = itsWeight;
        found = at;
      }
    }
    if (found < 0) return;
    this.found = members[found]!;
    this.count = count;
    this.weight = weight;
  }
}

function sectionsOf(
  members: readonly number[],
  { weights, cells }: Pick<LeastConnectionsPool, 'weights' | 'cells'>,
): readonly Section[] {
  const byArena = Map.groupBy(members, (member) => cells[member]!.words);
  return [...byArena].map(([words, here]) => ({
    words,
    members: here,
    places: here.map((member) => cells[member]!.place),
    weights: here.map((member) => weights[member]!),
  }));
}

function seatsOf(sections: readonly Section[]): ReadonlyMap<number, Seat> {
  return new Map(
    sections.flatMap(({ members }, section) =>
      members.map((member, at) => [member, { section, at }] as const),
    ),
  );
}
