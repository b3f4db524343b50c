import type {
  Certificate,
  HealthMonitor,
  IpGroup,
  Listener,
  LoadBalancer,
  Member,
  Pool,
  SecurityPolicy,
} from '@elbow/model';
import { byId } from './by-id.ts';
import type { CompileMemo } from './compile-memo.ts';
import type { PolicyLists } from './policy-lists.ts';
import type { PoolUsers } from './pool-users.ts';
import type { LoadBalancerTree } from './tree.ts';

/** A tree whose ids can be followed, in an order that does not depend on how it was read. */
export interface ResolvedTree {
  readonly loadBalancer: LoadBalancer;
  readonly listeners: readonly Listener[];
  readonly pools: ReadonlyMap<string, Pool>;
  readonly monitorByPool: ReadonlyMap<string, HealthMonitor>;
  /** In no order. */
  readonly membersByPool: ReadonlyMap<string, readonly Member[]>;
  readonly policies: PolicyLists;
  /** Pools that policies name. */
  readonly poolUsers: PoolUsers;
  readonly ipGroups: ReadonlyMap<string, IpGroup>;
  readonly certificates: ReadonlyMap<string, Certificate>;
  readonly securityPolicies: ReadonlyMap<string, SecurityPolicy>;
}

export function resolveTree(tree: LoadBalancerTree, memo: CompileMemo): ResolvedTree {
  return {
    loadBalancer: tree.loadBalancer,
    listeners: tree.listeners.toSorted(byId),
    pools: new Map(tree.pools.map((pool) => [pool.id, pool])),
    monitorByPool: new Map(tree.monitors.map((monitor) => [monitor.poolId, monitor])),
    membersByPool: Map.groupBy(tree.members, (member) => member.poolId),
    securityPolicies: new Map(tree.securityPolicies.map((policy) => [policy.id, policy])),
    policies: memo.policyLists(tree),
    poolUsers: memo.poolUsers(tree),
    ipGroups: new Map(tree.ipGroups.map((group) => [group.id, group])),
    certificates: new Map(tree.certificates.map((certificate) => [certificate.id, certificate])),
  };
}
