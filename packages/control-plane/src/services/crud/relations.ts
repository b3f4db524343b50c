import type { Listener, Pool } from '@elbow/model';
import type { Reader } from '@elbow/store';
import { loadBalancersOfListeners, policiesOfPools } from '../policies/l7-relations.ts';

/** Who refers to whom, read in bulk: lists of thousands of rows take a handful of queries. */
export function listenersOfPools(reader: Reader, poolIds: readonly string[]): Promise<readonly Listener[]> {
  return reader.list('listener', { where: { defaultPoolId: poolIds } });
}

/** Load balancers that a pool belongs to: its own, and those of the listeners that use it. */
export function loadBalancerIdsOf(pool: Pool, listeners: readonly Listener[]): readonly string[] {
  const users = listeners.filter(({ defaultPoolId }) => defaultPoolId === pool.id);
  const own = pool.loadBalancerId === null ? [] : [pool.loadBalancerId];
  return [...new Set([...own, ...users.map(({ loadBalancerId }) => loadBalancerId)])];
}

/** Load balancers whose listeners send requests to the pool, by default or by policy. */
export async function servingLoadBalancers(reader: Reader, poolId: string): Promise<readonly string[]> {
  const listeners = await listenersOfPools(reader, [poolId]);
  const policies = await policiesOfPools(reader, [poolId]);
  const byPolicy = await loadBalancersOfListeners(
    reader,
    policies.map(({ listenerId }) => listenerId),
  );
  return [...new Set([...listeners.map(({ loadBalancerId }) => loadBalancerId), ...byPolicy])];
}

/** Every pool tied to a load balancer, directly or through a listener. */
export async function poolsOfLoadBalancers(
  reader: Reader,
  ids: readonly string[],
  listeners: readonly Listener[],
): Promise<readonly Pool[]> {
  const poolIds = listeners.map(({ defaultPoolId }) => defaultPoolId).filter((id) => id !== null);
  const own = await reader.list('pool', { where: { loadBalancerId: ids } });
  const used = await reader.list('pool', { where: { id: poolIds } });
  return [...new Map([...own, ...used].map((pool) => [pool.id, pool])).values()];
}

/** Pools that hold a member of one of these addresses. */
export async function poolIdsByMemberAddress(
  reader: Reader,
  addresses: readonly string[],
): Promise<readonly string[]> {
  const members = await reader.list('member', { where: { address: addresses } });
  return [...new Set(members.map(({ poolId }) => poolId))];
}
