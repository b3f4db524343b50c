import type { ResourceKind } from '@elbow/model';
import { tables } from '../tables/tables.ts';
import type { AnyDescriptor, UniqueRule } from '../tables/table-descriptor.ts';
import type { Entry } from './entry.ts';

type Values = Readonly<Record<string, unknown>>;

export function descriptorOf(kind: ResourceKind): AnyDescriptor {
  return tables[kind] as unknown as AnyDescriptor;
}

/** The value that a query compares with, or the values of an attribute that has several. */
export function attributeOf(descriptor: AnyDescriptor, { row }: Entry, attribute: string): unknown {
  const compute = descriptor.computed?.[attribute];
  return compute === undefined ? ((row as unknown as Values)[attribute] ?? null) : compute(row);
}

/** The value that a unique rule is about, as text; null where one of its columns is NULL, which is like no other. */
export function uniqueValue(descriptor: AnyDescriptor, rule: UniqueRule, row: object): string | null {
  const parts = rule.columns.map((column) => columnValue(descriptor, column, row));
  return parts.includes(null) ? null : JSON.stringify(parts);
}

function columnValue(descriptor: AnyDescriptor, column: string, row: object): unknown {
  const derive = descriptor.derived?.[column];
  if (derive !== undefined) return derive(row);
  const attribute = attributesOf(descriptor).get(column);
  return attribute === undefined ? null : ((row as Values)[attribute] ?? null);
}

const attributes = new WeakMap<AnyDescriptor, ReadonlyMap<string, string>>();

/** Attributes by the columns that hold them. */
function attributesOf(descriptor: AnyDescriptor): ReadonlyMap<string, string> {
  let known = attributes.get(descriptor);
  if (known === undefined) {
    known = new Map(Object.entries(descriptor.columns).map(([attribute, column]) => [column, attribute]));
    attributes.set(descriptor, known);
  }
  return known;
}
