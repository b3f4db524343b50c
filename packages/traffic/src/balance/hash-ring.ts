import { avalanche, xxhash32 } from './xxhash32.ts';

/** Points of each member on the ring: enough that shares differ by a few percent, few enough to be looked up fast. */
export const POINTS_PER_MEMBER = 160;

const SECOND_SEED = 0x5bd1e995;
const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;
const DIGIT_MASK = DIGITS - 1;

/**
 * Consistent hashing: members have points on a ring, a key goes to the first point at or after its own. A member that
 * leaves or may not be used passes on its own keys only, and gets them back when it returns.
 *
 * A member's points depend on its id alone, so weights and health change nothing here: whoever looks up says which
 * members may be used.
 */
export class HashRing {
  private positions: Uint32Array;
  private owners: Uint16Array;

  /** @param ids different from each other, in an order that does not depend on when they came; at most 65,536 */
  constructor(ids: readonly string[]) {
    const count = ids.length * POINTS_PER_MEMBER;
    const positions = new Uint32Array(count);
    const owners = new Uint16Array(count);
    let at = 0;
    for (const [member, id] of ids.entries()) {
      // Two hashes: with one, ids that collide in 32 bits would share all their points.
      const start = xxhash32(id, 0);
      const stride = xxhash32(id, SECOND_SEED) | 1;
      for (let point = 0; point < POINTS_PER_MEMBER; point++, at++) {
        positions[at] = avalanche((start + Math.imul(point, stride)) | 0);
        owners[at] = member;
      }
    }
    const byLow = sortedByDigit({ positions, owners }, 0);
    const sorted = sortedByDigit(byLow, DIGIT_BITS);
    this.positions = sorted.positions;
    this.owners = sorted.owners;
  }

  /**
   * @param key of the client
   * @param isUsable one number per member, 0 for those that may not be used
   * @returns a member index; -1 when none may be used
   */
  memberFor(key: string, isUsable: ArrayLike<number>): number {
    const { owners } = this;
    const start = this.firstAtOrAfter(xxhash32(key, 0));
    for (let step = 0; step < owners.length; step++) {
      const at = start + step;
      const member = owners[at < owners.length ? at : at - owners.length]!;
      if (isUsable[member] !== 0) return member;
    }
    return -1;
  }

  /**
   * The same ring without the points of members that may not be used: it leads every key to the same member, without a
   * walk over points that nobody may use.
   */
  only(isUsable: ArrayLike<number>): HashRing {
    const { positions, owners } = this;
    const kept = new HashRing([]);
    const places = owners.reduce<number[]>((list, owner, at) => {
      if (isUsable[owner] !== 0) list.push(at);
      return list;
    }, []);
    kept.positions = Uint32Array.from(places, (at) => positions[at]!);
    kept.owners = Uint16Array.from(places, (at) => owners[at]!);
    return kept;
  }

  private firstAtOrAfter(position: number): number {
    let low = 0;
    let high = this.positions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.positions[middle]! < position) low = middle + 1;
      else high = middle;
    }
    return low === this.positions.length ? 0 : low;
  }
}

interface Points {
  readonly positions: Uint32Array;
  readonly owners: Uint16Array;
}

/** One pass of a radix sort, stable: a ring of 500 members is sorted in about a millisecond, on a thread that serves. */
function sortedByDigit({ positions, owners }: Points, shift: number): Points {
  const { length } = positions;
  const places = firstPlaces(positions, shift);
  const sorted = { positions: new Uint32Array(length), owners: new Uint16Array(length) };
  for (let at = 0; at < length; at++) {
    const position = positions[at]!;
    const digit = (position >>> shift) & DIGIT_MASK;
    const place = places[digit]!;
    places[digit] = place + 1;
    sorted.positions[place] = position;
    sorted.owners[place] = owners[at]!;
  }
  return sorted;
}

/** Where the first position with each digit belongs. */
function firstPlaces(positions: Uint32Array, shift: number): Uint32Array {
  const places = new Uint32Array(DIGITS);
  for (let at = 0; at < positions.length; at++) {
    const digit = (positions[at]! >>> shift) & DIGIT_MASK;
    places[digit] = places[digit]! + 1;
  }
  let sum = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = places[digit]!;
    places[digit] = sum;
    sum += count;
  }
  return places;
}
