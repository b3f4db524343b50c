import type { ColumnDataType, ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { DatabaseSchema } from '../database-schema.ts';

/**
 * An open database and what is particular to its make. All SQL outside the folder of a dialect is built by the query
 * builder or is standard SQL, so another database is one more folder here.
 */
export interface StoreDialect {
  readonly writer: Session;
  /** Sessions for what is read of the history. None: the database has one connection, and it takes its turn among the units. */
  readonly readers: readonly Session[];
  readonly json: JsonCodec;
  readonly columnTypes: ColumnTypes;
  /** Makes everything durable and closes. The sessions must be at rest. */
  close(): Promise<void>;
  /** Resolves when the database has gone: null after {@link StoreDialect.close}, else the reason. */
  readonly closed: Promise<Error | null>;
}

/**
 * One connection. Queries and commands are executed in the order in which they were sent, so a command need not be
 * awaited before the next query; a query outside a transaction is refused, so none can slip out of a broken one.
 * Queries reject with `DuplicateRow`, {@link ReferenceBroken} or `DatabaseFault`.
 */
export interface Session {
  readonly db: Kysely<DatabaseSchema>;
  command(command: TransactionCommand): Promise<void>;
  /**
   * Executes it, in its turn, when the next query or command is sent that somebody waits for. One that fails breaks the
   * transaction: everything up to `rollback` is refused for the same reason, the commit included.
   */
  post(statement: Statement | TransactionCommand): void;
}

/** A statement that gives no rows. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * `begin` takes the right to write at once; `beginSnapshot` only reads. There is one level of savepoint, and
 * `rollbackToSavepoint` also ends it.
 */
export type TransactionCommand =
  | 'begin'
  | 'beginSnapshot'
  | 'commit'
  | 'rollback'
  | 'savepoint'
  | 'releaseSavepoint'
  | 'rollbackToSavepoint';

/** JSON values on their way in and out of a column. */
export interface JsonCodec {
  encode(value: unknown): unknown;
  decode(stored: unknown): unknown;
}

export interface ColumnTypes {
  readonly json: ColumnDataType;
  /** An integer primary key that the database counts up and never hands out again. */
  readonly sequence: ColumnDataType;
  readonly sequenceRules: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
}

/** A foreign key does not hold. Databases do not all say which one; whoever sent the statement knows what it meant. */
export class ReferenceBroken extends Error {
  constructor() {
    super('a reference between rows does not hold');
    this.name = 'ReferenceBroken';
  }
}
