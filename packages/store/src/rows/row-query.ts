import type { ResourceKind } from '@elbow/model';
import { UnknownMarker } from '../errors.ts';
import type { ListQuery, Row, Scalar } from '../store.ts';
import type { AnyDescriptor } from '../tables/table-descriptor.ts';
import { attributeOf, descriptorOf } from './attributes.ts';
import type { Condition, Entry, Picked, RowSource } from './entry.ts';

type Filter<K extends ResourceKind> = Pick<ListQuery<K>, 'projectId' | 'where'>;

const ATTRIBUTE_NAME = /^[A-Za-z0-9]+$/;
/** From this many values on they are looked up in a set. */
const LONG_LIST = 8;

export function listRows<K extends ResourceKind>(
  source: RowSource,
  kind: K,
  query: ListQuery<K>,
): readonly Row<K>[] {
  const { marker, limit, isReverse = false, projectId } = query;
  const start = marker === undefined ? null : markerOf(source, kind, marker, projectId);
  const entries = source.entries(kind, pickOf(kind, query));
  const rest = start === null ? entries : entries.filter(isBeyond(start, isReverse));
  return page(rest, limit, isReverse).map(({ row }) => row as Row<K>);
}

export function countRows<K extends ResourceKind>(source: RowSource, kind: K, filter: Filter<K>): number {
  return source.count(kind, pickOf(kind, filter));
}

/** @throws {TypeError} for a query that no attribute or value can be of */
export function pickOf<K extends ResourceKind>(kind: K, { projectId, where = {} }: Filter<K>): Picked {
  const conditions: Condition[] =
    projectId === undefined ? [] : [{ attribute: 'projectId', values: [projectId] }];
  for (const [attribute, values] of Object.entries<readonly Scalar[] | undefined>(where)) {
    if (values === undefined) continue;
    if (!ATTRIBUTE_NAME.test(attribute))
      throw new TypeError(`${JSON.stringify(attribute)} is not the name of an attribute`);
    conditions.push({ attribute, values: values.map(requireScalar) });
  }
  const descriptor = descriptorOf(kind);
  const tests = conditions.map((condition) => testOf(descriptor, condition));
  const [first] = tests;
  if (tests.length === 1 && first !== undefined) return { conditions, fits: first };
  return { conditions, fits: (entry) => tests.every((test) => test(entry)) };
}

function testOf(descriptor: AnyDescriptor, { attribute, values }: Condition): (entry: Entry) => boolean {
  // Mostly an index has the answer, and nobody asks.
  let set: ReadonlySet<unknown> | null = null;
  const has = (value: unknown): boolean => {
    if (values.length < LONG_LIST) return (values as readonly unknown[]).includes(value);
    set ??= new Set<unknown>(values);
    return set.has(value);
  };
  const isSeveral = descriptor.computed?.[attribute] !== undefined;
  return (entry) => {
    const value = attributeOf(descriptor, entry, attribute);
    return isSeveral ? (value as readonly unknown[]).some(has) : has(value);
  };
}

function markerOf(source: RowSource, kind: ResourceKind, marker: string, projectId?: string): number {
  const entry = source.entry(kind, marker);
  if (entry === null || (projectId !== undefined && entry.row.projectId !== projectId))
    throw new UnknownMarker(marker);
  return entry.sequence;
}

function isBeyond(start: number, isReverse: boolean): (entry: Entry) => boolean {
  return ({ sequence }) => (isReverse ? sequence < start : sequence > start);
}

function page(entries: readonly Entry[], limit: number | undefined, isReverse: boolean): readonly Entry[] {
  if (limit === undefined || limit >= entries.length) return entries;
  return isReverse ? entries.slice(entries.length - limit) : entries.slice(0, limit);
}

function requireScalar(value: Scalar): Scalar {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value;
  throw new TypeError(`a query compares strings, numbers, booleans and null, not ${typeof value}`);
}
