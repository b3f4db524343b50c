import { poolIdsOf } from '@elbow/model';
import { identityColumns, type TableDescriptor, uniqueId } from './table-descriptor.ts';

export const l7Policies: TableDescriptor<'l7Policy'> = {
  kind: 'l7Policy',
  table: 'l7_policies',
  columns: {
    ...identityColumns,
    listenerId: 'listener_id',
    redirectPoolId: 'redirect_pool_id',
    redirectListenerId: 'redirect_listener_id',
  },
  uniqueRules: [uniqueId('l7_policies')],
  references: { listenerId: 'listener', redirectPoolId: 'pool', redirectListenerId: 'listener' },
  indexed: ['priority'],
  computed: { poolIds: poolIdsOf },
};
