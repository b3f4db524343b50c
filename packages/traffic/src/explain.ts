import type { PolicyCondition } from '@elbow/plan';
import { type DecidableRequest, decide, type Decision, type RouteTable } from './decide.ts';
import type { CompiledCondition } from './route/condition.ts';
import type { Policy } from './route/policy.ts';
import { RequestFacts } from './route/request-facts.ts';

/** One condition of a policy that was looked at. */
export interface ConditionTrace {
  readonly kind: PolicyCondition['kind'];
  /** Of a header, parameter or cookie; `''` for the others. */
  readonly name: string;
  readonly expected: readonly string[];
  /** What the request has there, a value for each occurrence. */
  readonly seen: readonly string[];
  readonly holds: boolean;
}

export interface PolicyTrace {
  readonly policyId: string;
  readonly conditions: readonly ConditionTrace[];
  readonly holds: boolean;
}

export interface Explanation {
  readonly decision: Decision;
  /** Every policy up to the one that is carried out, in their order. */
  readonly tried: readonly PolicyTrace[];
}

/** What {@link decide} says about a request, and why: it is asked itself, and every policy before its answer is shown. */
export function explain(
  table: RouteTable & { readonly policies: { readonly policies: readonly Policy[] } | null },
  request: DecidableRequest,
): Explanation {
  const decision = decide(table, request);
  const facts = new RequestFacts(request);
  const all = table.policies?.policies ?? [];
  const tried = facts.hasSafePath ? all.slice(0, (decision.policy?.order ?? all.length) + 1) : [];
  return { decision, tried: tried.map((policy) => tracePolicy(policy, facts)) };
}

function tracePolicy({ entry, conditions }: Policy, facts: RequestFacts): PolicyTrace {
  const traces = conditions.map((condition) => traceCondition(condition, facts));
  return { policyId: entry.id, conditions: traces, holds: traces.every((trace) => trace.holds) };
}

function traceCondition({ condition, holds }: CompiledCondition, facts: RequestFacts): ConditionTrace {
  const name = 'name' in condition ? condition.name : '';
  return {
    kind: condition.kind,
    name,
    expected: expectedOf(condition),
    seen: seenBy(condition, facts),
    holds: holds(facts),
  };
}

function expectedOf(condition: PolicyCondition): readonly string[] {
  if ('patterns' in condition) return condition.patterns;
  return 'values' in condition ? condition.values : condition.entries;
}

function seenBy(condition: PolicyCondition, facts: RequestFacts): readonly string[] {
  const seen: string[] = [];
  const note = (value: string): boolean => {
    seen.push(value);
    return false;
  };
  switch (condition.kind) {
    case 'host':
      return [facts.host];
    case 'path':
      return [facts.path];
    case 'method':
      return [facts.method];
    case 'source':
      return [facts.address];
    case 'header':
      facts.someField(condition.name.toLowerCase(), note);
      return seen;
    case 'query':
      facts.someParameter(condition.name, note);
      return seen;
    case 'cookie':
      facts.someCookie(condition.name, note);
      return seen;
  }
}
