import type { ResourceKind } from '@elbow/model';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import { sql } from 'kysely';
import type { DatabaseSchema, ResourceRecord } from './database-schema.ts';
import { ReferenceBroken, type StoreDialect } from './dialect/dialect.ts';
import { RowInUse, UnknownMarker, UnknownReference, UnknownRow } from './errors.ts';
import { KnownRows } from './known-rows.ts';
import { filterOf } from './row-filter.ts';
import { decodeRow, encodeRow } from './row-codec.ts';
import type { ListQuery, Row } from './store.ts';
import type { TableDescriptor } from './tables/table-descriptor.ts';

/** One connection and the table of one kind: the same few statements serve every kind. */
export interface Repository<K extends ResourceKind> {
  readonly db: Kysely<DatabaseSchema>;
  readonly dialect: StoreDialect;
  readonly descriptor: TableDescriptor<K>;
}

type Filter<K extends ResourceKind> = Pick<ListQuery<K>, 'projectId' | 'where'>;
type Select<Output> = SelectQueryBuilder<DatabaseSchema, 'load_balancers', Output>;

export async function insertRow<K extends ResourceKind>(
  repository: Repository<K>,
  row: Row<K>,
): Promise<void> {
  const insert = repository.db.insertInto(tableOf(repository)).values(recordOf(repository, row)).execute();
  await insert.catch(rethrowAs(() => new UnknownReference(repository.descriptor.kind, row.id)));
}

export async function updateRow<K extends ResourceKind>(
  repository: Repository<K>,
  row: Row<K>,
): Promise<void> {
  const { kind } = repository.descriptor;
  const update = repository.db
    .updateTable(tableOf(repository))
    .set(recordOf(repository, row))
    .where('id', '=', row.id)
    .executeTakeFirst();
  const result = await update.catch(rethrowAs(() => new UnknownReference(kind, row.id)));
  if (result.numUpdatedRows === 0n) throw new UnknownRow(kind, row.id);
}

export async function removeRow<K extends ResourceKind>(
  repository: Repository<K>,
  id: string,
): Promise<void> {
  const { kind } = repository.descriptor;
  const remove = repository.db.deleteFrom(tableOf(repository)).where('id', '=', id).executeTakeFirst();
  const result = await remove.catch(rethrowAs(() => new RowInUse(kind, id)));
  if (result.numDeletedRows === 0n) throw new UnknownRow(kind, id);
}

export async function findRow<K extends ResourceKind>(
  repository: Repository<K>,
  id: string,
): Promise<Row<K> | null> {
  const record = await repository.db
    .selectFrom(tableOf(repository))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return record === undefined ? null : rowOf(repository, record);
}

export async function listRows<K extends ResourceKind>(
  repository: Repository<K>,
  query: ListQuery<K>,
): Promise<readonly Row<K>[]> {
  const isReverse = query.isReverse ?? false;
  const start =
    query.marker === undefined ? null : await sequenceOf(repository, query.marker, query.projectId);
  let select: Select<ResourceRecord> = filtered(repository, query)
    .selectAll()
    .orderBy('sequence', isReverse ? 'desc' : 'asc');
  if (start !== null) select = select.where('sequence', isReverse ? '<' : '>', start);
  if (query.limit !== undefined) select = select.limit(query.limit);
  const rows = (await select.execute()).map((record) => rowOf(repository, record));
  return isReverse ? rows.reverse() : rows;
}

export async function countRows<K extends ResourceKind>(
  repository: Repository<K>,
  filter: Filter<K>,
): Promise<number> {
  const row = await filtered(repository, filter)
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

async function sequenceOf<K extends ResourceKind>(
  repository: Repository<K>,
  marker: string,
  projectId: string | undefined,
): Promise<number> {
  let select = repository.db.selectFrom(tableOf(repository)).select('sequence').where('id', '=', marker);
  if (projectId !== undefined) select = select.where('project_id', '=', projectId);
  const record = await select.executeTakeFirst();
  if (record === undefined) throw new UnknownMarker(marker);
  return record.sequence;
}

function filtered<K extends ResourceKind>(repository: Repository<K>, filter: Filter<K>): Select<object> {
  const { dialect, descriptor } = repository;
  const select = repository.db.selectFrom(tableOf(repository));
  const conditions = filterOf(descriptor, dialect, filter);
  return conditions.length === 0 ? select : select.where(sql<boolean>`${sql.join(conditions, sql` and `)}`);
}

/** The query builder wants one table's name at compile time; all kinds share the columns that are named here. */
function tableOf<K extends ResourceKind>({ descriptor }: Repository<K>): 'load_balancers' {
  return descriptor.table as 'load_balancers';
}

function recordOf<K extends ResourceKind>(
  repository: Repository<K>,
  row: Row<K>,
): Omit<ResourceRecord, 'sequence'> {
  return encodeRow(repository.descriptor, row, repository.dialect.json);
}

/** Of each open database. */
const knownRowsOf = new WeakMap<StoreDialect, KnownRows>();

function rowOf<K extends ResourceKind>(repository: Repository<K>, record: ResourceRecord): Row<K> {
  const { descriptor, dialect } = repository;
  let knownRows = knownRowsOf.get(dialect);
  if (knownRows === undefined) {
    knownRows = new KnownRows();
    knownRowsOf.set(dialect, knownRows);
  }
  return knownRows.read(descriptor.table, record, () => decodeRow(descriptor, record, dialect.json));
}

function rethrowAs(describe: () => Error): (error: unknown) => never {
  return (error) => {
    throw error instanceof ReferenceBroken ? describe() : error;
  };
}
