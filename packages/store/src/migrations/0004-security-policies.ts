import type { Migration } from './migration.ts';

export const securityPolicies: Migration = {
  version: 4,
  statements: ({ schema }, types) => [
    schema
      .createTable('security_policies')
      .addColumn('sequence', types.sequence, types.sequenceRules)
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('project_id', 'text', (column) => column.notNull())
      .addColumn('body', types.json, (column) => column.notNull())
      .addUniqueConstraint('security_policies_id', ['id']),
    schema
      .createIndex('security_policies_by_project')
      .on('security_policies')
      .columns(['project_id', 'sequence']),
  ],
};
