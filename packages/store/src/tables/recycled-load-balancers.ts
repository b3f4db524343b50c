import { identityColumns, type TableDescriptor, uniqueId } from './table-descriptor.ts';

/** Snapshots refer to nothing in the database: what they name may go while they lie here. */
export const recycledLoadBalancers: TableDescriptor<'recycledLoadBalancer'> = {
  kind: 'recycledLoadBalancer',
  table: 'recycled_load_balancers',
  columns: identityColumns,
  uniqueRules: [uniqueId('recycled_load_balancers')],
  references: {},
};
