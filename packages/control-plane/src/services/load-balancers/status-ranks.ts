import type { Listener, LoadBalancer, Pool } from '@elbow/model';
import type { Reader } from '@elbow/store';
import type { Fleet } from '../../fleet.ts';
import { poolsOfLoadBalancers } from '../crud/relations.ts';
import { offlineMembers } from '../pools/member-statuses.ts';

/** Lists are put in order by states with what needs somebody first. */
const loadBalancerRank = { troubled: 0, degraded: 1, serving: 2, off: 3 } as const;

type Seen = Pick<Fleet, 'troubles' | 'memberHealth' | 'nodes'>;

/**
 * A state for each load balancer and all below it, by its id: nodes do not serve something as asked, members do not
 * answer, all is well, or it is switched off.
 */
export async function loadBalancerRanks(
  fleet: Seen,
  reader: Reader,
  rows: readonly LoadBalancer[],
): Promise<ReadonlyMap<string, number>> {
  const ids = rows.map(({ id }) => id);
  const listeners = await reader.list('listener', { where: { loadBalancerId: ids } });
  const pools = await poolsOfLoadBalancers(reader, ids, listeners);
  const owners = ownersOf(listeners, pools);
  const troubled = new Set(fleet.troubles().flatMap(({ id }) => [id, ...(owners.get(id) ?? [])]));
  const poolIds = pools.map(({ id }) => id);
  const offline = await offlineMembers(reader, poolIds, fleet);
  const degraded = new Set(offline.flatMap(({ poolId }) => owners.get(poolId) ?? []));
  return new Map(rows.map((row) => [row.id, loadBalancerRank[stateOf(row, { troubled, degraded })]]));
}

interface Affected {
  readonly troubled: ReadonlySet<string>;
  readonly degraded: ReadonlySet<string>;
}

function stateOf({ id, isAdminStateUp }: LoadBalancer, { troubled, degraded }: Affected) {
  if (!isAdminStateUp) return 'off';
  if (troubled.has(id)) return 'troubled';
  return degraded.has(id) ? 'degraded' : 'serving';
}

/** The load balancers of each listener and of each pool, by its id. */
function ownersOf(
  listeners: readonly Listener[],
  pools: readonly Pool[],
): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  const add = (id: string | null, owner: string | null): void => {
    if (id === null || owner === null) return;
    const known = owners.get(id);
    if (known === undefined) owners.set(id, [owner]);
    else known.push(owner);
  };
  for (const { id, loadBalancerId, defaultPoolId } of listeners) {
    add(id, loadBalancerId);
    add(defaultPoolId, loadBalancerId);
  }
  for (const { id, loadBalancerId } of pools) add(id, loadBalancerId);
  return owners;
}

/** Listeners that a node does not serve as asked come before the others. */
export function listenerRanks(
  fleet: Pick<Fleet, 'troubles'>,
  rows: readonly Listener[],
): ReadonlyMap<string, number> {
  const troubled = new Set(fleet.troubles().map(({ id }) => id));
  return new Map(rows.map(({ id }) => [id, troubled.has(id) ? 0 : 1]));
}
