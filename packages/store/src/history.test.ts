import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryEntry, HistoryQuery } from './history.ts';
import { openStore } from './open-store.ts';
import type { Store } from './store.ts';
import { aPool } from './testing/rows.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore({ directory: ':memory:' });
});
afterEach(() => store.close());

function entry(at: number, more: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    atMs: at,
    projectId: 'p',
    userId: 'u',
    requestId: `r${at}`,
    resourceType: 'pool',
    resourceId: `pool-${at}`,
    outcome: 'done',
    status: null,
    live: null,
    body: { changes: [{ id: `pool-${at}` }, { id: `member-${at}` }] },
    ...more,
  };
}

async function times(query: Partial<HistoryQuery> = {}): Promise<readonly number[]> {
  const found = await store.read((reader) => reader.history({ projectId: 'p', limit: 100, ...query }));
  return found.map(({ atMs }) => atMs);
}

const record = (...entries: readonly HistoryEntry[]) =>
  store.write(async (writer) => entries.forEach((one) => writer.recordHistory(one)));

describe('the history', () => {
  it('stands with the changes of its unit, or not at all', async () => {
    const outcomes = await Promise.allSettled([
      store.write(async (writer) => {
        writer.recordHistory(entry(1));
        await writer.insert('pool', aPool('a'));
      }),
      store.write(async (writer) => {
        writer.recordHistory(entry(2));
        await writer.insert('pool', aPool('b'));
        throw new RangeError('changed my mind');
      }),
      // Refused by the database, after the entry.
      store.write(async (writer) => {
        writer.recordHistory(entry(3));
        await writer.insert('pool', aPool('a'));
      }),
      record(entry(4), entry(5)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(await times()).toEqual([5, 4, 1]);
  });

  it('gives back what was written, and what became known later', async () => {
    await record(entry(1), entry(2));
    await store.write((writer) => writer.settleHistory(['r1', 'r9'], { status: 201, live: '7' }));
    const [second, first] = await store.read((reader) => reader.history({ projectId: 'p', limit: 9 }));
    expect(first).toEqual({ ...entry(1), sequence: expect.any(Number), status: 201, live: '7' });
    expect(second).toMatchObject({ status: null, live: null });
  });

  it('is looked through by each of its attributes', async () => {
    await record(
      entry(1),
      entry(2, { userId: 'other' }),
      entry(3, { resourceType: 'user', resourceId: null, body: {} }),
      entry(4, { projectId: 'q' }),
    );
    expect(await times()).toEqual([3, 2, 1]);
    expect(await times({ limit: 2 })).toEqual([3, 2]);
    expect(await times({ userId: 'other' })).toEqual([2]);
    expect(await times({ resourceType: 'user' })).toEqual([3]);
    expect(await times({ resourceId: 'pool-1' })).toEqual([1]);
    expect(await times({ resourceId: 'member-2' })).toEqual([2]);
    expect(await times({ resourceId: 'member-' })).toEqual([]);
    expect(await times({ requestId: 'r3' })).toEqual([3]);
    expect(await times({ sinceMs: 2 })).toEqual([3, 2]);
    const [newest] = await store.read((reader) => reader.history({ projectId: 'p', limit: 1 }));
    expect(await times({ before: newest!.sequence })).toEqual([2, 1]);
    await expect(times({ resourceId: '%' })).rejects.toThrow(TypeError);
  });

  it('is bounded by age and by number, changes and refusals apart', async () => {
    await record(...Array.from({ length: 30 }, (_, at) => entry(at)));
    await record(...Array.from({ length: 30 }, (_, at) => entry(100 + at, { outcome: 'refused' })));
    const trim = (notBeforeMs: number, mostEntries: number) =>
      store.write((writer) => writer.trimHistory({ notBeforeMs, mostEntries }));
    expect((await trim(5, 1_000)).value).toBe(5);
    expect((await trim(5, 20)).value).toBe(5 + 28);
    expect(await times()).toEqual([129, 128, ...Array.from({ length: 20 }, (_, at) => 29 - at)]);
    expect((await trim(5, 20)).value).toBe(0);
  });
});
