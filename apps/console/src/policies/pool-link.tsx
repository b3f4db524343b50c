import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { poolList } from '../load-balancers/listener-queries.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';

/** A server group by its name, as the way to it. */
export function PoolLink({ id }: { readonly id: string }) {
  const pool = (useQuery(poolList).data ?? []).find((one) => one.id === id);
  return (
    <Link className="pol-pool" to={`/pools/${id}`}>
      {pool === undefined ? id : nameOf(pool)}
    </Link>
  );
}
