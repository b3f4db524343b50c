import { describe, expect, it } from 'vitest';
import { passGate, rateOf } from './rate-gate.ts';

function passed(rate: ReturnType<typeof rateOf>, timesUs: readonly number[]): number {
  let due = 0;
  let count = 0;
  for (const nowUs of timesUs) {
    const next = passGate(due, nowUs, rate);
    if (next === null) continue;
    due = next;
    count++;
  }
  return count;
}

describe('passGate', () => {
  it('lets a second of requests pass at once and no more', () => {
    expect(passed(rateOf(2), new Array(10).fill(5_000_000))).toBe(2);
    expect(passed(rateOf(2, 3), new Array(10).fill(5_000_000))).toBe(5);
  });

  it('keeps the rate in the long run', () => {
    const tenSeconds = Array.from({ length: 1000 }, (_, at) => 1_000_000 + at * 10_000);
    const count = passed(rateOf(5), tenSeconds);
    expect(count).toBeGreaterThanOrEqual(54);
    expect(count).toBeLessThanOrEqual(55);
  });

  it('loses nothing to a refused request', () => {
    const rate = rateOf(1);
    const due = passGate(0, 1_000_000, rate)!;
    expect(passGate(due, 1_500_000, rate)).toBeNull();
    expect(passGate(due, 2_000_000, rate)).not.toBeNull();
  });
});
