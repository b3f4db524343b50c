import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_SCHEDULE, memberAtTicket, SmoothRoundRobin, smoothSchedule } from './round-robin.ts';

const always = (): boolean => true;
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
        for (let t = start; t < start + schedule.length; t++) seen[memberAtTicket(schedule, t, always)]!++;
        expect(seen).toEqual(shares.map((w) => (schedule.length === 0 ? 0 : w / divisor)));
      }),
    );
  });
});

describe('memberAtTicket', () => {
  it('passes over members that may not be used, and says so when none is left', () => {
    const schedule = smoothSchedule([1, 1, 1])!;
    expect(memberAtTicket(schedule, 0, (m) => m === 2)).toBe(2);
    expect(memberAtTicket(schedule, 0, () => false)).toBe(-1);
  });

  it('reads a wrapped counter as unsigned', () => {
    const schedule = smoothSchedule([1, 1, 1])!;
    expect(memberAtTicket(schedule, -1, always)).toBe(0xffffffff % 3);
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
});
