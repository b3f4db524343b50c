import {
  memberFilters,
  memberSorts,
  memberOfAnyPoolToWire,
  memberToWire,
  parseMemberCreate,
  parseMemberUpdate,
  type MemberCreate,
  type MemberRelations,
  type MemberUpdate,
} from '@elbow/api';
import {
  checkIpTargets,
  checkMemberIsNew,
  checkMemberKind,
  checkMemberProtection,
  checkMemberSubnet,
  checkQuota,
  type Member,
  memberPlace,
  notFound,
  type Pool,
} from '@elbow/model';
import type { Reader } from '@elbow/store';
import { type CrudDescriptor, findOwned, type NewBase, requireOwned } from '../crud/crud.ts';
import { memberSortKeys } from './member-sort-keys.ts';
import { memberStatuses } from './member-statuses.ts';
import { poolIdsOfLoadBalancers } from './pools.ts';
import { refuseIf, Refusal, valueOf } from '../crud/refusal.ts';
import { listenersOfPools, loadBalancerIdsOf, servingLoadBalancers } from '../crud/relations.ts';
import type { Call, ServiceContext, Unit } from '../crud/service-context.ts';

type Descriptor = CrudDescriptor<'member', MemberCreate, MemberUpdate>;

export function memberDescriptor(context: ServiceContext): Descriptor {
  return {
    kind: 'member',
    singular: 'member',
    plural: 'members',
    idParam: 'member_id',
    filters: memberFilters,
    sorts: memberSorts,
    parseCreate: parseMemberCreate,
    parseUpdate: parseMemberUpdate,
    build: (unit, wish, base) => build(context, unit, wish, base),
    change: (unit, row, wish) => change(context, unit, row, wish),
    beforeRemove,
    loadBalancersOf: (reader, row) => servingLoadBalancers(reader, row.poolId),
    toWire: (reader, rows) => withRelations(context, reader, rows, memberToWire),
    sortKeys: (reader, name, rows) => memberSortKeys(context.fleet, reader, { name, rows }),
    related,
    scope: poolOfPath,
  };
}

/** The list over all pools: the path names none, and each record says where it belongs. */
export function anyPoolMemberDescriptor(context: ServiceContext): Descriptor {
  const { scope: _scope, ...descriptor } = memberDescriptor(context);
  return {
    ...descriptor,
    toWire: (reader, rows) => withRelations(context, reader, rows, memberOfAnyPoolToWire),
  };
}

async function poolOfPath(reader: Reader, { params, projectId }: Call) {
  const id = params['pool_id'] ?? '';
  const pool = await findOwned(reader, 'pool', { id, projectId });
  if (pool === null) throw new Refusal(notFound('pool', id.slice(0, 64)));
  return { poolId: [pool.id] };
}

async function build(
  context: ServiceContext,
  unit: Unit,
  wish: MemberCreate,
  base: NewBase,
): Promise<Member> {
  const pool = await requireOwned(unit, 'pool', unit.call.params['pool_id'] ?? '', 'pool');
  const address = valueOf(memberPlace(wish.address, wish.port, context.settings));
  const siblings = await unit.writer.count('member', { where: { poolId: [pool.id] } });
  const member: Member = {
    ...base,
    ...wish,
    description: '',
    address,
    poolId: pool.id,
    joinedAtMs: siblings > 0 ? base.createdAtMs : null,
  };
  refuseIf(
    checkQuota('members_per_pool', siblings, context.settings.quotas),
    checkMemberKind(member, pool),
    checkMemberSubnet(member, context.subnets),
    checkIpTargets([member], await loadBalancersOfPool(unit, pool)),
    checkMemberIsNew(member, await membersAt(unit.writer, member)),
  );
  return member;
}

async function loadBalancersOfPool({ writer }: Unit, pool: Pool) {
  const ids = loadBalancerIdsOf(pool, await listenersOfPools(writer, [pool.id]));
  return writer.list('loadBalancer', { where: { id: ids } });
}

async function change(
  context: ServiceContext,
  { writer }: Unit,
  row: Member,
  wish: MemberUpdate,
): Promise<Member> {
  const changed: Member = { ...row, ...wish };
  valueOf(memberPlace(changed.address, changed.port, context.settings));
  refuseIf(checkMemberIsNew(changed, await membersAt(writer, changed)));
  return changed;
}

/** Members of the same pool in the same place: looked up there, not among all of the pool. */
function membersAt(
  reader: Reader,
  { poolId, address, port }: Pick<Member, 'poolId' | 'address' | 'port'>,
): Promise<readonly Member[]> {
  return reader.list('member', { where: { poolId: [poolId], address: [address], port: [port] } });
}

async function beforeRemove(unit: Unit, row: Member): Promise<void> {
  const pool = await requireOwned(unit, 'pool', row.poolId, 'pool');
  refuseIf(checkMemberProtection(pool, 1));
}

async function withRelations<T>(
  { fleet }: ServiceContext,
  reader: Reader,
  rows: readonly Member[],
  show: (member: Member, relations: MemberRelations) => T,
): Promise<readonly T[]> {
  const poolIds = [...new Set(rows.map(({ poolId }) => poolId))];
  const pools = await reader.list('pool', { where: { id: poolIds } });
  const listeners = await listenersOfPools(reader, poolIds);
  const statuses = await memberStatuses(reader, rows, fleet);
  const relations = new Map(
    pools.map((pool) => [
      pool.id,
      {
        listenerIds: listeners.filter(({ defaultPoolId }) => defaultPoolId === pool.id).map(({ id }) => id),
        loadBalancerIds: loadBalancerIdsOf(pool, listeners),
      },
    ]),
  );
  return rows.map((row) => {
    const { listenerIds = [], loadBalancerIds = [] } = relations.get(row.poolId) ?? {};
    const status = statuses.get(row.id) ?? { operatingStatus: 'UNKNOWN', reason: null, sinceMs: null };
    return show(row, { listenerIds, loadBalancerIds, status });
  });
}

async function related(
  reader: Reader,
  _relation: string,
  values: readonly string[],
): Promise<readonly string[]> {
  const poolIds = await poolIdsOfLoadBalancers(reader, values);
  const members = await reader.list('member', { where: { poolId: poolIds } });
  return members.map(({ id }) => id);
}
