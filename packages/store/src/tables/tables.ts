import type { ResourceKind } from '@elbow/model';
import { certificates } from './certificates.ts';
import { healthMonitors } from './health-monitors.ts';
import { ipGroups } from './ip-groups.ts';
import { jobs } from './jobs.ts';
import { l7Policies } from './l7-policies.ts';
import { l7Rules } from './l7-rules.ts';
import { listeners } from './listeners.ts';
import { loadBalancers } from './load-balancers.ts';
import { members } from './members.ts';
import { pools } from './pools.ts';
import { recycledLoadBalancers } from './recycled-load-balancers.ts';
import { securityPolicies } from './security-policies.ts';
import type { TableDescriptor } from './table-descriptor.ts';

/** Every kind has a table; a kind without one does not compile. */
export const tables: { readonly [K in ResourceKind]: TableDescriptor<K> } = {
  loadBalancer: loadBalancers,
  listener: listeners,
  pool: pools,
  member: members,
  healthMonitor: healthMonitors,
  certificate: certificates,
  securityPolicy: securityPolicies,
  ipGroup: ipGroups,
  l7Policy: l7Policies,
  l7Rule: l7Rules,
  job: jobs,
  recycledLoadBalancer: recycledLoadBalancers,
};
