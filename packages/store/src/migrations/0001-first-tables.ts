import type { Compilable, CreateTableBuilder, SchemaModule } from 'kysely';
import type { ColumnTypes } from '../dialect/dialect.ts';
import type { Migration } from './migration.ts';

export const firstTables: Migration = {
  version: 1,
  statements: ({ schema }, types) => [
    ...loadBalancerTable(schema, types),
    ...resourceTable(schema, types, 'certificates'),
    ...poolTable(schema, types),
    ...listenerTable(schema, types),
    ...memberTable(schema, types),
    ...changeTable(schema),
    schema
      .createTable('documents')
      .addColumn('key', 'text', (column) => column.notNull().primaryKey())
      .addColumn('value', types.json, (column) => column.notNull()),
  ],
};

function loadBalancerTable(schema: SchemaModule, types: ColumnTypes): readonly Compilable[] {
  return resourceTable(schema, types, 'load_balancers', (table) =>
    table.addColumn('vip_address', 'text').addUniqueConstraint('load_balancers_vip_address', ['vip_address']),
  );
}

function poolTable(schema: SchemaModule, types: ColumnTypes): readonly Compilable[] {
  return [
    ...resourceTable(schema, types, 'pools', (table) =>
      table.addColumn('load_balancer_id', 'text', (column) => column.references('load_balancers.id')),
    ),
    index(schema, 'pools', 'load_balancer_id'),
  ];
}

function listenerTable(schema: SchemaModule, types: ColumnTypes): readonly Compilable[] {
  return [
    ...resourceTable(schema, types, 'listeners', (table) =>
      table
        .addColumn('load_balancer_id', 'text', (column) => column.notNull().references('load_balancers.id'))
        .addColumn('port_space', 'text', (column) => column.notNull())
        .addColumn('port', 'integer', (column) => column.notNull())
        .addColumn('default_pool_id', 'text', (column) => column.references('pools.id'))
        .addColumn('certificate_id', 'text', (column) => column.references('certificates.id'))
        .addUniqueConstraint('listeners_port', ['load_balancer_id', 'port_space', 'port']),
    ),
    index(schema, 'listeners', 'default_pool_id'),
    index(schema, 'listeners', 'certificate_id'),
  ];
}

function memberTable(schema: SchemaModule, types: ColumnTypes): readonly Compilable[] {
  return resourceTable(schema, types, 'members', (table) =>
    table
      .addColumn('pool_id', 'text', (column) => column.notNull().references('pools.id'))
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('port', 'integer', (column) => column.notNull())
      .addUniqueConstraint('members_address', ['pool_id', 'address', 'port']),
  );
}

/** No foreign key: what is said about a load balancer outlives it. */
function changeTable(schema: SchemaModule): readonly Compilable[] {
  return [
    schema
      .createTable('changes')
      .addColumn('load_balancer_id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('revision', 'integer', (column) => column.notNull()),
    index(schema, 'changes', 'revision'),
  ];
}

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
