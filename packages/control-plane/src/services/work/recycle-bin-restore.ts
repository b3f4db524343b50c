import {
  checkQuota,
  conflict,
  type LoadBalancer,
  type LoadBalancerSnapshot,
  type Listener,
  type Pool,
  type RecycledLoadBalancer,
} from '@elbow/model';
import type { Writer } from '@elbow/store';
import { refuseIf, Refusal } from '../crud/refusal.ts';
import type { ServiceContext } from '../crud/service-context.ts';
import { sourcesFor } from '../load-balancers/source-addresses.ts';
import { certificateIdsOf } from '../tls/tls-users.ts';

/**
 * Puts a load balancer back with its listeners and policies. Pools that still exist are tied to it again, the others
 * come back with their members.
 * @throws Refusal when something that its listeners need is gone
 */
export async function putBack(
  context: ServiceContext,
  writer: Writer,
  { snapshot, projectId, id }: RecycledLoadBalancer,
): Promise<void> {
  const used = await writer.count('loadBalancer', { projectId });
  refuseIf(checkQuota('loadbalancer', used, context.settings.quotas));
  for (const listener of snapshot.listeners) await checkStillThere(writer, listener);
  await writer.insert('loadBalancer', await withSources(context, writer, snapshot));
  for (const pool of snapshot.pools) await putPoolBack(writer, pool, snapshot);
  for (const listener of snapshot.listeners) await writer.insert('listener', listener);
  for (const policy of snapshot.policies) await writer.insert('l7Policy', policy);
  for (const rule of snapshot.rules) await writer.insert('l7Rule', rule);
  await writer.remove('recycledLoadBalancer', id);
  writer.touch(id);
}

/** Source addresses that others have taken meanwhile are replaced by free ones; a public address is not. */
async function withSources(
  context: ServiceContext,
  writer: Writer,
  { loadBalancer, listeners }: LoadBalancerSnapshot,
): Promise<LoadBalancer> {
  const before = loadBalancer;
  const https = listeners.filter(({ protocol }) => protocol === 'HTTPS').length;
  const publicAddress = before.publicAddress ?? null;
  const others = await writer.list('loadBalancer', {});
  const isTaken = publicAddress !== null && others.some((other) => other.publicAddress === publicAddress);
  return {
    ...before,
    publicAddress: isTaken ? null : publicAddress,
    sourceAddresses: await sourcesFor(context, writer, before, https),
  };
}

/** Certificates, lists and security policies do not go to the bin. */
async function checkStillThere(writer: Writer, listener: Listener): Promise<void> {
  const securityPolicyId = listener.protocol === 'HTTPS' ? listener.securityPolicyId : null;
  for (const id of certificateIdsOf(listener))
    if ((await writer.find('certificate', id)) === null) throw gone(listener, `certificate ${id}`);
  for (const id of listener.accessControl?.ipGroupIds ?? [])
    if ((await writer.find('ipGroup', id)) === null) throw gone(listener, `ipgroup ${id}`);
  if (securityPolicyId !== null && (await writer.find('securityPolicy', securityPolicyId)) === null)
    throw gone(listener, `security policy ${securityPolicyId}`);
}

function gone({ id }: Listener, what: string): Refusal {
  return new Refusal(conflict(`listener ${id} cannot come back: ${what} was deleted`));
}

async function putPoolBack(writer: Writer, pool: Pool, snapshot: LoadBalancerSnapshot): Promise<void> {
  const present = await writer.find('pool', pool.id);
  if (present !== null) {
    if (present.loadBalancerId === null && pool.loadBalancerId === snapshot.loadBalancer.id)
      await writer.update('pool', { ...present, loadBalancerId: pool.loadBalancerId });
    return;
  }
  await writer.insert('pool', await withExistingOwner(writer, pool));
  for (const member of snapshot.members) if (member.poolId === pool.id) await writer.insert('member', member);
  for (const monitor of snapshot.monitors)
    if (monitor.poolId === pool.id) await writer.insert('healthMonitor', monitor);
}

/** A pool may have belonged to yet another load balancer, which can be gone too. */
async function withExistingOwner(writer: Writer, pool: Pool): Promise<Pool> {
  if (pool.loadBalancerId === null || (await writer.find('loadBalancer', pool.loadBalancerId)) !== null)
    return pool;
  return { ...pool, loadBalancerId: null };
}
