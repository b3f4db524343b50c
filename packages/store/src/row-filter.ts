import type { ResourceKind } from '@elbow/model';
import { type Expression, type RawBuilder, sql } from 'kysely';
import type { StoreDialect } from './dialect/dialect.ts';
import type { ListQuery, Scalar } from './store.ts';
import type { TableDescriptor } from './tables/table-descriptor.ts';

/** From this many values on, a list is sent as one. */
const LONG_LIST = 32;

/** The conditions of a query, all of which must hold. */
export function filterOf<K extends ResourceKind>(
  descriptor: TableDescriptor<K>,
  dialect: StoreDialect,
  { projectId, where = {} }: Pick<ListQuery<K>, 'projectId' | 'where'>,
): readonly RawBuilder<boolean>[] {
  const conditions = Object.entries<readonly Scalar[] | undefined>(where)
    .filter((entry): entry is [string, readonly Scalar[]] => entry[1] !== undefined)
    .map(([attribute, values]) => anyOf(dialect, operandOf(descriptor, dialect, attribute), values));
  return projectId === undefined ? conditions : [sql<boolean>`project_id = ${projectId}`, ...conditions];
}

interface Operand {
  readonly expression: Expression<unknown>;
  readonly encode: (value: Exclude<Scalar, null>) => unknown;
}

function operandOf<K extends ResourceKind>(
  descriptor: TableDescriptor<K>,
  dialect: StoreDialect,
  attribute: string,
): Operand {
  const column = (descriptor.columns as Readonly<Record<string, string | undefined>>)[attribute];
  if (column !== undefined) return { expression: sql.ref(column), encode: (value) => value };
  return { expression: dialect.jsonAttribute(attribute), encode: (value) => dialect.jsonScalar(value) };
}

/** No value at all matches nothing; NULL needs a test of its own. */
function anyOf(
  dialect: StoreDialect,
  { expression, encode }: Operand,
  values: readonly Scalar[],
): RawBuilder<boolean> {
  const scalars = values.filter((value) => value !== null).map((value) => encode(requireScalar(value)));
  const tests: RawBuilder<boolean>[] = [];
  if (isLongText(scalars)) tests.push(sql<boolean>`${expression} in ${dialect.stringsOf(scalars)}`);
  else if (scalars.length > 0) tests.push(sql<boolean>`${expression} in (${sql.join(scalars)})`);
  if (values.includes(null)) tests.push(sql<boolean>`${expression} is null`);
  return tests.length === 0 ? sql<boolean>`1 = 0` : sql<boolean>`(${sql.join(tests, sql` or `)})`;
}

/** Thousands of ids, as they come of all policies of a listener, are one parameter: a statement takes some 32,000. */
function isLongText(scalars: readonly unknown[]): scalars is readonly string[] {
  return scalars.length >= LONG_LIST && scalars.every((scalar) => typeof scalar === 'string');
}

function requireScalar(value: Exclude<Scalar, null>): Exclude<Scalar, null> {
  if (['string', 'number', 'boolean'].includes(typeof value)) return value;
  throw new TypeError(`a query compares strings, numbers, booleans and null, not ${typeof value}`);
}
