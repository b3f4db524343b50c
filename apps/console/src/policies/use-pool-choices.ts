import { useServerSearch } from '../fields/use-server-search.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { poolSource } from '../load-balancers/search-sources.ts';

const speaksHttp = { protocol: ['HTTP', 'HTTPS', 'GRPC'] } as const;

/**
 * Server groups that requests can be sent to, without those that are taken.
 * @param chosen those that the select shows now
 */
export function usePoolChoices(chosen: readonly string[], taken: readonly string[]) {
  const { rows, isLoading, showSearch } = useServerSearch(poolSource, chosen, speaksHttp);
  const options = rows
    .filter(({ id }) => !taken.includes(id))
    .map((pool) => ({ value: pool.id, label: `${nameOf(pool)} (${pool.protocol})` }));
  return { options, loading: isLoading, showSearch };
}
