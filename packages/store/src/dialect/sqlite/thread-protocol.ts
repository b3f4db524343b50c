import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';

/** What the store's thread is started with. */
export interface ThreadSettings {
  /** Path of the database file, or `:memory:`. */
  readonly path: string;
  /** Connections besides the writer; 0 for a database in memory. */
  readonly readerCount: number;
}

/** Statements are executed in the order of the list and of the messages. */
export type ToThread =
  | { readonly type: 'statements'; readonly statements: readonly Statement[] }
  | { readonly type: 'close' };

export interface Statement {
  readonly id: number;
  /** 0 is the writer, then the readers. */
  readonly connection: number;
  readonly sql: string;
  readonly parameters: readonly SQLInputValue[];
  /**
   * What it does to the transaction. All but `begin` are refused outside of one, where they would commit by themselves;
   * all but `rollback` are refused in one that is broken.
   */
  readonly role: 'begin' | 'rollback' | 'within';
  /** Nobody waits for its answer: none is given, and its failure breaks the transaction. */
  readonly isPosted: boolean;
}

export type FromThread =
  | { readonly type: 'opened' }
  /** The database cannot be used; the thread ends. */
  | { readonly type: 'refused'; readonly reason: string }
  /** In the order of the statements, without those that were posted. */
  | { readonly type: 'replies'; readonly replies: readonly Reply[] }
  /** The last word before the thread ends: what closing ran into, or null. */
  | { readonly type: 'closed'; readonly error: StatementError | null };

export type Reply =
  | { readonly id: number; readonly rows: readonly SqlRecord[]; readonly changes: number }
  | { readonly id: number; readonly error: StatementError };

export type SqlRecord = Readonly<Record<string, SQLOutputValue>>;

export interface StatementError {
  readonly message: string;
  /** Extended SQLite result code, or 0 when the statement never reached SQLite. */
  readonly code: number;
}
