import {
  parsePoolCreate,
  parsePoolUpdate,
  poolFilters,
  poolSorts,
  poolToWire,
  type PoolCreate,
  type PoolUpdate,
} from '@elbow/api';
import {
  applyProtection,
  checkBalancing,
  checkMembersSuitType,
  checkPoolFits,
  checkPoolHasNoPolicy,
  checkPoolIsUnused,
  checkPoolType,
  checkPoolTypeChange,
  conflict,
  type Listener,
  type Pool,
  poolIdsOf,
} from '@elbow/model';
import type { Reader, Writer } from '@elbow/store';
import { type CrudDescriptor, type NewBase, requireOwned } from '../crud/crud.ts';
import { checkPoolCanServe } from '../listeners/listeners.ts';
import { policiesOfPools } from '../policies/l7-relations.ts';
import { poolRanks } from './member-sort-keys.ts';
import { memberStatuses } from './member-statuses.ts';
import { refuseIf } from '../crud/refusal.ts';
import {
  listenersOfPools,
  loadBalancerIdsOf,
  poolIdsByMemberAddress,
  servingLoadBalancers,
} from '../crud/relations.ts';
import { textOf } from '../crud/search-rows.ts';
import type { ServiceContext, Unit } from '../crud/service-context.ts';

export function poolDescriptor(context: ServiceContext): CrudDescriptor<'pool', PoolCreate, PoolUpdate> {
  return {
    kind: 'pool',
    singular: 'pool',
    plural: 'pools',
    idParam: 'pool_id',
    filters: poolFilters,
    sorts: poolSorts,
    parseCreate: parsePoolCreate,
    parseUpdate: parsePoolUpdate,
    build,
    afterInsert: (unit, row, wish) => becomeDefaultPool(context, unit, row, wish),
    change,
    beforeRemove,
    loadBalancersOf: (reader, row) => servingLoadBalancers(reader, row.id),
    toWire,
    related: (reader, relation, values) => related(context, reader, relation, values),
    searchTexts: memberTexts,
    sortKeys: (reader, _name, rows) => poolRanks(context.fleet, reader, rows),
  };
}

async function build(unit: Unit, wish: PoolCreate, base: NewBase): Promise<Pool> {
  const { listenerId: _listenerId, ...attributes } = wish;
  refuseIf(checkPoolType(wish), checkBalancing(wish));
  if (wish.loadBalancerId !== null)
    await requireOwned(unit, 'loadBalancer', wish.loadBalancerId, 'loadbalancer');
  const extras = { memberTls: null, passiveEjection: null };
  return { ...base, ...attributes, ...extras, ...applyProtection(wish, {}), enterpriseProjectId: '0' };
}

async function becomeDefaultPool(
  context: ServiceContext,
  unit: Unit,
  pool: Pool,
  { listenerId }: PoolCreate,
): Promise<void> {
  if (listenerId === null) return;
  const listener = await requireOwned(unit, 'listener', listenerId, 'listener');
  refuseIf(checkHasNoPool(listener), checkPoolFits('pool.protocol', pool, listener));
  await checkPoolCanServe(context, unit, listener.loadBalancerId, pool);
  await unit.writer.update('listener', {
    ...listener,
    defaultPoolId: pool.id,
    updatedAtMs: pool.createdAtMs,
  });
}

function checkHasNoPool({ id, defaultPoolId }: Listener) {
  return defaultPoolId === null ? null : conflict(`listener ${id} already has default pool ${defaultPoolId}`);
}

async function change({ writer }: Unit, row: Pool, wish: PoolUpdate): Promise<Pool> {
  const changed: Pool = { ...row, ...wish, ...applyProtection(row, wish) };
  const members = await writer.list('member', { where: { poolId: [row.id] } });
  refuseIf(
    checkPoolTypeChange(row, changed),
    checkPoolType(changed),
    checkBalancing(changed),
    checkMembersSuitType(changed.type, members),
  );
  return changed;
}

async function beforeRemove({ writer }: Unit, row: Pool): Promise<void> {
  const members = await writer.count('member', { where: { poolId: [row.id] } });
  const monitors = await writer.list('healthMonitor', { where: { poolId: [row.id] } });
  refuseIf(
    checkPoolIsUnused(row.id, { members, monitorIds: monitors.map(({ id }) => id) }),
    checkPoolHasNoPolicy(row.id, await policiesOfPools(writer, [row.id])),
  );
  await detachPool(writer, row.id);
}

/** Listeners that used the pool answer 503 from now on. */
export async function detachPool(writer: Writer, poolId: string): Promise<void> {
  for (const listener of await listenersOfPools(writer, [poolId])) {
    await writer.update('listener', { ...listener, defaultPoolId: null });
  }
}

async function toWire(reader: Reader, rows: readonly Pool[]) {
  const ids = rows.map(({ id }) => id);
  const listeners = await listenersOfPools(reader, ids);
  const members = await reader.list('member', { where: { poolId: ids } });
  const monitors = await reader.list('healthMonitor', { where: { poolId: ids } });
  const monitorByPool = new Map(monitors.map(({ id, poolId }) => [poolId, id]));
  const membersByPool = Map.groupBy(members, ({ poolId }) => poolId);
  return rows.map((row) =>
    poolToWire(row, {
      listenerIds: listeners.filter(({ defaultPoolId }) => defaultPoolId === row.id).map(({ id }) => id),
      loadBalancerIds: loadBalancerIdsOf(row, listeners),
      healthMonitorId: monitorByPool.get(row.id) ?? null,
      memberIds: (membersByPool.get(row.id) ?? []).map(({ id }) => id),
    }),
  );
}

/** A pool is also known by its members. */
async function memberTexts(reader: Reader, rows: readonly Pool[]): Promise<ReadonlyMap<string, string>> {
  const members = await reader.list('member', { where: { poolId: rows.map(({ id }) => id) } });
  const byPool = Map.groupBy(members, ({ poolId }) => poolId);
  return new Map([...byPool].map(([id, own]) => [id, own.map((member) => textOf({ ...member })).join('\n')]));
}

async function related(
  context: ServiceContext,
  reader: Reader,
  relation: string,
  values: readonly string[],
): Promise<readonly string[]> {
  switch (relation) {
    case 'memberStatus':
      return poolIdsByMemberStatus(context, reader, values);
    case 'memberAddress':
      return poolIdsByMemberAddress(reader, values);
    case 'listener':
      return defaultPoolsOf(await reader.list('listener', { where: { id: values } }));
    case 'loadBalancer':
      return poolIdsOfLoadBalancers(reader, values);
    case 'servingLoadBalancer':
      return poolIdsServing(reader, values);
    default:
      return [];
  }
}

export async function poolIdsOfLoadBalancers(
  reader: Reader,
  ids: readonly string[],
): Promise<readonly string[]> {
  const own = await reader.list('pool', { where: { loadBalancerId: ids } });
  const used = defaultPoolsOf(await reader.list('listener', { where: { loadBalancerId: ids } }));
  return [...own.map(({ id }) => id), ...used];
}

/** Those that policies of the load balancers send requests to as well. */
async function poolIdsServing(
  reader: Reader,
  loadBalancerIds: readonly string[],
): Promise<readonly string[]> {
  const listeners = await reader.list('listener', { where: { loadBalancerId: loadBalancerIds } });
  const policies = await reader.list('l7Policy', { where: { listenerId: listeners.map(({ id }) => id) } });
  return [...(await poolIdsOfLoadBalancers(reader, loadBalancerIds)), ...policies.flatMap(poolIdsOf)];
}

/** Pools with at least one member of one of these states. */
async function poolIdsByMemberStatus(
  { fleet }: ServiceContext,
  reader: Reader,
  states: readonly string[],
): Promise<readonly string[]> {
  const members = await reader.list('member', {});
  const statuses = await memberStatuses(reader, members, fleet);
  const found = members.filter(({ id }) => states.includes(statuses.get(id)?.operatingStatus ?? ''));
  return [...new Set(found.map(({ poolId }) => poolId))];
}

function defaultPoolsOf(listeners: readonly Listener[]): readonly string[] {
  return listeners.map(({ defaultPoolId }) => defaultPoolId).filter((id) => id !== null);
}
