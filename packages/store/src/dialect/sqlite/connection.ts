import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { SqlRecord, Statement } from './thread-protocol.ts';

const BUSY_TIMEOUT_MS = 5_000;
/** Statement texts vary with the filters of lists; the usual ones stay prepared. */
const PREPARED_STATEMENTS = 256;
const WAL_KEPT_BYTES = 64 * 1024 * 1024;

interface Prepared {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
}

interface StatementResult {
  readonly rows: readonly SqlRecord[];
  readonly changes: number;
}

/** One SQLite connection with its prepared statements; lives on the store's thread. */
export class Connection {
  readonly #database: DatabaseSync;
  /** In order of last use. */
  readonly #prepared = new Map<string, Prepared>();
  /** What a posted statement of this transaction failed for. */
  #breach: { readonly error: unknown } | null = null;

  constructor(path: string, role: 'writer' | 'reader') {
    this.#database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
    try {
      for (const pragma of role === 'writer' ? WRITER_PRAGMAS : READER_PRAGMAS) this.#database.exec(pragma);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  run(statement: Statement): StatementResult {
    const { role, isPosted } = statement;
    if (role !== 'within') this.#breach = null;
    // Whatever broke the transaction is why it does not go on.
    if (this.#breach !== null) throw this.#breach.error;
    try {
      return this.#execute(statement);
    } catch (error) {
      if (isPosted) this.#breach = { error };
      throw error;
    }
  }

  #execute(statement: Statement): StatementResult {
    if (statement.role !== 'begin' && !this.#database.isTransaction) {
      throw new Error('the transaction of this statement has ended');
    }
    const prepared = this.#prepare(statement.sql);
    if (prepared.returnsRows) {
      return { rows: prepared.statement.all(...statement.parameters), changes: 0 };
    }
    return { rows: [], changes: Number(prepared.statement.run(...statement.parameters).changes) };
  }

  /** Structural check of the whole file; the first finding, or null. */
  findDamage(): string | null {
    const finding = this.#database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    return finding === 'ok' ? null : String(finding);
  }

  /** Moves everything from the write-ahead log into the database file. */
  checkpoint(): void {
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    this.#prepared.delete(sql);
    const prepared = known ?? this.#prepareNew(sql);
    this.#prepared.set(sql, prepared);
    return prepared;
  }

  #prepareNew(sql: string): Prepared {
    const oldest = this.#prepared.keys().next();
    if (this.#prepared.size >= PREPARED_STATEMENTS && !oldest.done) this.#prepared.delete(oldest.value);
    const statement = this.#database.prepare(sql);
    return { statement, returnsRows: statement.columns().length > 0 };
  }
}

/** `synchronous=FULL` syncs the log at every commit: what is acknowledged survives a power cut (sqlite.org/wal.html). */
const WRITER_PRAGMAS = [
  'PRAGMA journal_mode = WAL',
  'PRAGMA synchronous = FULL',
  `PRAGMA journal_size_limit = ${WAL_KEPT_BYTES}`,
  'PRAGMA trusted_schema = OFF',
];

const READER_PRAGMAS = ['PRAGMA query_only = ON', 'PRAGMA trusted_schema = OFF'];
