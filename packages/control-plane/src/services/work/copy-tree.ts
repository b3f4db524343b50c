import {
  checkQuota,
  type HealthMonitor,
  type L7Policy,
  type L7Rule,
  type Listener,
  type LoadBalancer,
  type Member,
  type Pool,
  poolIdsOf,
  quotaKeyOf,
  type ResourceKind,
} from '@elbow/model';
import type { Reader, Row } from '@elbow/store';
import { rulesOfPolicies } from '../policies/l7-relations.ts';
import { refuseIf } from '../crud/refusal.ts';
import type { ServiceContext, Unit } from '../crud/service-context.ts';

/** Listeners with all that belongs to them. */
export interface ListenerTree {
  readonly listeners: readonly Listener[];
  readonly policies: readonly L7Policy[];
  readonly rules: readonly L7Rule[];
  readonly pools: readonly Pool[];
  readonly members: readonly Member[];
  readonly monitors: readonly HealthMonitor[];
}

export async function readListenerTree(
  reader: Reader,
  listeners: readonly Listener[],
): Promise<ListenerTree> {
  const policies = await reader.list('l7Policy', { where: { listenerId: listeners.map(({ id }) => id) } });
  const used = [...listeners.map(({ defaultPoolId }) => defaultPoolId), ...policies.flatMap(poolIdsOf)];
  const poolIds = [...new Set(used.filter((id) => id !== null))];
  return {
    listeners,
    policies,
    rules: await rulesOfPolicies(reader, policies),
    pools: await reader.list('pool', { where: { id: poolIds } }),
    members: await reader.list('member', { where: { poolId: poolIds } }),
    monitors: await reader.list('healthMonitor', { where: { poolId: poolIds } }),
  };
}

export interface CopyWish {
  readonly context: Pick<ServiceContext, 'newId' | 'nowMs'>;
  readonly target: LoadBalancer;
  /** The copies send to the pools of their sources. */
  readonly reusesPools: boolean;
}

/** The same tree under new ids and for another load balancer. What it refers to outside of itself stays. */
export function copyTree(tree: ListenerTree, { context, target, reusesPools }: CopyWish): ListenerTree {
  const copied: ListenerTree = reusesPools ? { ...tree, pools: [], members: [], monitors: [] } : tree;
  const ids = new Map(
    Object.values(copied)
      .flat()
      .map(({ id }) => [id, context.newId()]),
  );
  const now = context.nowMs();
  const copy = <T extends object>(row: T): T => ({
    ...withIds(row, ids),
    createdAtMs: now,
    updatedAtMs: now,
  });
  return {
    listeners: copied.listeners.map((row) => ({ ...copy(row), loadBalancerId: target.id })),
    policies: copied.policies.map(copy),
    rules: copied.rules.map(copy),
    pools: copied.pools.map((row) => ({ ...copy(row), loadBalancerId: target.id })),
    // Members that come all at once are the first ones of their pool.
    members: copied.members.map((row) => ({ ...copy(row), joinedAtMs: null })),
    monitors: copied.monitors.map(copy),
  };
}

/** A row is a JSON value, and an id that is a whole string in it is a reference. */
function withIds<T extends object>(row: T, ids: ReadonlyMap<string, string>): T {
  const text = JSON.stringify(row, (_key, value: unknown) =>
    typeof value === 'string' ? (ids.get(value) ?? value) : value,
  );
  return JSON.parse(text) as T;
}

/** In an order in which nothing refers to what is not there yet. @throws Refusal when a quota is in the way */
export async function insertCopies(context: ServiceContext, unit: Unit, copies: ListenerTree): Promise<void> {
  await insertAll(context, unit, 'pool', copies.pools);
  await insertAll(context, unit, 'member', copies.members);
  await insertAll(context, unit, 'healthMonitor', copies.monitors);
  await insertAll(context, unit, 'listener', copies.listeners);
  await insertAll(context, unit, 'l7Policy', copies.policies);
  await insertAll(context, unit, 'l7Rule', copies.rules);
}

async function insertAll<K extends ResourceKind>(
  { settings }: ServiceContext,
  { writer, call }: Unit,
  kind: K,
  rows: readonly Row<K>[],
): Promise<void> {
  if (rows.length === 0) return;
  const used = await writer.count(kind, { projectId: call.projectId });
  refuseIf(checkQuota(quotaKeyOf[kind], used + rows.length - 1, settings.quotas));
  for (const row of rows) await writer.insert(kind, row);
}
