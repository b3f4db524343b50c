import {
  listenerFilters,
  listenerSorts,
  listenerToWire,
  parseListenerCreate,
  parseListenerUpdate,
  type ListenerCreate,
  type ListenerUpdate,
} from '@elbow/api';
import {
  applyProtection,
  checkHttp2Suits,
  checkIpTargets,
  checkListenerIsUnused,
  checkListenersPerPool,
  checkLowestPort,
  checkNotAdminAddress,
  checkPoolFits,
  checkPortIsFree,
  checkServesHttp,
  invalidField,
  type Listener,
  mergeTlsHeaders,
  type Pool,
} from '@elbow/model';
import type { Reader } from '@elbow/store';
import { type CrudDescriptor, type NewBase, requireOwned } from '../crud/crud.ts';
import { keepOrder } from '../policies/l7-priorities.ts';
import { checkAccess, checkNoPolicyNeeds, mergeAccess } from './listener-access.ts';
import { refuseIf, Refusal } from '../crud/refusal.ts';
import { checkTlsReferences, partWish, refuseTlsOfPlain } from './listener-tls.ts';
import { listenersOfPools, poolIdsByMemberAddress } from '../crud/relations.ts';
import type { ServiceContext, Unit } from '../crud/service-context.ts';
import { followListeners } from '../load-balancers/source-addresses.ts';
import { listenerRanks } from '../load-balancers/status-ranks.ts';
import { certificateIdsOf } from '../tls/tls-users.ts';

export function listenerDescriptor(
  context: ServiceContext,
): CrudDescriptor<'listener', ListenerCreate, ListenerUpdate> {
  return {
    kind: 'listener',
    singular: 'listener',
    plural: 'listeners',
    idParam: 'listener_id',
    filters: listenerFilters,
    sorts: listenerSorts,
    parseCreate: parseListenerCreate,
    parseUpdate: parseListenerUpdate,
    build: (unit, wish, base) => build(context, unit, wish, base),
    change: (unit, row, wish) => change(context, unit, row, wish),
    afterInsert: ({ writer }, row) => followListeners(context, writer, row.loadBalancerId),
    beforeRemove,
    afterRemove: ({ writer }, row) => followListeners(context, writer, row.loadBalancerId),
    loadBalancersOf: async (_, row) => [row.loadBalancerId],
    toWire,
    sortKeys: async (_reader, _name, rows) => listenerRanks(context.fleet, rows),
    related,
  };
}

async function build(
  context: ServiceContext,
  unit: Unit,
  wish: ListenerCreate,
  base: NewBase,
): Promise<Listener> {
  const loadBalancer = await requireOwned(unit, 'loadBalancer', wish.loadBalancerId, 'loadbalancer');
  const siblings = await unit.writer.list('listener', { where: { loadBalancerId: [loadBalancer.id] } });
  refuseIf(
    checkServesHttp(loadBalancer),
    checkLowestPort(wish.port, context.fleet.capabilities().lowestPort),
    checkNotAdminAddress(wish.port, loadBalancer.vipAddress, context.settings.admin),
    checkPortIsFree(wish, siblings),
  );
  const listener: Listener = { ...base, ...wish, ...applyProtection(wish, {}) };
  await checkReferences(context, unit, listener);
  return listener;
}

async function change(
  context: ServiceContext,
  unit: Unit,
  row: Listener,
  wish: ListenerUpdate,
): Promise<Listener> {
  const changed = merge(row, wish);
  if (row.isAdvancedForwardingEnabled && !changed.isAdvancedForwardingEnabled) {
    throw new Refusal(
      invalidField('listener.enhance_l7policy_enable', 'cannot be switched off once it is on'),
    );
  }
  await checkReferences(context, unit, changed, row);
  if (changed.isAdvancedForwardingEnabled && !row.isAdvancedForwardingEnabled) await keepOrder(unit, row);
  return changed;
}

/** Header switches are merged key by key; what is not said stays. */
function merge(row: Listener, wish: ListenerUpdate): Listener {
  const { tls, others } = partWish(wish);
  const { insertHeaders, accessControl, ...attributes } = others;
  refuseTlsOfPlain(row, tls);
  const shared = {
    ...attributes,
    ...applyProtection(row, wish),
    insertHeaders: {
      ...row.insertHeaders,
      ...insertHeaders,
      tls: mergeTlsHeaders(row.insertHeaders.tls, insertHeaders?.tls ?? {}),
    },
    accessControl: mergeAccess(row.accessControl, accessControl),
  };
  return row.protocol === 'HTTP' ? { ...row, ...shared } : { ...row, ...shared, ...tls };
}

/** What a listener names must exist and fit; what it named before is known to. */
async function checkReferences(
  context: ServiceContext,
  unit: Unit,
  listener: Listener,
  before: Listener | null = null,
): Promise<void> {
  await checkAccess(context, unit, listener, before);
  if (listener.protocol === 'HTTPS') await checkTlsReferences(context, unit, { listener, before });
  if (listener.defaultPoolId === null) return;
  const pool = await requireOwned(unit, 'pool', listener.defaultPoolId, 'pool');
  if (listener.defaultPoolId === before?.defaultPoolId) {
    refuseIf(checkHttp2Suits('listener.http2_enable', pool, listener));
    return;
  }
  refuseIf(checkPoolFits('listener.default_pool_id', pool, listener));
  await checkPoolCanServe(context, unit, listener.loadBalancerId, pool);
}

/** Before a pool gets one more listener, which may be of a load balancer that it had nothing to do with. */
export async function checkPoolCanServe(
  { settings }: ServiceContext,
  unit: Unit,
  loadBalancerId: string,
  pool: Pool,
): Promise<void> {
  const users = await listenersOfPools(unit.writer, [pool.id]);
  const members = await unit.writer.list('member', { where: { poolId: [pool.id] } });
  const loadBalancer = await requireOwned(unit, 'loadBalancer', loadBalancerId, 'loadbalancer');
  refuseIf(
    checkListenersPerPool(pool.id, users.length, settings.quotas.listeners_per_pool),
    checkIpTargets(members, [loadBalancer]),
  );
}

async function beforeRemove(unit: Unit, row: Listener): Promise<void> {
  const { writer } = unit;
  await checkNoPolicyNeeds(unit, row);
  const poolIds = row.defaultPoolId === null ? [] : [row.defaultPoolId];
  refuseIf(checkListenerIsUnused(row, await writer.count('member', { where: { poolId: poolIds } })));
}

async function toWire(reader: Reader, rows: readonly Listener[]) {
  const ids = [...new Set(rows.map(({ loadBalancerId }) => loadBalancerId))];
  const loadBalancers = await reader.list('loadBalancer', { where: { id: ids } });
  return rows.map((row) => {
    const owner = loadBalancers.find(({ id }) => id === row.loadBalancerId);
    return listenerToWire(row, { enterpriseProjectId: owner?.enterpriseProjectId ?? '0' });
  });
}

async function related(
  reader: Reader,
  relation: string,
  values: readonly string[],
): Promise<readonly string[]> {
  if (relation === 'certificate') return listenerIdsByCertificate(reader, values);
  if (relation !== 'memberAddress') return [];
  const listeners = await listenersOfPools(reader, await poolIdsByMemberAddress(reader, values));
  return listeners.map(({ id }) => id);
}

/** Those that name one of the certificates, in whatever role. */
async function listenerIdsByCertificate(
  reader: Reader,
  certificateIds: readonly string[],
): Promise<readonly string[]> {
  const wanted = new Set(certificateIds);
  const listeners = await reader.list('listener', {});
  const users = listeners.filter((listener) => certificateIdsOf(listener).some((id) => wanted.has(id)));
  return users.map(({ id }) => id);
}
