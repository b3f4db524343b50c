import { type L7Policy, type L7Rule, poolIdsOf, shadowedPolicies } from '@elbow/model';
import type { Reader, Writer } from '@elbow/store';

/** Who refers to whom around policies. A policy names its pools in several places, so they are read and looked through. */
export async function policiesOfPools(
  reader: Reader,
  poolIds: readonly string[],
): Promise<readonly L7Policy[]> {
  const policies = await reader.list('l7Policy', {});
  return policies.filter((policy) => poolIdsOf(policy).some((id) => poolIds.includes(id)));
}

export async function rulesOfPolicies(
  reader: Reader,
  policies: readonly Pick<L7Policy, 'id'>[],
): Promise<readonly L7Rule[]> {
  if (policies.length === 0) return [];
  return reader.list('l7Rule', { where: { policyId: policies.map(({ id }) => id) } });
}

export async function loadBalancersOfListeners(
  reader: Reader,
  listenerIds: readonly string[],
): Promise<readonly string[]> {
  if (listenerIds.length === 0) return [];
  const listeners = await reader.list('listener', { where: { id: [...new Set(listenerIds)] } });
  return listeners.map(({ loadBalancerId }) => loadBalancerId);
}

/** Policies of these listeners that others, tried earlier, keep every request from. */
export async function shadowedOfListeners(
  reader: Reader,
  listenerIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (listenerIds.length === 0) return new Set();
  const listeners = await reader.list('listener', { where: { id: [...new Set(listenerIds)] } });
  const policies = await reader.list('l7Policy', { where: { listenerId: listeners.map(({ id }) => id) } });
  const rules = Map.groupBy(await rulesOfPolicies(reader, policies), ({ policyId }) => policyId);
  const shadowed = listeners.flatMap(({ id, isAdvancedForwardingEnabled }) => {
    const own = policies.filter(({ listenerId }) => listenerId === id);
    const ruled = own.map((policy) => ({ policy, rules: rules.get(policy.id) ?? [] }));
    return [...shadowedPolicies(ruled, isAdvancedForwardingEnabled)];
  });
  return new Set(shadowed);
}

/** The policies of a listener, with their rules. */
export async function removePoliciesOf(writer: Writer, listenerId: string): Promise<void> {
  for (const policy of await writer.list('l7Policy', { where: { listenerId: [listenerId] } }))
    await removePolicy(writer, policy);
  // Others lead to it; they go too, as there is nothing left that they could mean.
  for (const policy of await writer.list('l7Policy', { where: { redirectListenerId: [listenerId] } }))
    await removePolicy(writer, policy);
}

async function removePolicy(writer: Writer, policy: L7Policy): Promise<void> {
  for (const { id } of await rulesOfPolicies(writer, [policy])) await writer.remove('l7Rule', id);
  await writer.remove('l7Policy', policy.id);
}
