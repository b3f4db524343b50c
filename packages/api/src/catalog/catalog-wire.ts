import {
  type Flavor,
  flavors,
  type QuotaKey,
  type Settings,
  systemSecurityPolicies,
  unavailableSuites,
} from '@elbow/model';

/** One set of zones: a load balancer picks its zones from one set only, and here any may be combined. */
export function availabilityZonesToWire(zones: readonly string[]) {
  return [
    zones.map((code) => ({
      code,
      state: 'ACTIVE',
      protocol: ['L4', 'L7'],
      public_border_group: 'center',
      category: 0,
    })),
  ];
}

export function flavorToWire(flavor: Flavor, projectId: string) {
  return {
    id: flavor.id,
    name: flavor.name,
    type: flavor.type,
    shared: true,
    project_id: projectId,
    flavor_sold_out: false,
    public_border_group: 'center',
    category: 0,
    info: {
      connection: flavor.connections,
      cps: flavor.connectionsPerSecond,
      bandwidth: flavor.bandwidth,
      lcu: flavor.capacityUnits,
      ...(flavor.tlsConnectionsPerSecond === null ? {} : { https_cps: flavor.tlsConnectionsPerSecond }),
      ...(flavor.requestsPerSecond === null ? {} : { qps: flavor.requestsPerSecond }),
    },
  };
}

/** Filters `id`, `name` and `type` repeat; `shared` and `flavor_sold_out` are constant here. */
export function selectFlavors(query: URLSearchParams): readonly Flavor[] {
  const isIn = (key: string, value: string): boolean => {
    const wanted = query.getAll(key).filter((text) => text !== '');
    return wanted.length === 0 || wanted.includes(value);
  };
  if (query.get('shared') === 'false' || query.get('flavor_sold_out') === 'true') return [];
  return flavors.filter(({ id, name, type }) => isIn('id', id) && isIn('name', name) && isIn('type', type));
}

export function quotaToWire(quotas: Settings['quotas'], projectId: string) {
  return { project_id: projectId, ...quotas };
}

export function quotaDetailsToWire(
  quotas: Settings['quotas'],
  used: Readonly<Partial<Record<QuotaKey, number>>>,
  keys: readonly string[],
) {
  return (Object.entries(quotas) as [QuotaKey, number][])
    .filter(([key]) => keys.length === 0 || keys.includes(key))
    .map(([key, limit]) => ({ quota_key: key, quota_limit: limit, used: used[key] ?? 0, unit: 'count' }));
}

/** Names as the policies are written in `tls_ciphers_policy`; texts, newest protocol first. */
export function systemSecurityPoliciesToWire(projectId: string) {
  return systemSecurityPolicies.map((policy) => ({
    name: policy.name,
    project_id: projectId,
    protocols: [...policy.protocols].reverse().join(' '),
    // What is published but can never be offered is not pretended; capabilities name it.
    ciphers: policy.ciphers.filter((suite) => !unavailableSuites.has(suite)).join(':'),
  }));
}

export const versions = [
  { id: 'v3', status: 'CURRENT' },
  { id: 'v2.0', status: 'STABLE' },
] as const;
