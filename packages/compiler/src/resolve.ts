import type {
  Certificate,
  HealthMonitor,
  IpGroup,
  L7Policy,
  Listener,
  LoadBalancer,
  Member,
  Pool,
  RuledPolicy,
  SecurityPolicy,
} from '@elbow/model';
import { byId } from './by-id.ts';
import { policiesInForce } from './policies-in-force.ts';
import type { LoadBalancerTree } from './tree.ts';

/** A tree whose ids can be followed, in an order that does not depend on how it was read. */
export interface ResolvedTree {
  readonly loadBalancer: LoadBalancer;
  readonly listeners: readonly Listener[];
  readonly pools: ReadonlyMap<string, Pool>;
  readonly monitorByPool: ReadonlyMap<string, HealthMonitor>;
  readonly membersByPool: ReadonlyMap<string, readonly Member[]>;
  /** By listener: what requests try, in that order. */
  readonly policiesInForce: ReadonlyMap<string, readonly RuledPolicy[]>;
  readonly policies: readonly L7Policy[];
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
    policiesInForce: policiesInForce(tree),
    policies: tree.policies,
    ipGroups: new Map(tree.ipGroups.map((group) => [group.id, group])),
    certificates: new Map(tree.certificates.map((certificate) => [certificate.id, certificate])),
  };
}
