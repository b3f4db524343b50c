import { describe, expect, it } from 'vitest';
import { CpuPressure } from './cpu-pressure.ts';

function judged(percent: number, shares: readonly number[]): readonly boolean[] {
  const times = { active: 0, idle: 0 };
  const pressure = new CpuPressure(percent, () => ({ ...times }));
  return shares.map((share) => {
    times.active += share * 1000;
    times.idle += (1 - share) * 1000;
    return pressure.judge();
  });
}

describe('pressure on a worker', () => {
  it('begins above the limit and ends well below it', () => {
    expect(judged(80, [0.5, 0.8, 0.81, 0.7, 0.65, 0.63, 0.7])).toEqual([
      false,
      false,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('is never there without a limit, nor in no time at all', () => {
    expect(judged(0, [1, 1])).toEqual([false, false]);
    const still = new CpuPressure(50, () => ({ active: 5, idle: 5 }));
    expect(still.judge()).toBe(false);
  });
});
