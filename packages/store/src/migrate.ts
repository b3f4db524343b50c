import type { Kysely } from 'kysely';
import type { StoreDialect } from './dialect/dialect.ts';
import { DatabaseRefused } from './errors.ts';
import type { Migration, UntypedSchema } from './migrations/migration.ts';

const VERSION_TABLE = 'schema_version';

/**
 * Brings the schema up to the newest of `migrations`, all steps in one transaction: it arrives or stays what it was.
 * @throws {DatabaseRefused} when the database was made by newer code; there is no way back.
 */
export async function migrate(dialect: StoreDialect, migrations: readonly Migration[]): Promise<void> {
  await dialect.writer.command('begin');
  try {
    await migrateInTransaction(dialect, migrations);
    await dialect.writer.command('commit');
  } catch (error) {
    await dialect.writer.command('rollback').catch(() => undefined);
    throw error;
  }
}

async function migrateInTransaction(dialect: StoreDialect, migrations: readonly Migration[]): Promise<void> {
  // Migrations speak of the schema of their day, not of today's.
  const db = dialect.writer.db as unknown as Kysely<UntypedSchema>;
  const version = await readVersion(db);
  const newest = migrations.at(-1)?.version ?? 0;
  if (version > newest) {
    throw new DatabaseRefused(
      `the database has schema version ${version}, this program knows versions up to ${newest}: ` +
        'it was written by a newer release; start that release, or restore a backup from before the upgrade',
    );
  }
  for (const migration of migrations) if (migration.version > version) await apply(db, dialect, migration);
  if (version < newest) await db.updateTable(VERSION_TABLE).set({ version: newest }).execute();
}

async function readVersion(db: Kysely<UntypedSchema>): Promise<number> {
  await db.schema.createTable(VERSION_TABLE).ifNotExists().addColumn('version', 'integer').execute();
  const row = await db.selectFrom(VERSION_TABLE).select('version').executeTakeFirst();
  if (row === undefined) await db.insertInto(VERSION_TABLE).values({ version: 0 }).execute();
  return Number(row?.['version'] ?? 0);
}

async function apply(db: Kysely<UntypedSchema>, dialect: StoreDialect, migration: Migration): Promise<void> {
  for (const statement of migration.statements(db, dialect.columnTypes)) await db.executeQuery(statement);
}
