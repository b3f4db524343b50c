import { CompileMemo, type LoadBalancerTree } from '@elbow/compiler';
import type { Listener } from '@elbow/model';
import type { Reader } from '@elbow/store';
import { certificateIdsOf } from '../services/tls/tls-users.ts';

/**
 * One load balancer with everything it serves, or null when it does not exist.
 * @param memo what was known of it before
 */
export async function loadTree(
  reader: Reader,
  loadBalancerId: string,
  memo: CompileMemo = new CompileMemo(),
): Promise<LoadBalancerTree | null> {
  const [loadBalancer, listeners] = await Promise.all([
    reader.find('loadBalancer', loadBalancerId),
    reader.list('listener', { where: { loadBalancerId: [loadBalancerId] } }),
  ]);
  if (loadBalancer === null) return null;
  const routing = await loadRouting(reader, listeners);
  const { poolIds: named } = memo.poolUsers({ loadBalancer, policies: routing.policies });
  const poolIds = different([...listeners.map(({ defaultPoolId }) => defaultPoolId), ...named]);
  const policyIds = different(listeners.map(securityPolicyIdOf));
  const [pools, members, monitors, securityPolicies] = await Promise.all([
    poolIds.length > 0 ? reader.list('pool', { where: { id: poolIds } }) : [],
    poolIds.length > 0 ? reader.list('member', { where: { poolId: poolIds } }) : [],
    poolIds.length > 0 ? reader.list('healthMonitor', { where: { poolId: poolIds } }) : [],
    policyIds.length > 0 ? reader.list('securityPolicy', { where: { id: policyIds } }) : [],
  ]);
  const certificateIds = different([
    ...listeners.flatMap(certificateIdsOf),
    ...pools.map(({ memberTls }) => memberTls?.caCertificateId ?? null),
  ]);
  const certificates =
    certificateIds.length > 0 ? await reader.list('certificate', { where: { id: certificateIds } }) : [];
  return { loadBalancer, listeners, ...routing, pools, members, monitors, certificates, securityPolicies };
}

/** What decides where requests of these listeners go, and whose they may be. */
async function loadRouting(
  reader: Reader,
  listeners: readonly Listener[],
): Promise<Pick<LoadBalancerTree, 'policies' | 'rules' | 'ipGroups'>> {
  const groupIds = different(listeners.flatMap(({ accessControl }) => accessControl?.ipGroupIds ?? []));
  const [policies, ipGroups] = await Promise.all([
    reader.list('l7Policy', { where: { listenerId: listeners.map(({ id }) => id) } }),
    groupIds.length > 0 ? reader.list('ipGroup', { where: { id: groupIds } }) : [],
  ]);
  const policyIds = policies.map(({ id }) => id);
  const rules = policyIds.length > 0 ? await reader.list('l7Rule', { where: { policyId: policyIds } }) : [];
  return { policies, rules, ipGroups };
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

function securityPolicyIdOf(listener: Listener): string | null {
  return listener.protocol === 'HTTPS' ? listener.securityPolicyId : null;
}

function different(ids: readonly (string | null)[]): readonly string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}
