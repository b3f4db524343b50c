import type { L7PolicyWire, ListenerWire, PoolWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { useByIds } from '../api/use-by-ids.ts';
import { listenerById } from '../load-balancers/named-queries.ts';
import { listenersOfPool, policiesOfPool } from './queries.ts';

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
  const listeners = useQuery(listenersOfPool(id)).data;
  const policies = useQuery(policiesOfPool(id)).data;
  const owners = useByIds(
    listenerById,
    (policies ?? []).map(({ listener_id: owner }) => owner),
  );
  const own = listeners ?? [];
  const others = owners.filter((owner) => own.every(({ id: known }) => known !== owner.id));
  return {
    isKnown: listeners !== undefined && policies !== undefined,
    listeners: own,
    policies: policies ?? [],
    allListeners: [...own, ...others],
  };
}
