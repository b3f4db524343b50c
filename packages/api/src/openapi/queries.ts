import type { FilterTable } from '../list/filters.ts';
import {
  certificateFilters,
  healthMonitorFilters,
  ipGroupFilters,
  l7PolicyFilters,
  l7RuleFilters,
  listenerFilters,
  loadBalancerFilters,
  memberFilters,
  poolFilters,
  securityPolicyFilters,
} from '../list/filter-tables.ts';
import {
  certificateSorts,
  healthMonitorSorts,
  ipGroupSorts,
  l7PolicySorts,
  l7RuleSorts,
  listenerSorts,
  loadBalancerSorts,
  memberSorts,
  poolSorts,
  securityPolicySorts,
} from '../list/sort-tables.ts';
import type { Operation } from '../routes.ts';
import type { Shape } from './shape-of.ts';

export interface QueryParameter {
  readonly name: string;
  readonly isRepeatable: boolean;
  readonly schema: Shape;
  /** Of `sort`: the names that it takes. */
  readonly choices?: readonly string[];
}

const pageParameters: readonly QueryParameter[] = [
  {
    name: 'limit',
    isRepeatable: false,
    schema: { type: 'integer', minimum: 0, maximum: 2000, default: 2000 },
  },
  { name: 'marker', isRepeatable: false, schema: { type: 'string' } },
  { name: 'page_reverse', isRepeatable: false, schema: { type: 'boolean', default: false } },
  { name: 'with_total', isRepeatable: false, schema: { type: 'boolean', default: false } },
];

// oxlint-disable-next-line typescript/no-explicit-any -- tables of all kinds are read alike
const tables: Readonly<Partial<Record<Operation, FilterTable<any>>>> = {
  ListLoadBalancers: loadBalancerFilters,
  ListListeners: listenerFilters,
  ListPools: poolFilters,
  ListMembers: memberFilters,
  ListAllMembers: memberFilters,
  ListHealthMonitors: healthMonitorFilters,
  ListCertificates: certificateFilters,
  ListSecurityPolicies: securityPolicyFilters,
  ListIpGroups: ipGroupFilters,
  ListL7Policies: l7PolicyFilters,
  ListL7Rules: l7RuleFilters,
  ListAllL7Rules: l7RuleFilters,
  ListRecycleBinLoadBalancers: loadBalancerFilters,
};

const sorts: Readonly<Partial<Record<Operation, object>>> = {
  ListLoadBalancers: loadBalancerSorts,
  ListListeners: listenerSorts,
  ListPools: poolSorts,
  ListMembers: memberSorts,
  ListAllMembers: memberSorts,
  ListHealthMonitors: healthMonitorSorts,
  ListCertificates: certificateSorts,
  ListSecurityPolicies: securityPolicySorts,
  ListIpGroups: ipGroupSorts,
  ListL7Policies: l7PolicySorts,
  ListL7Rules: l7RuleSorts,
  ListAllL7Rules: l7RuleSorts,
};

const repeated = (names: readonly string[]): readonly QueryParameter[] =>
  names.map((name) => ({ name, isRepeatable: true, schema: { type: 'string' } }));
const single = (...names: readonly string[]): readonly QueryParameter[] =>
  names.map((name) => ({ name, isRepeatable: false, schema: { type: 'string' } }));

const paged: Readonly<Partial<Record<Operation, readonly QueryParameter[]>>> = {
  ListFlavors: repeated(['id', 'name', 'type']),
  ListJobs: single('job_id', 'job_type', 'status', 'error_code', 'resource_id', 'begin_time'),
  ListLogtanks: repeated(['id', 'loadbalancer_id', 'log_group_id', 'log_topic_id']),
  ListFeatureConfigs: single('feature'),
  ListMasterSlavePools: [],
};

const unpaged: Readonly<Partial<Record<Operation, readonly QueryParameter[]>>> = {
  ListQuotaDetails: repeated(['quota_key']),
  ShowLoadBalancerTopology: repeated([
    'listener_id',
    'listener_name',
    'listener_protocol',
    'listener_protocol_port',
    'pool_id',
    'pool_name',
  ]),
  ShowLoadBalancerPorts: repeated(['port_id', 'ip_address', 'ipv6_address', 'type', 'virsubnet_id']),
};

const more: Readonly<Partial<Record<Operation, readonly QueryParameter[]>>> = {
  ListLoadBalancers: single('include_recycle_bin'),
  ListListeners: single('include_recycle_bin'),
  ListL7Policies: single('display_all_rules'),
  ListIpGroups: single('with_ip_list'),
};

/** Query keys that a call looks at; it ignores all others. */
export function queryOf(operation: Operation): readonly QueryParameter[] {
  const table = tables[operation];
  if (table !== undefined)
    return [...pageParameters, ...orderOf(operation), ...filtersOf(table), ...(more[operation] ?? [])];
  const keys = paged[operation];
  return keys === undefined ? (unpaged[operation] ?? []) : [...pageParameters, ...keys];
}

function orderOf(operation: Operation): readonly QueryParameter[] {
  const choices = Object.keys(sorts[operation] ?? {});
  if (choices.length === 0) return [];
  const schema = { type: 'string', pattern: `^(${choices.join('|')})(:(asc|desc))?$` };
  return [{ name: 'sort', isRepeatable: false, schema, choices }];
}

// oxlint-disable-next-line typescript/no-explicit-any -- see above
function filtersOf(table: FilterTable<any>): readonly QueryParameter[] {
  return Object.entries(table).map(([name, filter]) => ({
    name,
    isRepeatable: true,
    schema: { type: 'type' in filter ? filter.type : 'string' },
  }));
}
