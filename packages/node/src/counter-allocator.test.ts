import { counterArenaOf, counterOffset, ROWS_PER_ARENA } from '@elbow/proxy';
import { describe, expect, it } from 'vitest';
import { CounterAllocator } from './counter-allocator.ts';

const WORKERS = 3;

/** What a worker does: it adds to its own part of a row. */
function count(
  counters: CounterAllocator,
  row: number,
  { worker, amount }: { worker: number; amount: number },
): void {
  const numbers = new Float64Array(counters.arenas[counterArenaOf(row)]!);
  const at = counterOffset(row, worker);
  numbers[at] = numbers[at]! + amount;
}

describe('CounterAllocator', () => {
  it('adds up all workers, and goes on when the successor of a dead one counts', () => {
    const counters = new CounterAllocator(WORKERS);
    const row = counters.allocate();
    for (const worker of [0, 1, 2]) count(counters, row, { worker, amount: worker + 1 });
    expect(counters.sum(row, 2)).toEqual([6, 0]);
    // A worker that dies leaves its numbers; the next thread in its place adds to the same ones.
    count(counters, row, { worker: 1, amount: 10 });
    expect(counters.sum(row, 1)).toEqual([16]);
  });

  it('gives every row to one object only, over arenas, and never the row of the node', () => {
    const counters = new CounterAllocator(WORKERS);
    const rows = Array.from({ length: ROWS_PER_ARENA + 10 }, () => counters.allocate());
    expect(new Set([0, ...rows]).size).toBe(rows.length + 1);
    expect(counters.arenas).toHaveLength(2);
    for (const [at, row] of rows.entries())
      for (let worker = 0; worker < WORKERS; worker++) count(counters, row, { worker, amount: at + 1 });
    expect(rows.map((row) => counters.sum(row, 2))).toEqual(rows.map((_, at) => [(at + 1) * WORKERS, 0]));
    expect(counters.sum(0, 3)).toEqual([0, 0, 0]);
  });

  it('gives a row away again, cleared, when no worker can count in it any more', () => {
    const counters = new CounterAllocator(WORKERS);
    const row = counters.allocate();
    count(counters, row, { worker: 2, amount: 5 });
    counters.retire([row], 7);
    counters.reclaim(6);
    expect(counters.sum(row, 1)).toEqual([5]);
    expect(counters.allocate()).not.toBe(row);
    counters.reclaim(7);
    expect(counters.allocate()).toBe(row);
    expect(counters.sum(row, 1)).toEqual([0]);
  });
});
