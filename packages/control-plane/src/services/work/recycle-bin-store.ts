import {
  defaultRecycleBin,
  isKeptOnDelete,
  type LoadBalancer,
  type LoadBalancerSnapshot,
  poolIdsOf,
  type RecycleBin,
  recycledUntilMs,
  type RecycledLoadBalancer,
} from '@elbow/model';
import type { Reader, Writer } from '@elbow/store';
import { rulesOfPolicies } from '../policies/l7-relations.ts';
import type { ServiceContext, Unit } from '../crud/service-context.ts';

/** How the bin of a project is set. */
export async function readRecycleBin(reader: Reader, projectId: string): Promise<RecycleBin> {
  const stored = (await reader.document(binKey(projectId))) as Partial<RecycleBin> | null;
  return { ...defaultRecycleBin, ...stored };
}

export function writeRecycleBin(writer: Writer, projectId: string, bin: RecycleBin): Promise<void> {
  return writer.putDocument(binKey(projectId), bin);
}

function binKey(projectId: string): string {
  return `recycle-bin:${projectId}`;
}

/** What lies in the bin and has not run out. */
export async function recycledOf(
  reader: Reader,
  nowMs: number,
  projectId?: string,
): Promise<readonly RecycledLoadBalancer[]> {
  const rows = await reader.list('recycledLoadBalancer', projectId === undefined ? {} : { projectId });
  return rows.filter(({ expiresAtMs }) => expiresAtMs > nowMs);
}

/** Addresses that load balancers in any bin would have again. */
export async function recycledAddresses(reader: Reader, nowMs: number): Promise<readonly string[]> {
  const rows = await recycledOf(reader, nowMs);
  return rows.map(({ snapshot }) => snapshot.loadBalancer.vipAddress).filter((address) => address !== null);
}

/**
 * Before a load balancer goes: keeps what it is, where the bin of its project wants it.
 * @returns whether it lies in the bin now
 */
export async function keepInBin(
  { nowMs }: Pick<ServiceContext, 'nowMs'>,
  { writer, call }: Unit,
  row: LoadBalancer,
): Promise<boolean> {
  const now = nowMs();
  const bin = await readRecycleBin(writer, call.projectId);
  if (!isKeptOnDelete(bin, row, now)) return false;
  await forgetExpired(writer, now);
  await writer.insert('recycledLoadBalancer', {
    id: row.id,
    projectId: row.projectId,
    name: row.name,
    description: row.description,
    createdAtMs: now,
    updatedAtMs: now,
    snapshot: await takeSnapshot(writer, row),
    expiresAtMs: recycledUntilMs(bin, now),
  });
  return true;
}

/** Nobody sees them any more; they only take up room. */
async function forgetExpired(writer: Writer, nowMs: number): Promise<void> {
  const rows = await writer.list('recycledLoadBalancer', {});
  for (const { id } of rows.filter(({ expiresAtMs }) => expiresAtMs <= nowMs))
    await writer.remove('recycledLoadBalancer', id);
}

async function takeSnapshot(reader: Reader, loadBalancer: LoadBalancer): Promise<LoadBalancerSnapshot> {
  const listeners = await reader.list('listener', { where: { loadBalancerId: [loadBalancer.id] } });
  const policies = await reader.list('l7Policy', { where: { listenerId: listeners.map(({ id }) => id) } });
  const used = [...listeners.map(({ defaultPoolId }) => defaultPoolId), ...policies.flatMap(poolIdsOf)];
  const own = await reader.list('pool', { where: { loadBalancerId: [loadBalancer.id] } });
  const others = await reader.list('pool', { where: { id: used.filter((id) => id !== null) } });
  const pools = [...new Map([...own, ...others].map((pool) => [pool.id, pool])).values()];
  const poolIds = pools.map(({ id }) => id);
  return {
    loadBalancer,
    listeners,
    policies,
    rules: await rulesOfPolicies(reader, policies),
    pools,
    members: await reader.list('member', { where: { poolId: poolIds } }),
    monitors: await reader.list('healthMonitor', { where: { poolId: poolIds } }),
  };
}
