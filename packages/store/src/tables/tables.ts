import type { ResourceKind } from '@elbow/model';
import { certificates } from './certificates.ts';
import { listeners } from './listeners.ts';
import { loadBalancers } from './load-balancers.ts';
import { members } from './members.ts';
import { pools } from './pools.ts';
import type { TableDescriptor } from './table-descriptor.ts';

/** Every kind has a table; a kind without one does not compile. */
export const tables: { readonly [K in ResourceKind]: TableDescriptor<K> } = {
  loadBalancer: loadBalancers,
  listener: listeners,
  pool: pools,
  member: members,
  certificate: certificates,
};
