import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckSchedule, type Scheduled, TICK_MS } from './check-schedule.ts';

interface Item extends Scheduled {
  readonly name: number;
  readonly atMs: number;
}

const dues = fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 40 });
const steps = fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 20 });

describe('CheckSchedule', () => {
  it('gives each item once, never early, and late by no more than the next look', () => {
    fc.assert(
      fc.property(dues, steps, (times, gaps) => {
        const schedule = new CheckSchedule<Item>(0);
        times.forEach((atMs, name) => schedule.add({ name, atMs, dueTick: 0 }, atMs));
        const taken = new Set<number>();
        let nowMs = 0;
        for (const gap of gaps) {
          nowMs += gap;
          for (const { name, atMs } of schedule.take(nowMs)) {
            expect(taken.has(name)).toBe(false);
            expect(atMs).toBeLessThanOrEqual(nowMs);
            taken.add(name);
          }
          times.forEach((atMs, name) => {
            if (atMs <= nowMs - TICK_MS) expect(taken.has(name)).toBe(true);
          });
        }
      }),
    );
  });

  it('gives nothing that was removed', () => {
    const schedule = new CheckSchedule<Item>(0);
    const items = [1, 2, 3].map((name) => ({ name, atMs: 100, dueTick: 0 }));
    for (const item of items) schedule.add(item, item.atMs);
    schedule.remove(items[1]!);
    expect(schedule.take(1000).map(({ name }) => name)).toEqual([1, 3]);
    expect(schedule.take(60_000)).toEqual([]);
  });

  it('spreads what piled up during a standstill', () => {
    const schedule = new CheckSchedule<Item>(0);
    for (let name = 0; name < 1200; name++) schedule.add({ name, atMs: 0, dueTick: 0 }, name % 5000);
    const rounds = [600_000, 600_050, 600_100, 600_150].map((nowMs) => schedule.take(nowMs).length);
    expect(rounds).toEqual([500, 500, 200, 0]);
  });
});
