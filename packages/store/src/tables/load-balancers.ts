import { identityColumns, type TableDescriptor, uniqueId } from './table-descriptor.ts';

export const loadBalancers: TableDescriptor<'loadBalancer'> = {
  kind: 'loadBalancer',
  table: 'load_balancers',
  columns: { ...identityColumns, vipAddress: 'vip_address', publicAddress: 'public_address' },
  absent: () => ({ sourceAddresses: [] }),
  uniqueRules: [
    uniqueId('load_balancers'),
    { constraint: 'load_balancers_vip_address', columns: ['vip_address'], name: 'loadBalancer.vipAddress' },
    {
      constraint: 'load_balancers_public_address',
      columns: ['public_address'],
      name: 'loadBalancer.publicAddress',
    },
  ],
  references: {},
};
