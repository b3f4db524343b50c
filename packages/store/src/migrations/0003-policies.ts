import type { Compilable, CreateTableBuilder, SchemaModule } from 'kysely';
import type { ColumnTypes } from '../dialect/dialect.ts';
import type { Migration } from './migration.ts';

export const policies: Migration = {
  version: 3,
  statements: ({ schema }, types) => [
    ...resourceTable(schema, types, 'ip_groups'),
    ...resourceTable(schema, types, 'l7_policies', (table) =>
      table
        .addColumn('listener_id', 'text', (column) => column.notNull().references('listeners.id'))
        .addColumn('redirect_pool_id', 'text', (column) => column.references('pools.id'))
        .addColumn('redirect_listener_id', 'text', (column) => column.references('listeners.id')),
    ),
    index(schema, 'l7_policies', 'listener_id'),
    index(schema, 'l7_policies', 'redirect_pool_id'),
    index(schema, 'l7_policies', 'redirect_listener_id'),
    ...resourceTable(schema, types, 'l7_rules', (table) =>
      table.addColumn('policy_id', 'text', (column) => column.notNull().references('l7_policies.id')),
    ),
    index(schema, 'l7_rules', 'policy_id'),
  ],
};

type Builder = CreateTableBuilder<string, string>;

function resourceTable(
  schema: SchemaModule,
  types: ColumnTypes,
  name: string,
  addColumns: (table: Builder) => Builder = (table) => table,
): readonly Compilable[] {
  const table: Builder = schema
    .createTable(name)
    .addColumn('sequence', types.sequence, types.sequenceRules)
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('project_id', 'text', (column) => column.notNull())
    .addColumn('body', types.json, (column) => column.notNull())
    .addUniqueConstraint(`${name}_id`, ['id']);
  const byProject = schema.createIndex(`${name}_by_project`).on(name).columns(['project_id', 'sequence']);
  return [addColumns(table), byProject];
}

function index(schema: SchemaModule, table: string, column: string): Compilable {
  return schema.createIndex(`${table}_by_${column}`).on(table).column(column);
}
