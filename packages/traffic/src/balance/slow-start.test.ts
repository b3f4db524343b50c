import { describe, expect, it } from 'vitest';
import { smoothSchedule } from './round-robin.ts';
import { slowShares, slowStartPercent } from './slow-start.ts';

describe('slowStartPercent', () => {
  it.each([
    [0, 1],
    [300, 1],
    [600, 1],
    [30_000, 50],
    [59_999, 99],
    [60_000, 100],
    [1e12, 100],
    [-5000, 1],
  ])('after %d ms of 60 s: %d %%', (elapsedMs, percent) => {
    expect(slowStartPercent(1_700_000_000_000, 60_000, 1_700_000_000_000 + elapsedMs)).toBe(percent);
  });
});

describe('slowShares', () => {
  it('leaves weights alone when nobody is slow, and those of members without weight', () => {
    const weights = [5, 0, 3];
    expect(slowShares(weights, [100, 1, 100])).toBe(weights);
    expect(slowShares([1, 0], [50, 1])).toEqual([50, 0]);
  });

  it('lets a third member rise from nothing to a third', () => {
    const percentOf = (second: number): number => {
      const schedule = smoothSchedule(
        slowShares([1, 1, 1], [100, 100, slowStartPercent(0, 60_000, second * 1000)]),
      )!;
      return Math.round((100 * schedule.filter((member) => member === 2).length) / schedule.length);
    };
    expect([5, 15, 25, 35, 45, 55, 65].map(percentOf)).toEqual([4, 11, 17, 22, 27, 31, 33]);
  });

  it('shares among slow members as they are when all are slow', () => {
    expect([...smoothSchedule(slowShares([1, 1], [1, 2]))!].toSorted()).toEqual([0, 1, 1]);
  });
});
