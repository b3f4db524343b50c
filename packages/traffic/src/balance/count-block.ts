/** Where the requests in flight to one member are counted by all workers. */
export interface InFlightCell {
  readonly words: Int32Array;
  readonly place: number;
  /** Which of the pool's counts of endings the end of such a request is added to, 0 to {@link COUNT_BLOCKS} - 1. */
  readonly block: number;
}

/** So many parts the members of a large pool are looked at in. */
export const COUNT_BLOCKS = 8;

/** No member up to where it was looked for; there may be one further on. */
export const OUT_OF_REACH = -2;

/** Counts that only go up: one for each block, of requests that ended at its members. */
export interface EndingCounts {
  readonly words: Int32Array;
  /** Of the first of {@link COUNT_BLOCKS} words. */
  readonly place: number;
}

/** The members of a block whose counts lie in one arena. */
export interface BlockMembers {
  /** In ascending order. */
  readonly members: readonly number[];
  readonly cells: readonly InFlightCell[];
  /** Of all members of the pool. */
  readonly weights: readonly number[];
}

/**
 * Some members of a pool and the least of their loads. A load falls only when a request ends, so the least load that was
 * found stays a lower bound until then, and the members need not be looked at again.
 */
export class CountBlock {
  readonly number: number;
  private readonly words: Int32Array;
  /** Plain lists, because they are read faster than typed arrays. */
  private readonly members: readonly number[];
  private readonly places: readonly number[];
  private readonly weights: readonly number[];
  /** The least load that any member may have now, as a fraction. */
  count = 0;
  weight = 1;
  /** Endings of the block before its members were looked at. */
  private endings = -1;
  private isKnown = false;

  constructor({ members, cells, weights }: BlockMembers) {
    const first = cells[members[0]!]!;
    this.number = first.block;
    this.words = first.words;
    this.members = members;
    this.places = members.map((member) => cells[member]!.place);
    this.weights = members.map((member) => weights[member]!);
  }

  /** True while no request has ended since the members were looked at. */
  isFresh(endings: number): boolean {
    return this.isKnown && endings === this.endings;
  }

  forget(): void {
    this.isKnown = false;
  }

  /**
   * The first member from `start` on, once round, whose load is the least of the block.
   * @param endings of the block, read before
   */
  least(start: number, endings: number): number {
    this.endings = endings;
    this.isKnown = true;
    const seat = this.seatOf(start) % this.members.length;
    this.count = this.words[this.places[seat]!]!;
    this.weight = this.weights[seat]!;
    const before = this.lookFor(0, seat, this.lookFor(seat + 1, this.members.length, seat));
    return this.members[before]!;
  }

  /**
   * The first member from `start` on, once round, whose load is not above the bound; -1 when all have more by now.
   * @param steps looks no further than so many members of the pool: {@link OUT_OF_REACH} then
   * @param all members of the pool
   */
  firstAtBound(start: number, steps: number, all: number): number {
    const seat = this.seatOf(start);
    const end = start + steps;
    const found = this.firstBetween(seat, this.members.length, end);
    if (found !== -1) return found;
    return this.firstBetween(0, seat, end - all);
  }

  /** Loads are compared as fractions, crosswise: whole numbers leave no doubt about what is equal. */
  private lookFor(from: number, to: number, best: number): number {
    const { words, places, weights } = this;
    let { count, weight } = this;
    let found = best;
    for (let at = from; at < to; at++) {
      const itsCount = words[places[at]!]!;
      const itsWeight = weights[at]!;
      if (Math.imul(itsCount, weight) < Math.imul(count, itsWeight)) {
        count = itsCount;
        weight = itsWeight;
        found = at;
      }
    }
    this.count = count;
    this.weight = weight;
    return found;
  }

  private firstBetween(from: number, to: number, end: number): number {
    const { words, places, weights, members, count, weight } = this;
    for (let at = from; at < to; at++) {
      const member = members[at]!;
      if (member >= end) return OUT_OF_REACH;
      if (Math.imul(words[places[at]!]!, weight) <= Math.imul(count, weights[at]!)) return member;
    }
    return -1;
  }

  /** Of the first member that is not before `start`; one past the last where none is. */
  private seatOf(start: number): number {
    const { members } = this;
    let low = 0;
    let high = members.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (members[middle]! < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
