import type {
  Certificate,
  HealthMonitor,
  IpGroup,
  L7Policy,
  L7Rule,
  Listener,
  LoadBalancer,
  Member,
  Pool,
  SecurityPolicy,
} from '@elbow/model';
import type { LoadBalancerTree } from './tree.ts';

/** A tree whose ids can be followed, in an order that does not depend on how it was read. */
export interface ResolvedTree {
  readonly loadBalancer: LoadBalancer;
  readonly listeners: readonly Listener[];
  readonly pools: ReadonlyMap<string, Pool>;
  readonly monitorByPool: ReadonlyMap<string, HealthMonitor>;
  readonly membersByPool: ReadonlyMap<string, readonly Member[]>;
  readonly policiesByListener: ReadonlyMap<string, readonly L7Policy[]>;
  readonly rulesByPolicy: ReadonlyMap<string, readonly L7Rule[]>;
  readonly ipGroups: ReadonlyMap<string, IpGroup>;
  readonly certificates: ReadonlyMap<string, Certificate>;
  readonly securityPolicies: ReadonlyMap<string, SecurityPolicy>;
}

export function resolveTree(tree: LoadBalancerTree): ResolvedTree {
  return {
    loadBalancer: tree.loadBalancer,
    listeners: tree.listeners.toSorted(byId),
    pools: new Map(tree.pools.map((pool) => [pool.id, pool])),
    monitorByPool: new Map(tree.monitors.map((monitor) => [monitor.poolId, monitor])),
    membersByPool: Map.groupBy(tree.members.toSorted(byId), (member) => member.poolId),
    securityPolicies: new Map(tree.securityPolicies.map((policy) => [policy.id, policy])),
    policiesByListener: Map.groupBy(tree.policies.toSorted(byId), (policy) => policy.listenerId),
    rulesByPolicy: Map.groupBy(tree.rules.toSorted(byId), (rule) => rule.policyId),
    ipGroups: new Map(tree.ipGroups.map((group) => [group.id, group])),
    certificates: new Map(tree.certificates.map((certificate) => [certificate.id, certificate])),
  };
}

/** By code unit: a locale would order differently from machine to machine. */
export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
