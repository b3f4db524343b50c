import { conditionsOf, type L7Rule, type Listener, type RuledPolicy } from '@elbow/model';
import type { PathCompare, PolicyCondition, PolicyEntry } from '@elbow/plan';
import { compileAction, compileEdits, compileLimit } from './policy-action.ts';
import type { ResolvedTree } from './resolve.ts';

export function compilePolicy(
  { policy, rules }: RuledPolicy,
  listener: Listener,
  tree: ResolvedTree,
): PolicyEntry {
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
