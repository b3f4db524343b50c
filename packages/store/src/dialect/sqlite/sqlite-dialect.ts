import type { JsonCodec, StoreDialect } from '../dialect.ts';
import { prepareDatabaseFile } from './database-file.ts';
import { openSession } from './driver.ts';
import { ThreadClient } from './thread-client.ts';

/** Looks into the history that may be taken at the same time; more wait for their turn. */
const READERS = 2;

/** A SQLite database on a thread of its own, and a way to end that thread without closing. */
export interface SqliteStoreDialect extends StoreDialect {
  terminate(): Promise<void>;
}

/**
 * @param directory where the file `elbow.db` is or will be, or `:memory:`.
 * @throws {DatabaseRefused}
 */
export async function openSqlite(directory: string): Promise<SqliteStoreDialect> {
  const isInMemory = directory === ':memory:';
  const path = isInMemory ? directory : await prepareDatabaseFile(directory);
  const readerCount = isInMemory ? 0 : READERS;
  const client = await ThreadClient.start({ path, readerCount });
  return {
    writer: openSession(client, 0),
    readers: Array.from({ length: readerCount }, (_, index) => openSession(client, index + 1)),
    json,
    columnTypes: {
      json: 'text',
      sequence: 'integer',
      sequenceRules: (column) => column.primaryKey().autoIncrement(),
    },
    close: () => client.close(),
    closed: client.closed,
    terminate: () => client.terminate(),
  };
}

const json: JsonCodec = {
  encode: (value) => {
    const text = JSON.stringify(value);
    if (text === undefined) throw new TypeError(`${typeof value} has no JSON form`);
    return text;
  },
  decode: (stored) => JSON.parse(String(stored)),
};
