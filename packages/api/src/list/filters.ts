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
  | { readonly by: 'object'; readonly holds: ObjectForm }
  | { readonly by: 'relation'; readonly relation: string };

/** A list of objects that is asked for as `key=field=value`; of tags `field` is the key of a tag. */
export type ObjectForm = 'fields' | 'tags';

/** Every attribute that a resource of this kind may have, whatever variant it is. */
export type AttributeOf<K extends ResourceKind> = KeysOfUnion<Resources[K]>;
type KeysOfUnion<T> = T extends unknown ? keyof T & string : never;
type Scalar = string | number | boolean;

export type ValueType = 'string' | 'integer' | 'boolean';
export type FilterTable<K extends ResourceKind> = Readonly<Record<string, Filter<K>>>;

export interface ParsedFilters<K extends ResourceKind> extends WireFilters {
  readonly where: { readonly [A in AttributeOf<K>]?: readonly Scalar[] };
  readonly relations: Readonly<Record<string, readonly string[]>>;
}

/** What is compared with the answer itself. */
export interface WireFilters {
  /** Wire field → values of which one must equal it, or be an element of it. */
  readonly onWire: Readonly<Record<string, readonly unknown[]>>;
  /** Wire field → what its elements must hold. */
  readonly onObjects: Readonly<Record<string, ObjectFilter>>;
}

export interface ObjectFilter {
  readonly holds: ObjectForm;
  /** The same name again means "or", another one "and". */
  readonly wanted: ReadonlyMap<string, readonly string[]>;
}

/** Repeated keys mean "or", different keys "and", unknown keys nothing. */
export function parseFilters<K extends ResourceKind>(
  table: FilterTable<K>,
  query: URLSearchParams,
): Outcome<ParsedFilters<K>> {
  const where: Record<string, readonly unknown[]> = {};
  const onWire: Record<string, readonly unknown[]> = {};
  const onObjects: Record<string, ObjectFilter> = {};
  const relations: Record<string, readonly string[]> = {};
  for (const [key, filter] of Object.entries(table)) {
    const texts = query.getAll(key).filter((text) => text !== '');
    if (texts.length === 0) continue;
    if (filter.by === 'relation') {
      relations[filter.relation] = texts;
      continue;
    }
    if (filter.by === 'object') {
      const wanted = parsePairs(texts);
      if (wanted === null) return refused(invalidField(key, 'must be written as name=value'));
      onObjects[key] = { holds: filter.holds, wanted };
      continue;
    }
    const values = texts.map((text) => parseValue(filter.type, text));
    if (values.includes(undefined)) return refused(invalidField(key, `must be ${article[filter.type]}`));
    if (filter.by === 'column') where[filter.attribute] = values;
    else onWire[key] = values;
  }
  return accepted({ where: where as ParsedFilters<K>['where'], onWire, onObjects, relations });
}

function parsePairs(texts: readonly string[]): ReadonlyMap<string, readonly string[]> | null {
  const pairs = new Map<string, readonly string[]>();
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 1) return null;
    const name = text.slice(0, at);
    pairs.set(name, [...(pairs.get(name) ?? []), text.slice(at + 1)]);
  }
  return pairs;
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
  onWire: WireFilters['onWire'],
  onObjects: WireFilters['onObjects'] = {},
): boolean {
  const isEqual = Object.entries(onWire).every(([key, values]) => {
    return elementsOf(wire[key]).some((element) => values.includes(element));
  });
  return isEqual && Object.entries(onObjects).every(([key, filter]) => holds(elementsOf(wire[key]), filter));
}

function elementsOf(held: unknown): readonly unknown[] {
  return Array.isArray(held) ? held : [held];
}

/** Fields must fit in one and the same object; each tag is an object of its own. */
function holds(elements: readonly unknown[], { holds: form, wanted }: ObjectFilter): boolean {
  const objects = elements.filter((each) => typeof each === 'object' && each !== null) as Fields[];
  const pairs = [...wanted];
  if (form === 'tags')
    return pairs.every(([name, values]) =>
      objects.some(({ key, value }) => key === name && values.includes(String(value))),
    );
  return objects.some((object) =>
    pairs.every(([name, values]) => Object.hasOwn(object, name) && values.includes(String(object[name]))),
  );
}

type Fields = Readonly<Record<string, unknown>>;

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

export function onObjects<K extends ResourceKind>(
  forms: Readonly<Record<string, ObjectForm>>,
): FilterTable<K> {
  return Object.fromEntries(Object.entries(forms).map(([key, form]) => [key, { by: 'object', holds: form }]));
}
