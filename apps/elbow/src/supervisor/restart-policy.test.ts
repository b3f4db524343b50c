import { describe, expect, it } from 'vitest';
import { endingsInARow, nextStep } from './restart-policy.ts';

const delays = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => {
    const step = nextStep({ hasEverBeenReady: true, saidWhy: false, livedMs: 10, endingsInARow: index + 1 });
    return step.type === 'restart' ? step.delayMs : -1;
  });

describe('nextStep', () => {
  it('starts again at once the first time, then slower up to a limit', () => {
    expect(delays(10)).toEqual([0, 200, 400, 800, 1600, 3200, 6400, 12_800, 15_000, 15_000]);
  });

  it('gives up at the first start when the role says that it cannot, or dies five times', () => {
    const ending = { hasEverBeenReady: false, livedMs: 10, endingsInARow: 1 };
    expect(nextStep({ ...ending, saidWhy: true })).toEqual({ type: 'give-up' });
    expect(nextStep({ ...ending, saidWhy: false, endingsInARow: 4 }).type).toBe('restart');
    expect(nextStep({ ...ending, saidWhy: false, endingsInARow: 5 })).toEqual({ type: 'give-up' });
  });

  it('never gives up once it has worked: the other child serves on', () => {
    expect(nextStep({ hasEverBeenReady: true, saidWhy: true, livedMs: 10, endingsInARow: 1000 }).type).toBe(
      'restart',
    );
  });
});

describe('endingsInARow', () => {
  it('begins anew after a long life', () => {
    expect([endingsInARow(0, 10), endingsInARow(4, 10), endingsInARow(4, 60_000)]).toEqual([1, 5, 1]);
  });
});
