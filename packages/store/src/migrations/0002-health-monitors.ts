import type { Migration } from './migration.ts';

export const healthMonitors: Migration = {
  version: 2,
  statements: ({ schema }, types) => [
    schema
      .createTable('health_monitors')
      .addColumn('sequence', types.sequence, types.sequenceRules)
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('project_id', 'text', (column) => column.notNull())
      .addColumn('body', types.json, (column) => column.notNull())
      .addColumn('pool_id', 'text', (column) => column.notNull().references('pools.id'))
      .addUniqueConstraint('health_monitors_id', ['id'])
      .addUniqueConstraint('health_monitors_pool', ['pool_id']),
    schema
      .createIndex('health_monitors_by_project')
      .on('health_monitors')
      .columns(['project_id', 'sequence']),
  ],
};
