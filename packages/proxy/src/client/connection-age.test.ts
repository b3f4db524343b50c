import { describe, expect, it } from 'vitest';
import { isDueToLeave } from './connection-age.ts';

describe('a connection', () => {
  it.each([
    [0, 0, false],
    [3_599_999, 99_999, false],
    [3_600_000, 1, true],
    [1, 100_000, true],
  ])('of %d ms and %d requests: told to go is %s', (ageMs, requests, expected) => {
    expect(isDueToLeave(ageMs, requests)).toBe(expected);
  });
});
