import { type Cascade, parseCascade } from '@elbow/api';
import {
  checkDeletionProtection,
  checkMemberProtection,
  checkPoolHasNoPolicy,
  type Listener,
  type LoadBalancer,
  notFound,
  type Pool,
  type ResourceKind,
} from '@elbow/model';
import type { Row } from '@elbow/store';
import { findOwned } from '../crud/crud.ts';
import { detachPool } from '../pools/pools.ts';
import { policiesOfPools, removePoliciesOf } from '../policies/l7-relations.ts';
import { keepInBin } from './recycle-bin-store.ts';
import { refuseIf, Refusal, valueOf } from '../crud/refusal.ts';
import { listenersOfPools, poolsOfLoadBalancers } from '../crud/relations.ts';
import type { Answer, Call, ServiceContext, Unit } from '../crud/service-context.ts';
import { followListeners } from '../load-balancers/source-addresses.ts';

/** `force-elb`: a load balancer with its listeners, and the pools and members that nothing else uses. */
export function forceDeleteLoadBalancer(context: ServiceContext, call: Call): Promise<Answer> {
  return inUnit(context, call, async (unit) => {
    const row = await required(unit, 'loadBalancer', 'loadbalancer_id', 'loadbalancer');
    await removeLoadBalancer(context, unit, row);
  });
}

/** `delete-cascade`: the same, with a choice about the pools. */
export function cascadeDeleteLoadBalancer(context: ServiceContext, call: Call): Promise<Answer> {
  const cascade = valueOf(parseCascade(call.body));
  return inUnit(context, call, async (unit) => {
    const row = await required(unit, 'loadBalancer', 'loadbalancer_id', 'loadbalancer');
    await removeLoadBalancer(context, unit, row, cascade);
  });
}

/** Takes a load balancer away with all that hangs on it. @throws Refusal when something of it is protected */
export async function removeLoadBalancer(
  context: ServiceContext,
  unit: Unit,
  row: LoadBalancer,
  cascade: Cascade = { removesPools: true },
): Promise<void> {
  refuseIf(checkDeletionProtection(row));
  unit.writer.touch(row.id);
  await keepInBin(context, unit, row);
  await removeTree(unit, row, cascade);
}

async function removeTree(unit: Unit, row: LoadBalancer, { removesPools }: Cascade): Promise<void> {
  const { writer } = unit;
  const listeners = await writer.list('listener', { where: { loadBalancerId: [row.id] } });
  const pools = await poolsOfLoadBalancers(writer, [row.id], listeners);
  for (const { id } of listeners) await removePoliciesOf(writer, id);
  for (const { id } of listeners) await writer.remove('listener', id);
  for (const pool of pools) await (removesPools ? removeOrRelease : release)(unit, pool, row.id);
  await writer.remove('loadBalancer', row.id);
}

/** `force`: a listener with its default pool, unless other listeners use the pool too. */
export function forceDeleteListener(context: ServiceContext, call: Call): Promise<Answer> {
  return inUnit(context, call, async (unit) => {
    const row = await required(unit, 'listener', 'listener_id', 'listener');
    unit.writer.touch(row.loadBalancerId);
    await removePoliciesOf(unit.writer, row.id);
    await unit.writer.remove('listener', row.id);
    const pool = await poolOf(unit, row);
    if (pool !== null && !(await isShared(unit, pool, row.loadBalancerId))) await removePool(unit, pool);
    await followListeners(context, unit.writer, row.loadBalancerId);
  });
}

function poolOf({ writer }: Unit, { defaultPoolId }: Listener): Promise<Pool | null> {
  return defaultPoolId === null ? Promise.resolve(null) : writer.find('pool', defaultPoolId);
}

/** `delete-cascade`: a pool with its members and monitor; listeners that used it have no default pool afterwards. */
export function cascadeDeletePool(context: ServiceContext, call: Call): Promise<Answer> {
  return inUnit(context, call, async (unit) => {
    const row = await required(unit, 'pool', 'pool_id', 'pool');
    for (const listener of await listenersOfPools(unit.writer, [row.id]))
      unit.writer.touch(listener.loadBalancerId);
    await removePool(unit, row);
  });
}

/** What others still use stays; it only stops belonging to the load balancer that goes. */
async function removeOrRelease(unit: Unit, pool: Pool, loadBalancerId: string): Promise<void> {
  return (await isShared(unit, pool, loadBalancerId))
    ? release(unit, pool, loadBalancerId)
    : removePool(unit, pool);
}

async function release({ writer }: Unit, pool: Pool, loadBalancerId: string): Promise<void> {
  if (pool.loadBalancerId !== loadBalancerId) return;
  await writer.update('pool', { ...pool, loadBalancerId: null });
}

/** Whether listeners still use the pool, or it belongs to another load balancer than the one named. */
async function isShared({ writer }: Unit, pool: Pool, loadBalancerId: string): Promise<boolean> {
  const users = [
    ...(await listenersOfPools(writer, [pool.id])),
    ...(await policiesOfPools(writer, [pool.id])),
  ];
  return users.length > 0 || (pool.loadBalancerId !== null && pool.loadBalancerId !== loadBalancerId);
}

async function removePool({ writer }: Unit, pool: Pool): Promise<void> {
  const members = await writer.list('member', { where: { poolId: [pool.id] } });
  refuseIf(
    checkMemberProtection(pool, members.length),
    checkPoolHasNoPolicy(pool.id, await policiesOfPools(writer, [pool.id])),
  );
  await detachPool(writer, pool.id);
  const monitors = await writer.list('healthMonitor', { where: { poolId: [pool.id] } });
  for (const { id } of monitors) await writer.remove('healthMonitor', id);
  for (const { id } of members) await writer.remove('member', id);
  await writer.remove('pool', pool.id);
}

async function inUnit(
  { store }: ServiceContext,
  call: Call,
  work: (unit: Unit) => Promise<void>,
): Promise<Answer> {
  const { revision } = await store.write((writer) => work({ writer, call }));
  return { status: 204, body: null, revision };
}

async function required<K extends ResourceKind>(
  { writer, call }: Unit,
  kind: K,
  param: string,
  type: string,
): Promise<Row<K>> {
  const id = call.params[param] ?? '';
  const row = await findOwned(writer, kind, { id, projectId: call.projectId });
  if (row === null) throw new Refusal(notFound(type, id.slice(0, 64)));
  return row;
}
