import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_SCHEDULE, memberAtTicket, SmoothRoundRobin, smoothSchedule } from './round-robin.ts';

const weights = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 20 });

describe('smoothSchedule', () => {
  it('spreads 5:1:1 without a burst', () => {
    expect([...smoothSchedule([5, 1, 1])!]).toEqual([0, 0, 1, 0, 2, 0, 0]);
  });

  it('is one turn each for equal weights, however large', () => {
    expect([...smoothSchedule([100, 100, 100])!]).toEqual([0, 1, 2]);
  });

  it('has no turn for weight 0 and none at all without a weight', () => {
    expect([...smoothSchedule([0, 3, 0])!]).toEqual([1]);
    expect([...smoothSchedule([0, 0])!]).toEqual([]);
    expect([...smoothSchedule([])!]).toEqual([]);
  });

  it('declines to precompute more turns than its bound', () => {
    expect(smoothSchedule([LONGEST_SCHEDULE, 1])).toBeNull();
  });

  it('gives every member exactly its weight over any window of one cycle', () => {
    fc.assert(
      fc.property(weights, fc.nat(), (shares, start) => {
        const schedule = smoothSchedule(shares)!;
        const divisor = shares.reduce((sum, w) => sum + w, 0) / Math.max(1, schedule.length);
        const seen = shares.map(() => 0);
        for (let t = start; t < start + schedule.length; t++) seen[memberAtTicket(schedule, t)]!++;
        expect(seen).toEqual(shares.map((w) => (schedule.length === 0 ? 0 : w / divisor)));
      }),
    );
  });
});

describe('memberAtTicket', () => {
  it('has nobody for a ticket of an empty schedule', () => {
    expect(memberAtTicket(new Uint16Array(0), 7)).toBe(-1);
  });

  it('reads a wrapped counter as unsigned', () => {
    const schedule = smoothSchedule([1, 1, 1])!;
    expect(memberAtTicket(schedule, -1)).toBe(0xffffffff % 3);
  });
});

describe('SmoothRoundRobin', () => {
  it('keeps exact shares for weights too long for a schedule', () => {
    const shares = [LONGEST_SCHEDULE, 3, 0];
    const picker = new SmoothRoundRobin(shares);
    const seen = [0, 0, 0];
    for (let i = 0; i < LONGEST_SCHEDULE + 3; i++) seen[picker.next()]!++;
    expect(seen).toEqual(shares);
    expect(new SmoothRoundRobin([0]).next()).toBe(-1);
  });

  it('gives the turns in the order of the textbook, which looks at every member every time', () => {
    fc.assert(
      fc.property(weights, (shares) => {
        const picker = new SmoothRoundRobin(shares);
        const credit = shares.map(() => 0);
        const sum = shares.reduce((total, weight) => total + weight, 0);
        for (let turn = 0; turn < 300; turn++) {
          shares.forEach((weight, member) => (credit[member]! += weight));
          const best = credit.reduce(
            (found, value, member) =>
              shares[member]! > 0 && (found < 0 || value > credit[found]!) ? member : found,
            -1,
          );
          if (best >= 0) credit[best]! -= sum;
          expect(picker.next()).toBe(best);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('goes on where it was when it is made anew from itself', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 20 }), (shares, turns) => {
        const steady = new SmoothRoundRobin(shares);
        let renewed = new SmoothRoundRobin(shares);
        for (let turn = 0; turn < 200; turn++) {
          if (turn % turns === 0) renewed = new SmoothRoundRobin(shares, renewed);
          expect(renewed.next()).toBe(steady.next());
        }
      }),
      { numRuns: 50 },
    );
  });

  it('lets a small share have its turns although weights change all the time', () => {
    const shares = [...Array.from({ length: 100 }, () => 100), 0];
    let picker: SmoothRoundRobin | null = null;
    const seen = shares.map(() => 0);
    for (let turn = 0; turn < 10_000; turn++) {
      if (turn % 50 === 0) {
        shares[100] = 10 + ((turn / 50) % 2);
        picker = new SmoothRoundRobin(shares, picker);
      }
      seen[picker!.next()]!++;
    }
    expect(seen[100]).toBeGreaterThanOrEqual(9);
    expect(seen[100]).toBeLessThanOrEqual(12);
    for (const turns of seen.slice(0, 100)) expect(Math.abs(turns - 100)).toBeLessThanOrEqual(2);
  });
});
