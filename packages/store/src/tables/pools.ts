import { identityColumns, type TableDescriptor, uniqueId } from './table-descriptor.ts';

export const pools: TableDescriptor<'pool'> = {
  kind: 'pool',
  table: 'pools',
  columns: { ...identityColumns, loadBalancerId: 'load_balancer_id' },
  absent: () => ({
    sessionPersistence: null,
    slowStart: null,
    isFailOpen: false,
    memberTls: null,
    passiveEjection: null,
  }),
  uniqueRules: [uniqueId('pools')],
  references: { loadBalancerId: 'loadBalancer' },
};
