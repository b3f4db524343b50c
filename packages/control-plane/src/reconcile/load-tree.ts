import type { LoadBalancerTree } from '@elbow/compiler';
import type { Listener } from '@elbow/model';
import type { Reader } from '@elbow/store';

/** One load balancer with everything it serves, or null when it does not exist. */
export async function loadTree(reader: Reader, loadBalancerId: string): Promise<LoadBalancerTree | null> {
  const [loadBalancer, listeners] = await Promise.all([
    reader.find('loadBalancer', loadBalancerId),
    reader.list('listener', { where: { loadBalancerId: [loadBalancerId] } }),
  ]);
  if (loadBalancer === null) return null;
  const poolIds = different(listeners.map((listener) => listener.defaultPoolId));
  const certificateIds = different(listeners.map(certificateIdOf));
  const [pools, members, certificates] = await Promise.all([
    poolIds.length > 0 ? reader.list('pool', { where: { id: poolIds } }) : [],
    poolIds.length > 0 ? reader.list('member', { where: { poolId: poolIds } }) : [],
    certificateIds.length > 0 ? reader.list('certificate', { where: { id: certificateIds } }) : [],
  ]);
  return { loadBalancer, listeners, pools, members, certificates };
}

/** Ids of all load balancers. */
export async function listLoadBalancerIds(reader: Reader): Promise<readonly string[]> {
  const pageLength = 500;
  const ids: string[] = [];
  for (let marker: string | undefined; ; marker = ids.at(-1)) {
    const query = marker === undefined ? { limit: pageLength } : { limit: pageLength, marker };
    const page = await reader.list('loadBalancer', query);
    ids.push(...page.map((loadBalancer) => loadBalancer.id));
    if (page.length < pageLength) return ids;
  }
}

function certificateIdOf(listener: Listener): string | null {
  return listener.protocol === 'HTTPS' ? listener.certificateId : null;
}

function different(ids: readonly (string | null)[]): readonly string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}
