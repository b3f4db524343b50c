import {
  accepted,
  invalidField,
  type Outcome,
  refused,
  type ResourceKind,
  type Resources,
} from '@elbow/model';

/**
 * How one query key narrows a list. A `column` compares an attribute in the store; a `wire` filter compares what the
 * answer would show, for fields that are derived or constant; a `relation` is resolved to ids by the service.
 */
export type Filter<K extends ResourceKind> =
  | { readonly by: 'column'; readonly attribute: AttributeOf<K>; readonly type: ValueType }
  | { readonly by: 'wire'; readonly type: ValueType }
  | { readonly by: 'relation'; readonly relation: string };

/** Every attribute that a resource of this kind may have, whatever variant it is. */
type AttributeOf<K extends ResourceKind> = KeysOfUnion<Resources[K]>;
type KeysOfUnion<T> = T extends unknown ? keyof T & string : never;
type Scalar = string | number | boolean;

export type ValueType = 'string' | 'integer' | 'boolean';
export type FilterTable<K extends ResourceKind> = Readonly<Record<string, Filter<K>>>;

export interface ParsedFilters<K extends ResourceKind> {
  readonly where: { readonly [A in AttributeOf<K>]?: readonly Scalar[] };
  /** Wire field → values of which one must equal it, or be an element of it. */
  readonly onWire: Readonly<Record<string, readonly unknown[]>>;
  readonly relations: Readonly<Record<string, readonly string[]>>;
}

/** Repeated keys mean "or", different keys "and", unknown keys nothing. */
export function parseFilters<K extends ResourceKind>(
  table: FilterTable<K>,
  query: URLSearchParams,
): Outcome<ParsedFilters<K>> {
  const where: Record<string, readonly unknown[]> = {};
  const onWire: Record<string, readonly unknown[]> = {};
  const relations: Record<string, readonly string[]> = {};
  for (const [key, filter] of Object.entries(table)) {
    const texts = query.getAll(key).filter((text) => text !== '');
    if (texts.length === 0) continue;
    if (filter.by === 'relation') {
      relations[filter.relation] = texts;
      continue;
    }
    const values = texts.map((text) => parseValue(filter.type, text));
    if (values.includes(undefined)) return refused(invalidField(key, `must be ${article[filter.type]}`));
    if (filter.by === 'column') where[filter.attribute] = values;
    else onWire[key] = values;
  }
  return accepted({ where: where as ParsedFilters<K>['where'], onWire, relations });
}

const article: Readonly<Record<ValueType, string>> = {
  string: 'text',
  integer: 'an integer',
  boolean: 'true or false',
};

function parseValue(type: ValueType, text: string): unknown {
  switch (type) {
    case 'string':
      return text;
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined;
  }
}

/** Whether a record, as the answer shows it, passes the wire filters. Lists match by any element, ids by `{id}`. */
export function matchesWire(
  wire: Readonly<Record<string, unknown>>,
  onWire: Readonly<Record<string, readonly unknown[]>>,
): boolean {
  return Object.entries(onWire).every(([key, values]) => {
    const held = wire[key];
    const elements = Array.isArray(held) ? held : [held];
    return elements.some((element) => values.includes(element));
  });
}

/** Shorthand for the tables: columns that compare as text, by wire name and attribute. */
export function textColumns<K extends ResourceKind>(
  columns: Readonly<Record<string, AttributeOf<K>>>,
): FilterTable<K> {
  return Object.fromEntries(
    Object.entries(columns).map(([key, attribute]) => [key, { by: 'column', attribute, type: 'string' }]),
  );
}

export function onWire<K extends ResourceKind>(type: ValueType, keys: readonly string[]): FilterTable<K> {
  return Object.fromEntries(keys.map((key) => [key, { by: 'wire', type }]));
}
