import type { ResourceKind } from '@elbow/model';
import type { Session, StoreDialect } from './dialect/dialect.ts';
import { findDocument, putDocument } from './documents.ts';
import { listHistory, settleHistory, trimHistory } from './history.ts';
import {
  countRows,
  findRow,
  insertRow,
  listRows,
  type Repository,
  removeRow,
  updateRow,
} from './repository.ts';
import type { Reader, Writer } from './store.ts';
import { tables } from './tables/tables.ts';
import type { UnitScope } from './unit-scope.ts';
import type { UnitNotes } from './write-queue.ts';

export function createReader(dialect: StoreDialect, session: Session, scope: UnitScope): Reader {
  const { db } = session;
  const of = repositories(dialect, session);
  return {
    find: (kind, id) => scope.run(() => findRow(of(kind), id)),
    list: (kind, query) => scope.run(() => listRows(of(kind), query)),
    count: (kind, query) => scope.run(() => countRows(of(kind), query)),
    document: (key) => scope.run(() => findDocument(db, dialect.json, key)),
    history: (query) => scope.run(() => listHistory(db, query)),
  };
}

/** @param notes collects what is written after the unit. */
export function createWriter(dialect: StoreDialect, scope: UnitScope, notes: UnitNotes): Writer {
  const { db } = dialect.writer;
  const of = repositories(dialect, dialect.writer);
  return {
    ...createReader(dialect, dialect.writer, scope),
    insert: (kind, row) => scope.run(() => insertRow(of(kind), row)),
    update: (kind, row) => scope.run(() => updateRow(of(kind), row)),
    remove: (kind, id) => scope.run(() => removeRow(of(kind), id)),
    touch: (loadBalancerId) => {
      notes.touched.add(loadBalancerId);
    },
    putDocument: (key, value) => scope.run(() => putDocument(db, dialect.json, key, value)),
    recordHistory: (entry) => {
      notes.entries.push(entry);
    },
    settleHistory: (requestIds, known) => scope.run(() => settleHistory(db, requestIds, known)),
    trimHistory: (bounds) => scope.run(() => trimHistory(db, bounds)),
  };
}

function repositories(
  dialect: StoreDialect,
  { db }: Session,
): <K extends ResourceKind>(kind: K) => Repository<K> {
  return (kind) => ({ db, dialect, descriptor: tables[kind] });
}
