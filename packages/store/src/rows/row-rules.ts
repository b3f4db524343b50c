import type { ResourceKind } from '@elbow/model';
import { DuplicateRow, RowInUse, UnknownReference } from '../errors.ts';
import type { Row } from '../store.ts';
import { tables } from '../tables/tables.ts';
import { attributeOf, descriptorOf, uniqueValue } from './attributes.ts';
import type { Entry, RowSource } from './entry.ts';
import { pickOf } from './row-query.ts';

/**
 * The rules of the schema, checked before the database hears of a row: no value of a unique rule twice, and no
 * reference to nothing. The database has the same rules and is the last line behind these.
 * @throws {DuplicateRow} {@link UnknownReference}
 */
export function checkRow(source: RowSource, kind: ResourceKind, entry: Entry): void {
  const descriptor = descriptorOf(kind);
  for (const rule of descriptor.uniqueRules) {
    const value = uniqueValue(descriptor, rule, entry.row);
    const owner = value === null ? null : source.owner(kind, rule.constraint, value);
    if (owner !== null && owner !== entry.row.id) throw new DuplicateRow(rule.name);
  }
  for (const [attribute, target] of Object.entries(descriptor.references)) {
    const id = attributeOf(descriptor, entry, attribute);
    if (id !== null && source.entry(target, String(id)) === null)
      throw new UnknownReference(kind, entry.row.id);
  }
}

/** @throws {RowInUse} while other rows refer to this one */
export function checkUnused(source: RowSource, kind: ResourceKind, id: string): void {
  for (const { from, attribute } of referrersOf(kind)) {
    const where = { [attribute]: [id] } as NonNullable<Parameters<typeof pickOf>[1]['where']>;
    const users = source.entries(from, pickOf(from, { where }));
    if (users.some(({ row }) => from !== kind || row.id !== id)) throw new RowInUse(kind, id);
  }
}

/** Inserting a row twice is a breach of the first unique rule of all. */
export function checkIsNew<K extends ResourceKind>(source: RowSource, kind: K, { id }: Row<K>): void {
  if (source.entry(kind, id) !== null) throw new DuplicateRow('id');
}

interface Referrer {
  readonly from: ResourceKind;
  readonly attribute: string;
}

const referrers = new Map<ResourceKind, readonly Referrer[]>();

function referrersOf(kind: ResourceKind): readonly Referrer[] {
  let known = referrers.get(kind);
  if (known === undefined) {
    known = (Object.keys(tables) as ResourceKind[]).flatMap((from) =>
      Object.entries(descriptorOf(from).references)
        .filter(([, target]) => target === kind)
        .map(([attribute]) => ({ from, attribute })),
    );
    referrers.set(kind, known);
  }
  return known;
}
