import type { ResourceKind } from '@elbow/model';
import type { SortField, SortTable } from './sort.ts';

/** By what each list can be put in order, beyond the published API. */
const common = {
  name: { by: 'column', attribute: 'name' },
  created_at: { by: 'column', attribute: 'createdAtMs' },
  updated_at: { by: 'column', attribute: 'updatedAtMs' },
} as const satisfies SortTable<ResourceKind>;

const derived = { by: 'derived' } as const satisfies SortField<ResourceKind>;

export const loadBalancerSorts: SortTable<'loadBalancer'> = {
  ...common,
  vip_address: { by: 'column', attribute: 'vipAddress' },
  operating_status: derived,
};

export const listenerSorts: SortTable<'listener'> = {
  ...common,
  protocol_port: { by: 'column', attribute: 'port' },
  operating_status: derived,
};

export const poolSorts: SortTable<'pool'> = {
  ...common,
  protocol: { by: 'column', attribute: 'protocol' },
  member_operating_status: derived,
};

/** A member that has no name goes by its address and port. */
export const memberSorts: SortTable<'member'> = {
  ...common,
  name: derived,
  address: derived,
  weight: { by: 'column', attribute: 'weight' },
  operating_status: derived,
};

export const healthMonitorSorts: SortTable<'healthMonitor'> = common;

export const certificateSorts: SortTable<'certificate'> = {
  ...common,
  name: { by: 'column', attribute: 'name', otherwise: 'commonName' },
  type: { by: 'column', attribute: 'type' },
  expire_time: { by: 'column', attribute: 'expiresAtMs' },
};

export const securityPolicySorts: SortTable<'securityPolicy'> = common;

export const ipGroupSorts: SortTable<'ipGroup'> = {
  ...common,
  ip_count: { by: 'count', attribute: 'entries' },
};

export const l7PolicySorts: SortTable<'l7Policy'> = {
  ...common,
  priority: { by: 'column', attribute: 'priority' },
};

export const l7RuleSorts: SortTable<'l7Rule'> = {
  created_at: common.created_at,
  updated_at: common.updated_at,
  type: { by: 'column', attribute: 'type' },
};
