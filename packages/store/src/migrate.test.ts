import type { Kysely } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqlite, type SqliteStoreDialect } from './dialect/sqlite/sqlite-dialect.ts';
import { migrate } from './migrate.ts';
import type { Migration, UntypedSchema } from './migrations/migration.ts';
import { migrations } from './migrations/migrations.ts';

async function openDialect(): Promise<SqliteStoreDialect> {
  const dialect = await openSqlite(':memory:');
  onTestFinished(() => dialect.close());
  return dialect;
}

async function select(dialect: SqliteStoreDialect, table: string): Promise<readonly unknown[]> {
  const db = dialect.writer.db as unknown as Kysely<UntypedSchema>;
  await dialect.writer.command('begin');
  try {
    return await db.selectFrom(table).selectAll().execute();
  } finally {
    await dialect.writer.command('rollback');
  }
}

async function commit(dialect: SqliteStoreDialect, work: () => Promise<unknown>): Promise<void> {
  await dialect.writer.command('begin');
  try {
    await work();
    await dialect.writer.command('commit');
  } catch (error) {
    await dialect.writer.command('rollback');
    throw error;
  }
}

const one: Migration = {
  version: 1,
  statements: (db) => [
    db.schema.createTable('things').addColumn('name', 'text'),
    db.insertInto('things').values({ name: 'a' }),
  ],
};
const two: Migration = { version: 2, statements: (db) => [db.insertInto('things').values({ name: 'b' })] };
const broken: Migration = {
  version: 3,
  statements: (db) => [
    db.insertInto('things').values({ name: 'c' }),
    db.insertInto('nowhere').values({ name: 'c' }),
  ],
};

describe('migrate', () => {
  it('takes each step once', async () => {
    const dialect = await openDialect();
    await migrate(dialect, [one]);
    await migrate(dialect, [one, two]);
    await migrate(dialect, [one, two]);
    expect(await select(dialect, 'things')).toEqual([{ name: 'a' }, { name: 'b' }]);
    expect(await select(dialect, 'schema_version')).toEqual([{ version: 2 }]);
  });

  it('takes all steps or none', async () => {
    const dialect = await openDialect();
    await migrate(dialect, [one]);
    await expect(migrate(dialect, [one, two, broken])).rejects.toThrow('nowhere');
    expect(await select(dialect, 'things')).toEqual([{ name: 'a' }]);
    expect(await select(dialect, 'schema_version')).toEqual([{ version: 1 }]);
  });

  it('knows no way back', async () => {
    const dialect = await openDialect();
    await migrate(dialect, [one, two]);
    await expect(migrate(dialect, [one])).rejects.toThrow('schema version 2');
  });

  it('keeps load balancers from before there were public addresses, of which none is given twice', async () => {
    const dialect = await openDialect();
    const db = dialect.writer.db as unknown as Kysely<UntypedSchema>;
    const row = (id: string, vip: string) => ({ id, project_id: 'p', body: '{}', vip_address: vip });
    const early = migrations.filter(({ version }) => version < 5);
    await migrate(dialect, early);
    await commit(dialect, () =>
      db
        .insertInto('load_balancers')
        .values([row('old', '127.0.0.2'), row('older', '127.0.0.3')])
        .execute(),
    );
    await migrate(dialect, migrations);
    expect(await select(dialect, 'load_balancers')).toMatchObject([
      { id: 'old', vip_address: '127.0.0.2', public_address: null },
      { id: 'older', vip_address: '127.0.0.3', public_address: null },
    ]);
    const give = (id: string) => () =>
      db.updateTable('load_balancers').set({ public_address: '192.0.2.1' }).where('id', '=', id).execute();
    await commit(dialect, give('old'));
    await expect(commit(dialect, give('older'))).rejects.toThrow('loadBalancer.publicAddress');
  });

  it('has steps in order, each number once', () => {
    const versions = migrations.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  });
});
