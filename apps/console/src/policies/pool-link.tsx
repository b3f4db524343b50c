import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { poolById } from '../load-balancers/named-queries.ts';

/** A server group by its name, as the way to it. */
export function PoolLink({ id }: { readonly id: string }) {
  const pool = useQuery(poolById(id)).data ?? undefined;
  return (
    <Link className="pol-pool" to={`/pools/${id}`}>
      {pool === undefined ? id : nameOf(pool)}
    </Link>
  );
}
