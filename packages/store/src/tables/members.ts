import { identityColumns, type TableDescriptor, uniqueId } from './table-descriptor.ts';

export const members: TableDescriptor<'member'> = {
  kind: 'member',
  table: 'members',
  columns: { ...identityColumns, poolId: 'pool_id', address: 'address', port: 'port' },
  absent: () => ({ joinedAtMs: null }),
  uniqueRules: [
    uniqueId('members'),
    { constraint: 'members_address', columns: ['pool_id', 'address', 'port'], name: 'member.address' },
  ],
  references: { poolId: 'pool' },
  indexed: ['address'],
};
