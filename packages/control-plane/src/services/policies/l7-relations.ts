import {
  type L7Policy,
  type L7Rule,
  orderPolicies,
  ruleKey,
  ruleSetKey,
  shadowedPolicies,
} from '@elbow/model';
import type { Reader, Writer } from '@elbow/store';

/** Policies that name one of the pools, wherever they do so. */
export function policiesOfPools(reader: Reader, poolIds: readonly string[]): Promise<readonly L7Policy[]> {
  return reader.list('l7Policy', { where: { poolIds } });
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

/** Those of the policies that others, tried earlier, keep every request from. */
export async function shadowedAmong(
  reader: Reader,
  policies: readonly L7Policy[],
): Promise<ReadonlySet<string>> {
  const shadowed = new Set<string>();
  for (const policy of policies) {
    const rules = await rulesOfPolicies(reader, [policy]);
    const alike = await policiesAlike(reader, policy, rules);
    if (alike.length === 0) continue;
    const listener = await reader.find('listener', policy.listenerId);
    const ruled = [policy, ...alike].map((one) => ({ policy: one, rules }));
    const [first] = orderPolicies(ruled, listener?.isAdvancedForwardingEnabled ?? false);
    if (first?.policy.id !== policy.id) shadowed.add(policy.id);
  }
  return shadowed;
}

type RuleBody = Parameters<typeof ruleKey>[0];

/** Other policies of the same listener that the same requests fit; none while there are no rules. */
export async function policiesAlike(
  reader: Reader,
  { id, listenerId }: Pick<L7Policy, 'id' | 'listenerId'>,
  rules: readonly RuleBody[],
): Promise<readonly L7Policy[]> {
  const key = await rarestKey(reader, rules);
  if (key === null) return [];
  const sharing = await reader.list('l7Rule', { where: { ruleKey: [key] } });
  const policyIds = new Set(sharing.map(({ policyId }) => policyId));
  policyIds.delete(id);
  const wanted = ruleSetKey(rules);
  const alike: L7Policy[] = [];
  for (const policyId of policyIds) {
    const policy = await reader.find('l7Policy', policyId);
    if (policy === null || policy.listenerId !== listenerId) continue;
    if (ruleSetKey(await rulesOfPolicies(reader, [policy])) === wanted) alike.push(policy);
  }
  return alike;
}

/** The rule that the fewest policies have: whoever has all rules of a set has this one. */
async function rarestKey(reader: Reader, rules: readonly RuleBody[]): Promise<string | null> {
  const keys = [...new Set(rules.map(ruleKey))];
  const counts = await Promise.all(keys.map((key) => reader.count('l7Rule', { where: { ruleKey: [key] } })));
  return keys[counts.indexOf(Math.min(...counts))] ?? null;
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
