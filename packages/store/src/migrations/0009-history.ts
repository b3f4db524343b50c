import type { Migration } from './migration.ts';

export const history: Migration = {
  version: 9,
  statements: ({ schema }, types) => [
    schema
      .createTable('history')
      .addColumn('sequence', types.sequence, types.sequenceRules)
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('project_id', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('request_id', 'text', (column) => column.notNull())
      .addColumn('resource_type', 'text', (column) => column.notNull())
      .addColumn('resource_id', 'text')
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('status', 'integer')
      .addColumn('live', 'text')
      // Text in every database: it is searched as text and never looked into.
      .addColumn('body', 'text', (column) => column.notNull()),
    schema.createIndex('history_by_request_id').on('history').column('request_id'),
  ],
};
