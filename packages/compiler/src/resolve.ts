import type { Certificate, Listener, LoadBalancer, Member, Pool } from '@elbow/model';
import type { LoadBalancerTree } from './tree.ts';

/** A tree whose ids can be followed, in an order that does not depend on how it was read. */
export interface ResolvedTree {
  readonly loadBalancer: LoadBalancer;
  readonly listeners: readonly Listener[];
  readonly pools: ReadonlyMap<string, Pool>;
  readonly membersByPool: ReadonlyMap<string, readonly Member[]>;
  readonly certificates: ReadonlyMap<string, Certificate>;
}

export function resolveTree(tree: LoadBalancerTree): ResolvedTree {
  return {
    loadBalancer: tree.loadBalancer,
    listeners: tree.listeners.toSorted(byId),
    pools: new Map(tree.pools.map((pool) => [pool.id, pool])),
    membersByPool: Map.groupBy(tree.members.toSorted(byId), (member) => member.poolId),
    certificates: new Map(tree.certificates.map((certificate) => [certificate.id, certificate])),
  };
}

/** By code unit: a locale would order differently from machine to machine. */
export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
