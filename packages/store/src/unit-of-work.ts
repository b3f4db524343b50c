import type { ResourceKind } from '@elbow/model';
import type { Kysely } from 'kysely';
import type { DatabaseSchema } from './database-schema.ts';
import type { Session, Statement, StoreDialect } from './dialect/dialect.ts';
import { UnknownRow } from './errors.ts';
import { type HistoryEntry, listHistory, settleHistory, trimHistory } from './history.ts';
import { decodeRow, encodeRow } from './row-codec.ts';
import { descriptorOf } from './rows/attributes.ts';
import type { CommittedRows } from './rows/committed-rows.ts';
import type { Entry } from './rows/entry.ts';
import { RowLayer } from './rows/row-layer.ts';
import { checkIsNew, checkRow, checkUnused } from './rows/row-rules.ts';
import { Statements } from './statements.ts';
import type { Row, Writer } from './store.ts';
import { readerOf } from './row-reader.ts';
import { tables } from './tables/tables.ts';
import type { UnitScope } from './unit-scope.ts';

/** Units that become durable together: their changes on top of what is committed, and the transaction that holds them. */
export class UnitGroup {
  readonly layer: RowLayer;
  readonly committed: CommittedRows;
  readonly statements: Statements;
  readonly dialect: StoreDialect;
  #hasBegun = false;

  constructor(dialect: StoreDialect, committed: CommittedRows, statements: Statements) {
    this.dialect = dialect;
    this.committed = committed;
    this.statements = statements;
    this.layer = new RowLayer(committed);
  }

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  get session(): Session {
    return this.dialect.writer;
  }

  /** Statements wait until somebody needs an answer: mostly all of a group travel with its commit. */
  post(statements: readonly Statement[]): void {
    if (statements.length > 0) this.begin();
    for (const statement of statements) this.session.post(statement);
  }

  begin(): void {
    if (!this.#hasBegun) this.session.post('begin');
    this.#hasBegun = true;
  }
}

/** The changes of one unit of work, on top of those of its group. */
export class UnitOfWork {
  readonly #group: UnitGroup;
  readonly #layer: RowLayer;
  readonly #touched = new Set<string>();
  readonly #entries: HistoryEntry[] = [];
  #statements: Statement[] = [];
  #hasSavepoint = false;

  constructor(group: UnitGroup) {
    this.#group = group;
    this.#layer = new RowLayer(group.layer);
  }

  writer(scope: UnitScope): Writer {
    return {
      ...readerOf(this.#layer, scope),
      history: (query) => scope.run(() => this.#direct((db) => listHistory(db, query))),
      insert: (kind, row) => scope.run(async () => this.#insert(kind, row)),
      update: (kind, row) => scope.run(async () => this.#update(kind, row)),
      remove: (kind, id) => scope.run(async () => this.#remove(kind, id)),
      touch: (loadBalancerId) => void this.#touched.add(loadBalancerId),
      putDocument: (key, value) => scope.run(async () => this.#putDocument(key, value)),
      recordHistory: (entry) => void this.#entries.push(entry),
      settleHistory: (requestIds, known) =>
        scope.run(() => this.#direct((db) => settleHistory(db, requestIds, known))),
      trimHistory: (bounds) => scope.run(() => this.#direct((db) => trimHistory(db, bounds))),
    };
  }

  /** Makes the changes part of the group. @returns the unit's revision, or 0 when nothing was touched */
  finish(): number {
    const { layer, statements } = this.#group;
    const revision = this.#touched.size === 0 ? 0 : layer.revision + 1;
    for (const id of this.#touched) {
      this.#layer.touched.set(id, revision);
      this.#statements.push(statements.touch(id, revision));
    }
    if (revision > 0) this.#layer.revision = revision;
    this.#statements.push(...this.#entries.map((entry) => statements.history(entry)));
    this.#group.post(this.#statements);
    if (this.#hasSavepoint) this.#group.session.post('releaseSavepoint');
    layer.absorb(this.#layer);
    return revision;
  }

  /** Leaves nothing behind. */
  abandon(): void {
    if (this.#hasSavepoint) this.#group.session.post('rollbackToSavepoint');
  }

  #insert<K extends ResourceKind>(kind: K, row: Row<K>): void {
    checkIsNew(this.#layer, kind, row);
    const { committed, statements } = this.#group;
    this.#statements.push(statements.insert(kind, this.#put(kind, row, committed.nextSequence())));
  }

  #update<K extends ResourceKind>(kind: K, row: Row<K>): void {
    const { sequence } = this.#require(kind, row.id);
    this.#statements.push(this.#group.statements.update(kind, this.#put(kind, row, sequence)));
  }

  /** Rows are kept in the form in which they come back from the database. */
  #put<K extends ResourceKind>(kind: K, row: Row<K>, sequence: number) {
    const { json } = this.#group.dialect;
    const record = encodeRow(tables[kind], row, json);
    const entry: Entry = { sequence, row: decodeRow(tables[kind], { ...record, sequence }, json) };
    checkRow(this.#layer, kind, entry);
    this.#layer.put(kind, row.id, entry);
    return record;
  }

  #remove(kind: ResourceKind, id: string): void {
    this.#require(kind, id);
    checkUnused(this.#layer, kind, id);
    this.#layer.put(kind, id, null);
    this.#statements.push(this.#group.statements.remove(kind, id));
  }

  #require(kind: ResourceKind, id: string): Entry {
    const entry = this.#layer.entry(kind, id);
    if (entry === null) throw new UnknownRow(descriptorOf(kind).kind, id);
    return entry;
  }

  #putDocument(key: string, value: unknown): void {
    const text = value === null ? null : String(this.#group.dialect.json.encode(value));
    this.#layer.documents.set(key, text);
    this.#statements.push(this.#group.statements.document(key, text));
  }

  /** A query that is not about rows: it is answered by the database, after all that came before it. */
  #direct<T>(query: (db: Kysely<DatabaseSchema>) => Promise<T>): Promise<T> {
    const { session } = this.#group;
    this.#group.begin();
    if (!this.#hasSavepoint) session.post('savepoint');
    this.#hasSavepoint = true;
    this.#group.post(this.#statements);
    this.#statements = [];
    return query(session.db);
  }
}
