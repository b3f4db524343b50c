import { useQuery } from '@tanstack/react-query';
import { poolList } from '../load-balancers/listener-queries.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';

const speaksHttp: readonly string[] = ['HTTP', 'HTTPS', 'GRPC'];

/** Server groups that requests can be sent to, without those that are taken. */
export function usePoolChoices(taken: readonly string[]) {
  const pools = useQuery(poolList).data ?? [];
  return pools
    .filter(({ id, protocol }) => speaksHttp.includes(protocol) && !taken.includes(id))
    .map((pool) => ({ value: pool.id, label: `${nameOf(pool)} (${pool.protocol})` }));
}
