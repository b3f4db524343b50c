import type { ListenerWire, LoadBalancerWire } from '@elbow/api';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { freshMs } from '../api/query-client.ts';
import { aboutIds, wholeList } from '../api/whole-list.ts';

function listenersOf(ids: readonly string[]) {
  return queryOptions({
    queryKey: ['listeners', { loadbalancer_id: ids }],
    queryFn: ({ signal }) =>
      aboutIds(ids, (some) =>
        wholeList(
          (query) => client.listListeners({ query: { ...query, loadbalancer_id: some }, signal }),
          (body) => body.listeners,
        ),
      ),
    enabled: ids.length > 0,
    refetchInterval: freshMs,
  });
}

/** Listeners of the load balancers on this page alone, by the id of their load balancer. */
export function usePageListeners(
  rows: readonly LoadBalancerWire[],
): ReadonlyMap<string, readonly ListenerWire[]> {
  const ids = rows.filter(({ listeners }) => listeners.length > 0).map(({ id }) => id);
  const found = useQuery(listenersOf(ids)).data ?? [];
  return Map.groupBy(found, ({ loadbalancers: [owner] }) => owner?.id ?? '');
}
