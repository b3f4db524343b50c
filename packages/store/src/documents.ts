import type { Kysely } from 'kysely';
import type { DatabaseSchema } from './database-schema.ts';
import type { JsonCodec } from './dialect/dialect.ts';

type Db = Kysely<DatabaseSchema>;

export async function findDocument(db: Db, json: JsonCodec, key: string): Promise<unknown> {
  const row = await db.selectFrom('documents').select('value').where('key', '=', key).executeTakeFirst();
  return row === undefined ? null : json.decode(row.value);
}

/** @throws {TypeError} when `value` has no JSON form. */
export async function putDocument(db: Db, json: JsonCodec, key: string, value: unknown): Promise<void> {
  if (value === null) {
    await db.deleteFrom('documents').where('key', '=', key).execute();
    return;
  }
  const stored = json.encode(value);
  await db
    .insertInto('documents')
    .values({ key, value: stored })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: stored }))
    .execute();
}
