import { accepted, invalidField, type Outcome, refused, type ResourceKind } from '@elbow/model';
import type { AttributeOf } from './filters.ts';

/**
 * What a list can be put in order by. A `column` compares an attribute, a `count` how many elements it has; what is
 * `derived` from other records is for the service to say.
 */
export type SortField<K extends ResourceKind> =
  | {
      readonly by: 'column';
      readonly attribute: AttributeOf<K>;
      /** What counts where the first one is empty. */
      readonly otherwise?: AttributeOf<K>;
    }
  | { readonly by: 'count'; readonly attribute: AttributeOf<K> }
  | { readonly by: 'derived' };

export type SortTable<K extends ResourceKind> = Readonly<Record<string, SortField<K>>>;

export interface Sort<K extends ResourceKind> {
  /** As the query calls it. */
  readonly name: string;
  readonly field: SortField<K>;
  readonly isDescending: boolean;
}

/** `sort=name`, `sort=name:asc` or `sort=name:desc`. @returns null when the query asks for no order */
export function parseSort<K extends ResourceKind>(
  table: SortTable<K>,
  query: URLSearchParams,
): Outcome<Sort<K> | null> {
  const texts = query.getAll('sort').filter((text) => text !== '');
  if (texts.length > 1) return refused(invalidField('sort', 'must be given once'));
  const [text] = texts;
  if (text === undefined) return accepted(null);
  const [name = '', direction = 'asc', ...more] = text.split(':');
  const field = Object.hasOwn(table, name) ? table[name] : undefined;
  const isDirection = more.length === 0 && (direction === 'asc' || direction === 'desc');
  if (field === undefined || !isDirection) return refused(invalidField('sort', choicesOf(table)));
  return accepted({ name, field, isDescending: direction === 'desc' });
}

function choicesOf(table: object): string {
  return `must be one of ${Object.keys(table).join(', ')}, alone or with :asc or :desc behind it`;
}

export type SortKey = string | number | null;

/** By what a record is put in order, where it holds that itself. */
export function sortKeyOf<K extends ResourceKind>(row: object, field: SortField<K>): SortKey {
  if (field.by === 'derived') return null;
  const attributes = row as Readonly<Record<string, unknown>>;
  const first = attributes[field.attribute];
  if (field.by === 'count') return Array.isArray(first) ? first.length : 0;
  const held = first === '' && field.otherwise !== undefined ? attributes[field.otherwise] : first;
  return typeof held === 'string' || typeof held === 'number' ? held : null;
}

/**
 * The records in order. Texts are compared without regard to case, and digits in them as numbers; a record without a
 * value or with an empty one is behind all others in either direction, and of equal ones the lower id comes first.
 */
export function inOrder<T extends { readonly id: string }>(
  records: readonly T[],
  keyOf: (record: T) => SortKey,
  isDescending: boolean,
): readonly T[] {
  const sign = isDescending ? -1 : 1;
  return records
    .map((record) => ({ record, key: comparable(keyOf(record)) }))
    .toSorted((a, b) => compareKeys(a.key, b.key, sign) || compare(a.record.id, b.record.id))
    .map(({ record }) => record);
}

function comparable(key: SortKey): SortKey {
  if (typeof key !== 'string') return key;
  // The length of a number says more than its digits: web-9 is before web-10.
  return key === '' ? null : key.toLowerCase().replaceAll(/\d+/g, numberKey);
}

/** Digits that compare as texts like the numbers that they stand for. */
function numberKey(digits: string): string {
  const significant = digits.replace(/^0+(?=\d)/, '');
  return `${String(significant.length).padStart(6, '0')}${significant}`;
}

function compareKeys(a: SortKey, b: SortKey, sign: 1 | -1): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * compare(a, b);
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
