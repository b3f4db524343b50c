import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { SQLInputValue } from 'node:sqlite';
import type { DatabaseSchema } from '../../database-schema.ts';
import type { Session, TransactionCommand } from '../dialect.ts';
import type { ThreadClient } from './thread-client.ts';
import type { Statement } from './thread-protocol.ts';

/** A connection of the store's thread, with the query builder in front. */
export function openSession(client: ThreadClient, connection: number): Session {
  return {
    db: new Kysely<DatabaseSchema>({ dialect: threadDialect(client, connection) }),
    command: async (command) => {
      const role = roleOf(command);
      await Promise.all(COMMANDS[command].map((sql) => client.bound(connection, sql, role)));
    },
    post: (statement) => {
      if (typeof statement === 'string') {
        const role = roleOf(statement);
        for (const sql of COMMANDS[statement]) client.post({ connection, sql, parameters: [], role });
        return;
      }
      // Columns hold text and integers, and the codec has made JSON text of everything else.
      const parameters = statement.parameters as readonly SQLInputValue[];
      client.post({ connection, sql: statement.sql, parameters, role: 'within' });
    },
  };
}

/** `begin` takes the write lock at once, so that a unit never fails half-way because another process writes. */
const COMMANDS: Readonly<Record<TransactionCommand, readonly string[]>> = {
  begin: ['BEGIN IMMEDIATE'],
  beginSnapshot: ['BEGIN'],
  commit: ['COMMIT'],
  rollback: ['ROLLBACK'],
  savepoint: ['SAVEPOINT unit'],
  releaseSavepoint: ['RELEASE unit'],
  rollbackToSavepoint: ['ROLLBACK TO unit', 'RELEASE unit'],
};

function roleOf(command: TransactionCommand): Statement['role'] {
  if (command === 'begin' || command === 'beginSnapshot') return 'begin';
  return command === 'rollback' ? 'rollback' : 'within';
}

function threadDialect(client: ThreadClient, connection: number): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createDriver: () => new ThreadDriver(new ThreadConnection(client, connection)),
  };
}

/** Transactions are commands of the session: units share them, which the query builder's own do not. */
class ThreadDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(connection: DatabaseConnection) {
    this.#connection = connection;
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async init(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}

  beginTransaction(): Promise<void> {
    return Promise.reject(new Error('transactions belong to the unit of work'));
  }

  commitTransaction(): Promise<void> {
    return this.beginTransaction();
  }

  rollbackTransaction(): Promise<void> {
    return this.beginTransaction();
  }
}

class ThreadConnection implements DatabaseConnection {
  readonly #client: ThreadClient;
  readonly #connection: number;

  constructor(client: ThreadClient, connection: number) {
    this.#client = client;
    this.#connection = connection;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    // Columns hold text and integers, and the codec has made JSON text of everything else.
    const values = parameters as readonly SQLInputValue[];
    const { rows, changes } = await this.#client.run(this.#connection, sql, values);
    return { rows: rows as unknown as R[], numAffectedRows: BigInt(changes) };
  }

  // oxlint-disable-next-line require-yield -- the interface asks for it; rows of one page never need a stream
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not supported');
  }
}
