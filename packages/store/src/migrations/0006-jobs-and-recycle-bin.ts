import type { Compilable, SchemaModule } from 'kysely';
import type { ColumnTypes } from '../dialect/dialect.ts';
import type { Migration } from './migration.ts';

export const jobsAndRecycleBin: Migration = {
  version: 6,
  statements: ({ schema }, types) => [
    ...plainTable(schema, types, 'jobs'),
    ...plainTable(schema, types, 'recycled_load_balancers'),
  ],
};

function plainTable(schema: SchemaModule, types: ColumnTypes, name: string): readonly Compilable[] {
  return [
    schema
      .createTable(name)
      .addColumn('sequence', types.sequence, types.sequenceRules)
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('project_id', 'text', (column) => column.notNull())
      .addColumn('body', types.json, (column) => column.notNull())
      .addUniqueConstraint(`${name}_id`, ['id']),
    schema.createIndex(`${name}_by_project`).on(name).columns(['project_id', 'sequence']),
  ];
}
