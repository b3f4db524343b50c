import type { Migration } from './migration.ts';

/** Load balancers from before have no public address. */
export const publicAddresses: Migration = {
  version: 5,
  statements: ({ schema }) => [
    schema.alterTable('load_balancers').addColumn('public_address', 'text'),
    schema
      .createIndex('load_balancers_public_address')
      .on('load_balancers')
      .column('public_address')
      .unique(),
  ],
};
