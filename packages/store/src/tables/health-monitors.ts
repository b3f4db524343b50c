import { identityColumns, type TableDescriptor, uniqueId } from './table-descriptor.ts';

export const healthMonitors: TableDescriptor<'healthMonitor'> = {
  kind: 'healthMonitor',
  table: 'health_monitors',
  columns: { ...identityColumns, poolId: 'pool_id' },
  uniqueRules: [
    uniqueId('health_monitors'),
    { constraint: 'health_monitors_pool', columns: ['pool_id'], name: 'healthMonitor.poolId' },
  ],
  references: { poolId: 'pool' },
};
