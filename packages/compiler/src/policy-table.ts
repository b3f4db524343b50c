import {
  conditionsOf,
  type L7Policy,
  type L7Rule,
  type Listener,
  orderPolicies,
  poolIdsOf,
  type RuledPolicy,
} from '@elbow/model';
import type { PathCompare, PolicyCondition, PolicyEntry } from '@elbow/plan';
import { made, type Outcome } from './outcome.ts';
import { compileAction, compileEdits, compileLimit } from './policy-action.ts';
import type { ResolvedTree } from './resolve.ts';

/** The policies of listeners that have any, in the order in which requests try them. */
export function compilePolicyTables(tree: ResolvedTree): readonly Outcome[] {
  return tree.listeners.flatMap((listener) => {
    const policies = policiesOf(listener, tree);
    if (policies.length === 0) return [];
    const entries = policies.map((each) => compilePolicy(each, listener, tree));
    return [made({ kind: 'policyTable', id: listener.id, policies: entries })];
  });
}

export function hasPolicies(listener: Listener, tree: ResolvedTree): boolean {
  return policiesOf(listener, tree).length > 0;
}

/** Pools that policies send requests to, those of policies that do nothing included. */
export function poolsOfPolicies(tree: ResolvedTree): ReadonlySet<string> {
  return new Set([...tree.policiesByListener.values()].flat().flatMap(poolIdsOf));
}

/**
 * A policy without rules fits nothing: it waits for its rules. Where a redirect to another listener exists, nothing
 * else of the listener is reached.
 */
function policiesOf(listener: Listener, tree: ResolvedTree): readonly RuledPolicy[] {
  const policies = (tree.policiesByListener.get(listener.id) ?? []).map((policy) => ({
    policy,
    rules: tree.rulesByPolicy.get(policy.id) ?? [],
  }));
  const ordered = orderPolicies(policies, listener.isAdvancedForwardingEnabled);
  const [first] = ordered;
  if (first !== undefined && isEffectiveRedirect(first.policy, tree)) return [first];
  return ordered.filter(({ policy, rules }) => policy.action !== 'REDIRECT_TO_LISTENER' && rules.length > 0);
}

function isEffectiveRedirect({ action, redirectListenerId }: L7Policy, tree: ResolvedTree): boolean {
  return action === 'REDIRECT_TO_LISTENER' && tree.listeners.some(({ id }) => id === redirectListenerId);
}

function compilePolicy({ policy, rules }: RuledPolicy, listener: Listener, tree: ResolvedTree): PolicyEntry {
  return {
    id: policy.id,
    conditions: policy.action === 'REDIRECT_TO_LISTENER' ? [] : rules.map(compileRule),
    action: compileAction(policy, listener, tree),
    limit: compileLimit(policy),
    ...compileEdits(policy),
  };
}

const compares: Readonly<Record<L7Rule['compareType'], PathCompare>> = {
  EQUAL_TO: 'exact',
  STARTS_WITH: 'prefix',
  REGEX: 'regex',
};

function compileRule(rule: L7Rule): PolicyCondition {
  const conditions = conditionsOf(rule);
  const values = conditions.map(({ value }) => value);
  const name = conditions[0]?.key ?? '';
  switch (rule.type) {
    case 'HOST_NAME':
      return { kind: 'host', patterns: values.map((value) => value.toLowerCase()) };
    case 'PATH':
      return { kind: 'path', compare: compares[rule.compareType], values };
    case 'METHOD':
      return { kind: 'method', values };
    case 'HEADER':
      return { kind: 'header', name, patterns: values };
    case 'QUERY_STRING':
      return { kind: 'query', name, patterns: values };
    case 'COOKIE':
      return { kind: 'cookie', name, patterns: values };
    case 'SOURCE_IP':
      return { kind: 'source', entries: values };
  }
}
