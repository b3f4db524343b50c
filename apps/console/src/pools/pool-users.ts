import type { L7PolicyWire, ListenerWire, PoolWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { policyList } from '../load-balancers/listener-queries.ts';
import { listenerList } from '../load-balancers/queries.ts';

/** Who sends requests to a group. */
export interface PoolUsers {
  readonly isKnown: boolean;
  /** By default. */
  readonly listeners: readonly ListenerWire[];
  readonly policies: readonly L7PolicyWire[];
  /** Those of the policies as well. */
  readonly allListeners: readonly ListenerWire[];
}

export function usePoolUsers({ id }: Pick<PoolWire, 'id'>): PoolUsers {
  const all = useQuery(listenerList()).data;
  const policies = (useQuery(policyList).data ?? []).filter((policy) => sendsTo(policy, id));
  const owners = new Set(policies.map(({ listener_id: owner }) => owner));
  const listeners = (all ?? []).filter(({ default_pool_id: pool }) => pool === id);
  const others = (all ?? []).filter((one) => owners.has(one.id) && !listeners.includes(one));
  return { isKnown: all !== undefined, listeners, policies, allListeners: [...listeners, ...others] };
}

function sendsTo(policy: L7PolicyWire, poolId: string): boolean {
  return (
    policy.redirect_pool_id === poolId ||
    policy.redirect_pools_config.some(({ pool_id: id }) => id === poolId) ||
    // A copy of the requests goes there.
    JSON.stringify(policy.redirect_pools_extend_config ?? {}).includes(poolId)
  );
}
