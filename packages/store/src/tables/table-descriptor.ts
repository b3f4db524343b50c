import type { ResourceKind } from '@elbow/model';
import type { AttributeOf, ComputedOf, Row } from '../store.ts';

/** All that the repository needs to know about the table of one kind. */
export interface TableDescriptor<K extends ResourceKind> {
  readonly kind: K;
  readonly table: ResourceTable;
  /** Attributes with a column of their own: identity, relations, unique rules. All others live in `body`. */
  readonly columns: ColumnNames<K>;
  /** Attributes with a column that not every variant of the row has: NULL reads as absent. */
  readonly optional?: readonly AttributeOf<K>[];
  /** What rows have that were written before there was the attribute, by what they have. */
  readonly absent?: (body: Readonly<Record<string, unknown>>) => { readonly [A in AttributeOf<K>]?: unknown };
  /** Columns that only serve a unique rule, computed from the row. */
  readonly derived?: { readonly [column: string]: (row: Row<K>) => string | number };
  readonly uniqueRules: readonly UniqueRule[];
  /** Attributes that name other rows, as the schema has them. */
  readonly references: { readonly [A in AttributeOf<K>]?: ResourceKind };
  /** Further attributes that queries look for among many rows. */
  readonly indexed?: readonly AttributeOf<K>[];
  /** What rows can be looked up by that is made of their attributes; several values each. */
  readonly computed?: { readonly [A in ComputedOf<K>]: (row: Row<K>) => readonly string[] };
}

/** The descriptor of a kind that is known at run time only. */
export type AnyDescriptor = Omit<
  TableDescriptor<ResourceKind>,
  'columns' | 'references' | 'computed' | 'derived'
> & {
  readonly columns: Readonly<Record<string, string>>;
  readonly references: Readonly<Record<string, ResourceKind>>;
  readonly computed?: Readonly<Record<string, (row: object) => readonly string[]>>;
  readonly derived?: Readonly<Record<string, (row: object) => string | number>>;
};

type ColumnNames<K extends ResourceKind> = {
  readonly [A in AttributeOf<K>]?: string;
} & typeof identityColumns;

export interface UniqueRule {
  /** Name of the constraint in the database. */
  readonly constraint: string;
  readonly columns: readonly string[];
  /** What callers know it as. */
  readonly name: string;
}

export type ResourceTable =
  | 'load_balancers'
  | 'listeners'
  | 'pools'
  | 'members'
  | 'certificates'
  | 'security_policies'
  | 'health_monitors'
  | 'ip_groups'
  | 'l7_policies'
  | 'l7_rules'
  | 'jobs'
  | 'recycled_load_balancers';

export const identityColumns = { id: 'id', projectId: 'project_id' } as const;

export function uniqueId(table: ResourceTable): UniqueRule {
  return { constraint: `${table}_id`, columns: ['id'], name: 'id' };
}
