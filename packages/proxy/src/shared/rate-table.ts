import type { RequestRateLimit } from '@elbow/plan';
import { passGate, type Rate, rateOf, xxhash32 } from '@elbow/traffic';

/**
 * Request rates of policies and load balancers, of each as a whole and of each policy's sources, exact over all workers of a node: a table
 * of cells in shared memory, found by hash. A cell holds in 64 bits 24 of the hash, which say whose it is, and 40 of
 * the time at which the gate is due, in microseconds. Where eight cells that may serve are all in use, the one that is
 * due earliest is given away: its owner is the one that has been quiet longest.
 */
const CELLS = 1 << 20;
const WAYS = 8;
const TIME_BITS = 40n;
const TIME_MASK = (1n << TIME_BITS) - 1n;
const WRAP_US = 2 ** 40;

export const rateTableBytes: number = CELLS * 8;

export class RateTable {
  private readonly cells: BigInt64Array;
  private readonly nowUs: () => number;

  /** @param nowUs a clock that all workers share */
  constructor(buffer: SharedArrayBuffer, nowUs: () => number = sharedClockUs) {
    this.cells = new BigInt64Array(buffer);
    this.nowUs = nowUs;
  }

  /**
   * Takes one request, of this source, from the rates of a policy or a load balancer. False when either has none left.
   * @param owner a name that nothing else with a rate has
   */
  pass(owner: string, limit: RequestRateLimit, address: string): boolean {
    const { perSecond, perSourcePerSecond, burst } = limit;
    if (perSourcePerSecond > 0) {
      const key = `${owner} ${sourceKey(address)}`;
      if (!this.passKey(key, rateOf(perSourcePerSecond, burst))) return false;
    }
    return perSecond === 0 || this.passKey(owner, rateOf(perSecond));
  }

  private passKey(key: string, rate: Rate): boolean {
    const place = xxhash32(key, 1) & (CELLS - WAYS);
    const tag = BigInt(xxhash32(key, 2) & 0xffffff);
    for (;;) {
      const at = this.cellOf(place, tag, this.nowUs());
      const cell = Atomics.load(this.cells, at);
      // Read after the cell: a thread that was held up in between must not take what others wrote for insane.
      const nowUs = this.nowUs();
      const due = ownerOf(cell) === tag ? nowUs + aheadUs(cell, nowUs) : 0;
      // What no gate of this rate can hold was left here by another one, long ago.
      const isSane = due - nowUs <= rate.toleranceUs + rate.intervalUs;
      const next = passGate(isSane ? due : 0, nowUs, rate);
      if (next === null) return false;
      if (Atomics.compareExchange(this.cells, at, cell, packed(tag, next)) === cell) return true;
    }
  }

  private cellOf(place: number, tag: bigint, nowUs: number): number {
    let oldest = place;
    let oldestAhead = Number.POSITIVE_INFINITY;
    for (let at = place; at < place + WAYS; at++) {
      const cell = Atomics.load(this.cells, at);
      if (ownerOf(cell) === tag && cell !== 0n) return at;
      const ahead = cell === 0n ? Number.NEGATIVE_INFINITY : aheadUs(cell, nowUs);
      if (ahead >= oldestAhead) continue;
      oldest = at;
      oldestAhead = ahead;
    }
    return oldest;
  }
}

function ownerOf(cell: bigint): bigint {
  return BigInt.asUintN(64, cell) >> TIME_BITS;
}

/** How far in the future a cell is due, with times that have come round counted as past. */
function aheadUs(cell: bigint, nowUs: number): number {
  const difference = (Number(cell & TIME_MASK) - nowUs) % WRAP_US;
  if (difference > WRAP_US / 2) return difference - WRAP_US;
  return difference < -WRAP_US / 2 ? difference + WRAP_US : difference;
}

function packed(tag: bigint, dueUs: number): bigint {
  return BigInt.asIntN(64, (tag << TIME_BITS) | (BigInt(Math.round(dueUs)) & TIME_MASK));
}

/** A home gets a network of IPv6 and many addresses in it: all of a /64 are one source. */
function sourceKey(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const whole = address.includes('::')
    ? [...groups, ...new Array<string>(missing).fill('0'), ...tail.split(':')]
    : groups;
  return whole.slice(0, 4).join(':');
}

/** The same in every thread of a process, and it never jumps. */
function sharedClockUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
