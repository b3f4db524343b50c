import { CountBlock, type EndingCounts, type InFlightCell, OUT_OF_REACH } from './count-block.ts';

/** How far down the schedule a member with nothing in flight is looked for before all of them are. */
const TURNS_TO_TRY = 8;

export interface LeastConnectionsPool {
  /** Whole numbers from 0 to 100, one per member; 0 is never picked. */
  readonly weights: readonly number[];
  readonly cells: readonly InFlightCell[];
  /** The schedule of weighted round robin for these weights, or null where it is too long. */
  readonly schedule: Uint16Array | null;
  /** Null in a small pool: all members are looked at then by each pick that needs it. */
  readonly endings: EndingCounts | null;
}

/**
 * Weighted least connections: the fewest requests in flight for its weight. Among equals the one whose turn it is by
 * weighted round robin, or the next one after that. In a pool with room, the member whose turn it is has nothing in
 * flight and nobody else needs to be looked at. In a large pool whose members are all busy, only the blocks of members
 * are looked at in which something ended since the last pick.
 *
 * The counts are read without locks while others change them: two workers may see the same least member at the same
 * moment. The next pick sees what both did.
 */
export class LeastConnections {
  private readonly cells: readonly InFlightCell[];
  private readonly weights: readonly number[];
  /** Whose turn it is, by ticket. */
  private readonly turns: ArrayLike<number>;
  private readonly endings: EndingCounts | null;
  private readonly blocks: readonly CountBlock[];
  /** What this pick found in each block; -1 where it has not looked. */
  private readonly found: number[];

  constructor({ weights, cells, schedule, endings }: LeastConnectionsPool) {
    const usable = [...weights.keys()].filter((member) => weights[member]! > 0);
    this.cells = cells;
    this.weights = weights;
    this.turns = schedule ?? usable;
    this.endings = endings;
    this.blocks = blocksOf(usable, { weights, cells, endings });
    this.found = this.blocks.map(() => -1);
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

  /** Has the next pick look at all members. To be called now and then: it heals what a worker that died left behind. */
  forget(): void {
    for (const block of this.blocks) block.forget();
  }

  private inFlight(member: number): number {
    const { words, place } = this.cells[member]!;
    return words[place]!;
  }

  /** The first of the least loaded from `start` on, once round. */
  private leastFrom(start: number): number {
    this.lookAtStale(start);
    for (;;) {
      const least = this.leastBlock();
      const member = this.nearestAt(least, start);
      if (member >= 0) return member;
    }
  }

  private lookAtStale(start: number): void {
    const { blocks, found } = this;
    for (let at = 0; at < blocks.length; at++) {
      const block = blocks[at]!;
      const endings = this.endingsOf(block);
      found[at] = this.endings !== null && block.isFresh(endings) ? -1 : block.least(start, endings);
    }
  }

  private leastBlock(): CountBlock {
    let least = this.blocks[0]!;
    for (let at = 1; at < this.blocks.length; at++) {
      const block = this.blocks[at]!;
      if (isBelow(block, least)) least = block;
    }
    return least;
  }

  /**
   * Of the members with the load of `least` the one nearest to `start`. Where the bounds of all blocks that promise one are
   * too low by now, they are set right and -1 is returned.
   */
  private nearestAt(least: CountBlock, start: number): number {
    const { blocks, found, weights } = this;
    const { count, weight } = least;
    let nearest = -1;
    let distance = weights.length;
    for (let at = 0; at < blocks.length; at++) {
      const block = blocks[at]!;
      if (Math.imul(block.count, weight) !== Math.imul(count, block.weight)) continue;
      const member = found[at]! >= 0 ? found[at]! : block.firstAtBound(start, distance, weights.length);
      if (member === OUT_OF_REACH) continue;
      if (member < 0) {
        found[at] = block.least(start, this.endingsOf(block));
        continue;
      }
      const its = member >= start ? member - start : member - start + weights.length;
      if (its >= distance) continue;
      distance = its;
      nearest = member;
    }
    return nearest;
  }

  private endingsOf({ number }: CountBlock): number {
    return this.endings === null ? 0 : Atomics.load(this.endings.words, this.endings.place + number);
  }
}

function isBelow(one: CountBlock, other: CountBlock): boolean {
  return Math.imul(one.count, other.weight) < Math.imul(other.count, one.weight);
}

/** Members whose counts lie in one arena, in a large pool those of one number. */
function blocksOf(
  members: readonly number[],
  { weights, cells, endings }: Pick<LeastConnectionsPool, 'weights' | 'cells' | 'endings'>,
): readonly CountBlock[] {
  const byArena = Map.groupBy(members, (member) => cells[member]!.words);
  return [...byArena.values()].flatMap((here) => {
    const parts =
      endings === null ? [here] : [...Map.groupBy(here, (member) => cells[member]!.block).values()];
    return parts.map((part) => new CountBlock({ members: part, cells, weights }));
  });
}
