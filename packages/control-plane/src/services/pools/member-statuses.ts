import type { MemberStatus } from '@elbow/api';
import { type HealthMonitor, type Listener, type Member, poolIdsOf } from '@elbow/model';
import type { Reader } from '@elbow/store';
import type { Fleet } from '../../fleet.ts';
import { policiesOfPools } from '../policies/l7-relations.ts';
import { listenersOfPools } from '../crud/relations.ts';

/** What the status of a member follows from, besides what nodes say. */
interface Surroundings {
  readonly isTied: boolean;
  readonly isServed: boolean;
  readonly monitor: HealthMonitor | undefined;
}

/** The status of each member, by its id. */
export async function memberStatuses(
  reader: Reader,
  members: readonly Member[],
  fleet: Pick<Fleet, 'memberHealth' | 'nodes'>,
): Promise<ReadonlyMap<string, MemberStatus>> {
  const surroundings = await surroundingsOf(reader, [...new Set(members.map(({ poolId }) => poolId))]);
  const hasNode = fleet.nodes().length > 0;
  return new Map(
    members.map((member) => {
      const around = surroundings.get(member.poolId);
      const status = around === undefined ? unknown : statusOf(member, around, { fleet, hasNode });
      return [member.id, status] as const;
    }),
  );
}

/** Members of the pools whose checks fail. */
export async function offlineMembers(
  reader: Reader,
  poolIds: readonly string[],
  fleet: Pick<Fleet, 'memberHealth' | 'nodes'>,
): Promise<readonly Member[]> {
  const members = await reader.list('member', { where: { poolId: poolIds } });
  const statuses = await memberStatuses(reader, members, fleet);
  return members.filter(({ id }) => statuses.get(id)?.operatingStatus === 'OFFLINE');
}

async function surroundingsOf(
  reader: Reader,
  poolIds: readonly string[],
): Promise<ReadonlyMap<string, Surroundings>> {
  const pools = await reader.list('pool', { where: { id: poolIds } });
  const monitors = await reader.list('healthMonitor', { where: { poolId: poolIds } });
  const users = await usersOf(reader, poolIds);
  const active = await activeLoadBalancers(reader, [...users.values()].flat());
  const monitorByPool = new Map(monitors.map((monitor) => [monitor.poolId, monitor]));
  return new Map(
    pools.map(({ id, loadBalancerId }) => {
      const own = users.get(id) ?? [];
      const isServed = own.some((user) => active.has(user.loadBalancerId));
      const isTied = loadBalancerId !== null || own.length > 0;
      return [id, { isTied, isServed, monitor: monitorByPool.get(id) }];
    }),
  );
}

/** Listeners that send requests to each pool, by default or by a policy. */
async function usersOf(
  reader: Reader,
  poolIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Listener[]>> {
  const users = new Map<string, Listener[]>(poolIds.map((id) => [id, []]));
  for (const listener of await listenersOfPools(reader, poolIds))
    users.get(listener.defaultPoolId ?? '')?.push(listener);
  const policies = await policiesOfPools(reader, poolIds);
  const ids = [...new Set(policies.map(({ listenerId }) => listenerId))];
  const owners = ids.length === 0 ? [] : await reader.list('listener', { where: { id: ids } });
  const byId = new Map(owners.map((listener) => [listener.id, listener]));
  for (const policy of policies) {
    const listener = byId.get(policy.listenerId);
    if (listener !== undefined) for (const id of poolIdsOf(policy)) users.get(id)?.push(listener);
  }
  return users;
}

async function activeLoadBalancers(
  reader: Reader,
  listeners: readonly Listener[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(listeners.map(({ loadBalancerId }) => loadBalancerId))];
  const owners = await reader.list('loadBalancer', { where: { id: ids, isAdminStateUp: [true] } });
  return new Set(owners.map(({ id }) => id));
}

const unknown: MemberStatus = { operatingStatus: 'UNKNOWN', reason: null, sinceMs: null };
const notMonitored: MemberStatus = { operatingStatus: 'NO_MONITOR', reason: null, sinceMs: null };

/** Without a check a member of a pool in use is not watched; one that no node serves is unknown. */
function statusOf(
  member: Member,
  { isTied, isServed, monitor }: Surroundings,
  { fleet, hasNode }: { readonly fleet: Pick<Fleet, 'memberHealth'>; readonly hasNode: boolean },
): MemberStatus {
  if (!isTied) return unknown;
  if (monitor === undefined || !monitor.isAdminStateUp) return notMonitored;
  if (!isServed || !hasNode) return unknown;
  const health = fleet.memberHealth(member.id);
  // The node that begins to check it has not said so yet.
  if (health === null) return { operatingStatus: 'INITIAL', reason: null, sinceMs: null };
  return { operatingStatus: health.status, reason: health.reason, sinceMs: health.sinceMs };
}
