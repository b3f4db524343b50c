import { identityColumns, type TableDescriptor, uniqueId } from './table-descriptor.ts';

export const loadBalancers: TableDescriptor<'loadBalancer'> = {
  kind: 'loadBalancer',
  table: 'load_balancers',
  columns: { ...identityColumns, vipAddress: 'vip_address' },
  uniqueRules: [
    uniqueId('load_balancers'),
    { constraint: 'load_balancers_vip_address', columns: ['vip_address'], name: 'loadBalancer.vipAddress' },
  ],
};
