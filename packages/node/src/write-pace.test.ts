import { describe, expect, it } from 'vitest';
import { WritePace } from './write-pace.ts';

/** Works whenever it may, for so long. @returns when each piece of work began */
function workFor(pace: WritePace, { workMs, untilMs }: { workMs: number; untilMs: number }): number[] {
  const begins: number[] = [];
  for (let atMs = 0; atMs < untilMs; ) {
    begins.push(atMs);
    atMs += workMs;
    atMs += pace.restAfter(workMs, atMs);
  }
  return begins;
}

describe('WritePace', () => {
  it('lets the first pieces of work come at once, and then a tenth of the time', () => {
    const begins = workFor(new WritePace(), { workMs: 5, untilMs: 60_000 });
    expect(begins.slice(0, 5)).toEqual([0, 5, 10, 15, 20]);
    const steps = begins.slice(1).map((at, index) => at - begins[index]!);
    expect(Math.max(...steps)).toBe(50);
    expect(begins.length * 5).toBeLessThan(60_000 / 10 + 200);
  });

  it('rests a second at most, however long the work takes', () => {
    const pace = new WritePace();
    expect(pace.restAfter(5_000, 5_000)).toBe(1_000);
    expect(pace.restAfter(5_000, 11_000)).toBe(1_000);
  });

  it('owes nothing after a quiet time', () => {
    const pace = new WritePace();
    workFor(pace, { workMs: 5, untilMs: 10_000 });
    expect(pace.restAfter(5, 20_000)).toBe(0);
    expect(pace.restAfter(5, 20_005)).toBe(0);
  });
});
