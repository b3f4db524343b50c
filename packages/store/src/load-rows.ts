import type { ResourceKind } from '@elbow/model';
import type { StoreDialect } from './dialect/dialect.ts';
import { decodeRow } from './row-codec.ts';
import { descriptorOf } from './rows/attributes.ts';
import { CommittedRows } from './rows/committed-rows.ts';
import type { Entry } from './rows/entry.ts';
import { tables } from './tables/tables.ts';

/** Reads all that a database of the newest schema holds, but for the history. */
export async function loadRows(dialect: StoreDialect): Promise<CommittedRows> {
  const { writer } = dialect;
  const committed = new CommittedRows();
  await writer.command('begin');
  try {
    const kinds = Object.keys(tables) as ResourceKind[];
    for (const kind of kinds) {
      const rows = await readTable(dialect, kind, committed);
      committed.apply({
        rows: new Map([[kind, rows]]),
        documents: new Map(),
        touched: new Map(),
        revision: 0,
      });
    }
    const [documents, touched] = [await readDocuments(dialect), await readChanges(dialect)];
    let revision = 0;
    for (const at of touched.values()) revision = Math.max(revision, at);
    committed.apply({ rows: new Map(), documents, touched, revision });
  } finally {
    await writer.command('rollback');
  }
  return committed;
}

async function readTable<K extends ResourceKind>(
  { writer, json }: StoreDialect,
  kind: K,
  committed: CommittedRows,
): Promise<Map<string, Entry | null>> {
  const table = descriptorOf(kind).table as 'load_balancers';
  const records = await writer.db.selectFrom(table).selectAll().orderBy('sequence').execute();
  return new Map(
    records.map((record) => [
      record.id,
      { sequence: committed.nextSequence(), row: decodeRow(tables[kind], record, json) },
    ]),
  );
}

async function readDocuments({ writer, json }: StoreDialect): Promise<Map<string, string>> {
  const records = await writer.db.selectFrom('documents').selectAll().execute();
  return new Map(records.map(({ key, value }) => [key, JSON.stringify(json.decode(value))]));
}

async function readChanges({ writer }: StoreDialect): Promise<Map<string, number>> {
  const records = await writer.db.selectFrom('changes').selectAll().execute();
  return new Map(records.map(({ load_balancer_id, revision }) => [load_balancer_id, Number(revision)]));
}
