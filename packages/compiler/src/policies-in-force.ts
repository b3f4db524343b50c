import { type L7Policy, type L7Rule, type Listener, orderPolicies, type RuledPolicy } from '@elbow/model';
import { byId } from './by-id.ts';
import type { LoadBalancerTree } from './tree.ts';

/** Of each listener that has any: the policies that requests try, in that order, with their rules in a stable one. */
export function policiesInForce(tree: LoadBalancerTree): ReadonlyMap<string, readonly RuledPolicy[]> {
  if (tree.policies.length === 0) return new Map();
  const rules = rulesByPolicy(tree.rules);
  const ruled = tree.policies.map((policy) => ({ policy, rules: rules.get(policy.id) ?? none }));
  const byListener = Map.groupBy(ruled, ({ policy }) => policy.listenerId);
  const inForce = new Map<string, readonly RuledPolicy[]>();
  for (const listener of tree.listeners) {
    const policies = policiesOf(listener, byListener.get(listener.id) ?? [], tree);
    if (policies.length > 0) inForce.set(listener.id, policies);
  }
  return inForce;
}

const none: readonly L7Rule[] = [];

function rulesByPolicy(rules: readonly L7Rule[]): ReadonlyMap<string, readonly L7Rule[]> {
  const byPolicy = Map.groupBy(rules, ({ policyId }) => policyId);
  for (const own of byPolicy.values()) if (own.length > 1) own.sort(byId);
  return byPolicy;
}

/**
 * A policy without rules fits nothing: it waits for its rules. Where a redirect to another listener exists, nothing
 * else of the listener is reached.
 */
function policiesOf(
  { isAdvancedForwardingEnabled }: Listener,
  policies: readonly RuledPolicy[],
  tree: LoadBalancerTree,
): readonly RuledPolicy[] {
  const ordered = orderPolicies(policies, isAdvancedForwardingEnabled);
  const [first] = ordered;
  if (first !== undefined && isEffectiveRedirect(first.policy, tree)) return [first];
  return ordered.filter(({ policy, rules }) => policy.action !== 'REDIRECT_TO_LISTENER' && rules.length > 0);
}

function isEffectiveRedirect({ action, redirectListenerId }: L7Policy, tree: LoadBalancerTree): boolean {
  return action === 'REDIRECT_TO_LISTENER' && tree.listeners.some(({ id }) => id === redirectListenerId);
}
