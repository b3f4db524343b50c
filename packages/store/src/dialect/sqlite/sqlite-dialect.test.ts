import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DatabaseFault } from '../../errors.ts';
import { temporaryDirectory } from '../../testing/temporary-directory.ts';
import type { Session } from '../dialect.ts';
import { openSqlite, type SqliteStoreDialect } from './sqlite-dialect.ts';

async function openDialect(): Promise<SqliteStoreDialect> {
  const dialect = await openSqlite(await temporaryDirectory());
  onTestFinished(() => dialect.close());
  return dialect;
}

async function settingsOf(session: Session): Promise<readonly unknown[]> {
  await session.command('beginSnapshot');
  const names = ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout', 'query_only'];
  const rows = await Promise.all(names.map((name) => sql`pragma ${sql.raw(name)}`.execute(session.db)));
  await session.command('rollback');
  return rows.flatMap((result) => result.rows.flatMap((row) => Object.values(row as object)));
}

describe('openSqlite', () => {
  it('syncs every commit (2 is FULL) and holds references', async () => {
    const { writer } = await openDialect();
    expect(await settingsOf(writer)).toEqual(['wal', 2, 1, 5_000, 0]);
  });

  it('lets readers only read', async () => {
    const { readers } = await openDialect();
    for (const reader of readers) expect((await settingsOf(reader)).at(-1)).toBe(1);
  });

  it('executes nothing outside a transaction', async () => {
    const { writer } = await openDialect();
    await expect(sql`create table t (a)`.execute(writer.db)).rejects.toThrow(DatabaseFault);
    await expect(writer.command('savepoint')).rejects.toThrow('has ended');
    await expect(writer.command('commit')).rejects.toThrow('has ended');
    await writer.command('begin');
    expect((await sql`select name from sqlite_schema`.execute(writer.db)).rows).toEqual([]);
    await writer.command('rollback');
  });

  it('keeps working when more statements are in use than stay prepared', async () => {
    const { writer } = await openDialect();
    await writer.command('begin');
    for (const round of [0, 1]) {
      const texts = Array.from({ length: 600 }, (_, i) => `select ${i} as n, ${round} as r`);
      const results = await Promise.all(texts.map((text) => sql.raw<{ n: number }>(text).execute(writer.db)));
      expect(results.map((result) => result.rows[0]?.n)).toEqual(texts.map((_, i) => i));
    }
    await writer.command('rollback');
  });

  it('ends by itself when its thread is gone', async () => {
    const dialect = await openSqlite(':memory:');
    await dialect.writer.command('begin');
    await dialect.terminate();
    expect(await dialect.closed).toHaveProperty('name', 'StoreFailed');
    await expect(dialect.writer.command('commit')).rejects.toThrow('the store has failed');
  });
});
