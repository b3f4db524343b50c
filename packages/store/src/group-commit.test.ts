import { sql } from 'kysely';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openSqlite, type SqliteStoreDialect } from './dialect/sqlite/sqlite-dialect.ts';
import { CommitFailed, DatabaseFault, StoreFailed, StoreOverloaded, UnitTimedOut } from './errors.ts';
import { loadRows } from './load-rows.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/migrations.ts';
import { assembleStore, type StoreOptions } from './open-store.ts';
import type { Store } from './store.ts';
import { aLoadBalancer, aPool } from './testing/rows.ts';
import { temporaryDirectory } from './testing/temporary-directory.ts';

interface Opened {
  readonly store: Store;
  readonly dialect: SqliteStoreDialect;
}

async function open(options: Omit<StoreOptions, 'directory'> = {}): Promise<Opened> {
  const dialect = await openSqlite(await temporaryDirectory());
  onTestFinished(() => dialect.close().catch(() => undefined));
  await migrate(dialect, migrations);
  return { store: assembleStore(dialect, await loadRows(dialect), options), dialect };
}

const insertPool = (store: Store, id: string): Promise<unknown> =>
  store.write((writer) => writer.insert('pool', aPool(id)));
const poolIds = (store: Store): Promise<readonly string[]> =>
  store.read(async (reader) => (await reader.list('pool', {})).map((pool) => pool.id));

/** A gate that a unit can wait at. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

describe('group commit', { timeout: 30_000 }, () => {
  it('makes many units durable with few commits', async () => {
    const commits: number[] = [];
    const { store } = await open({ slowCommitMs: 0, onSlowCommit: ({ units }) => commits.push(units) });
    const ids = Array.from({ length: 1_000 }, (_, i) => `lb${i}`);
    await Promise.all(
      ids.map((id) => store.write((writer) => writer.insert('loadBalancer', aLoadBalancer(id)))),
    );
    expect(await store.read((reader) => reader.count('loadBalancer', {}))).toBe(1_000);
    expect(commits.reduce((sum, units) => sum + units, 0)).toBe(1_000);
    expect(Math.max(...commits)).toBeLessThanOrEqual(64);
    expect(commits.length).toBeLessThan(500);
  });

  it('tells about slow commits only', async () => {
    const commits: number[] = [];
    const { store } = await open({ slowCommitMs: 60_000, onSlowCommit: ({ units }) => commits.push(units) });
    await insertPool(store, 'a');
    expect(commits).toEqual([]);
  });

  it('shows nothing to readers before the commit, and one state to each', async () => {
    const { store } = await open();
    const [written, looked] = [gate(), gate()];
    const write = store.write(async (writer) => {
      await writer.insert('pool', aPool('a'));
      written.open();
      await looked.opened;
    });
    await written.opened;
    await store.read(async (reader) => {
      expect(await reader.find('pool', 'a')).toBeNull();
      looked.open();
      await write;
      expect(await reader.find('pool', 'a')).toBeNull();
    });
    expect(await poolIds(store)).toEqual(['a']);
  });

  it('lets more readers than connections take their turn', async () => {
    const { store } = await open();
    await insertPool(store, 'a');
    const reads = await Promise.all(Array.from({ length: 50 }, () => poolIds(store)));
    expect(reads).toEqual(Array.from({ length: 50 }, () => ['a']));
  });

  it('rejects the whole group when its commit fails, and nothing of the next', async () => {
    const { store, dialect } = await open();
    // A group ends when it is old: here it does not get any older.
    vi.spyOn(performance, 'now').mockReturnValue(0);
    const outcomes = await Promise.allSettled([
      insertPool(store, 'a'),
      store.write(async (writer) => {
        // What the rules of the rows let through: only the database can refuse it, at its commit.
        await writer.trimHistory({ notBeforeMs: 0, mostEntries: 1 });
        await sql`pragma defer_foreign_keys = on`.execute(dialect.writer.db);
        await sql`insert into members (id, project_id, body, pool_id, address, port) values ('x', 'p', '{}', 'none', 'a', 1)`.execute(
          dialect.writer.db,
        );
      }),
    ]);
    vi.restoreAllMocks();
    for (const outcome of outcomes) expect(outcome).toHaveProperty('reason', expect.any(CommitFailed));
    await insertPool(store, 'b');
    expect(await poolIds(store)).toEqual(['b']);
  });

  it('loses the group when the disk is full, and goes on', async () => {
    const { store, dialect } = await open();
    const big = aPool('big', { description: 'x'.repeat(1_000_000) });
    await insertPool(store, 'a');
    const outcomes = await Promise.allSettled([
      insertPool(store, 'b'),
      store.write(async (writer) => {
        await writer.trimHistory({ notBeforeMs: 0, mostEntries: 1 });
        await sql`pragma max_page_count = 1`.execute(dialect.writer.db);
        await writer.insert('pool', big);
      }),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toHaveProperty('reason', expect.any(CommitFailed));
      expect(outcome).toHaveProperty('reason.cause', expect.any(DatabaseFault));
    }
    await expect(store.write((writer) => writer.insert('pool', big))).rejects.toThrow('disk is full');
    await insertPool(store, 'c');
    expect(await poolIds(store)).toEqual(['a', 'c']);
  });

  it('rolls back a unit that does not come to an end, and goes on', async () => {
    const { store } = await open({ unitTimeoutMs: 500 });
    const stuck = store.write(async (writer) => {
      await writer.insert('pool', aPool('stuck'));
      await new Promise(() => undefined);
    });
    const next = insertPool(store, 'next');
    await expect(stuck).rejects.toThrow(UnitTimedOut);
    await next;
    expect(await poolIds(store)).toEqual(['next']);
    await expect(store.read(() => new Promise(() => undefined))).rejects.toThrow(UnitTimedOut);
    expect(await poolIds(store)).toEqual(['next']);
  });

  it('ends a write inside a write', async () => {
    const { store } = await open({ unitTimeoutMs: 500 });
    await expect(store.write(() => insertPool(store, 'inner'))).rejects.toThrow(UnitTimedOut);
    await store.write(async () => undefined);
    expect(await poolIds(store)).toEqual(['inner']);
  });

  it('takes no more than it may keep waiting', async () => {
    const { store } = await open({ maxWaitingUnits: 10 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 15 }, (_, i) => insertPool(store, `p${i}`)),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(5);
    for (const outcome of refused) expect(outcome.reason).toBeInstanceOf(StoreOverloaded);
    expect(await poolIds(store)).toHaveLength(10);
  });

  it('rejects everything when the thread of the database dies', async () => {
    const { store, dialect } = await open();
    const [reached, never] = [gate(), gate()];
    const stuck = store.write(async (writer) => {
      reached.open();
      await never.opened;
      await writer.insert('pool', aPool('a'));
    });
    const waiting = insertPool(store, 'b');
    await reached.opened;
    await dialect.terminate();
    never.open();
    await expect(stuck).rejects.toThrow(StoreFailed);
    await expect(waiting).rejects.toThrow('the store has failed');
    await expect(poolIds(store)).rejects.toThrow(StoreFailed);
    expect(await store.closed).toBeInstanceOf(StoreFailed);
    await expect(store.close()).rejects.toThrow(StoreFailed);
  });
});
