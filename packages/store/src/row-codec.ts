import type { ResourceKind } from '@elbow/model';
import type { ResourceRecord } from './database-schema.ts';
import type { JsonCodec } from './dialect/dialect.ts';
import type { Row } from './store.ts';
import type { TableDescriptor } from './tables/table-descriptor.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** A row as the values of its columns, without `sequence`. */
export function encodeRow<K extends ResourceKind>(
  descriptor: TableDescriptor<K>,
  row: Row<K>,
  json: JsonCodec,
): Omit<ResourceRecord, 'sequence'> {
  const body: Record<string, unknown> = { ...row };
  const record: Record<string, unknown> = {};
  for (const [attribute, column] of Object.entries<string>(descriptor.columns)) {
    record[column] = body[attribute] ?? null;
    delete body[attribute];
  }
  for (const [column, derive] of Object.entries(descriptor.derived ?? {})) record[column] = derive(row);
  return { ...record, id: row.id, project_id: row.projectId, body: json.encode(body) };
}

/** The way back: the attributes of `body` and those with columns of their own. */
export function decodeRow<K extends ResourceKind>(
  descriptor: TableDescriptor<K>,
  record: ResourceRecord,
  json: JsonCodec,
): Row<K> {
  const body = json.decode(record.body) as Attributes;
  const row: Record<string, unknown> = { ...descriptor.absent?.(body), ...body };
  const values: Attributes = { ...record };
  const optional: readonly string[] = descriptor.optional ?? [];
  for (const [attribute, column] of Object.entries<string>(descriptor.columns)) {
    const value = values[column] ?? null;
    if (value !== null || !optional.includes(attribute)) row[attribute] = value;
  }
  // The database holds only what encodeRow wrote.
  return row as unknown as Row<K>;
}
