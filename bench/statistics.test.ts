import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, quantileOf, ratio, spreadOf } from './statistics.ts';

describe('a quantile', () => {
  const values = [5, 1, 4, 2, 3];
  it.each([
    [0, 1],
    [0.5, 3],
    [0.6, 3],
    [0.61, 4],
    [1, 5],
  ])('%d of five values is the %d', (share, expected) => expect(quantileOf(values, share)).toBe(expected));

  it('of nothing is refused', () => {
    expect(() => quantileOf([], 0.5)).toThrow(RangeError);
  });
});

describe('median', () => {
  it('takes the middle of an odd number of values, whatever their order', () => {
    expect(median([30, 1, 2])).toBe(2);
  });

  it('takes the mean of the two middle values of an even number', () => {
    expect(median([4, 1, 3, 100])).toBe(3.5);
  });

  it('sorts by number, not by text', () => {
    expect(median([9, 10, 100])).toBe(10);
  });

  it('leaves its input as it was', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('refuses an empty list', () => {
    expect(() => median([])).toThrow(RangeError);
  });

  it('has at most half of the values on either side', () => {
    assert(
      property(array(integer(), { minLength: 1 }), (values) => {
        const middle = median(values);
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });
});

describe('spreadOf', () => {
  it('gives median, smallest and largest', () => {
    expect(spreadOf([5, 1, 9])).toEqual({ median: 5, min: 1, max: 9 });
  });
});

describe('ratio', () => {
  it('divides', () => {
    expect(ratio(24, 16)).toBe(1.5);
  });

  it('is undefined when one side was not measured or the base is nothing', () => {
    expect(ratio(undefined, 16)).toBeUndefined();
    expect(ratio(24, undefined)).toBeUndefined();
    expect(ratio(24, 0)).toBeUndefined();
  });
});
