import {
  checkRule,
  checkRuleSet,
  conditionsOf,
  duplicatePolicy,
  invalidField,
  type L7Policy,
  type L7Rule,
  type Listener,
  type Settings,
} from '@elbow/model';
import { pathRegexProblem } from '@elbow/traffic';
import { policiesAlike } from './l7-relations.ts';
import { refuseIf, Refusal } from '../crud/refusal.ts';
import type { Unit } from '../crud/service-context.ts';

type RuleBody = Pick<L7Rule, 'type' | 'compareType' | 'key' | 'value' | 'conditions'>;

export interface RulePlace {
  readonly policy: Pick<L7Policy, 'action'>;
  readonly listener: Pick<Listener, 'isAdvancedForwardingEnabled'>;
  readonly quotas: Settings['quotas'];
}

/** All rules that a policy is to have. @param path of the list in the body @throws Refusal */
export function checkRules(
  path: string,
  rules: readonly RuleBody[],
  { policy, listener, quotas }: RulePlace,
): void {
  if (policy.action === 'REDIRECT_TO_LISTENER' && rules.length > 0)
    throw new Refusal(invalidField(path, 'must be empty for REDIRECT_TO_LISTENER'));
  for (const [index, rule] of rules.entries())
    checkOneRule(`${path}[${index}]`, rule, listener.isAdvancedForwardingEnabled);
  refuseIf(checkRuleSet(path, rules, quotas.condition_per_policy));
}

/** @param path of the rule in the body @throws Refusal */
export function checkOneRule(path: string, rule: RuleBody, isAdvanced: boolean): void {
  refuseIf(checkRule(path, rule, isAdvanced));
  if (rule.type !== 'PATH' || rule.compareType !== 'REGEX') return;
  for (const { value } of conditionsOf(rule)) {
    const reason = pathRegexProblem(value);
    if (reason !== null) throw new Refusal(invalidField(`${path}.value`, `is no RE2 expression: ${reason}`));
  }
}

/**
 * No two policies of a listener may fit the same requests by the same rules. A policy whose rules are still to come is
 * like no other.
 * @throws Refusal
 */
export async function checkUnlike(
  { writer }: Unit,
  rules: readonly RuleBody[],
  policy: Pick<L7Policy, 'id' | 'listenerId'>,
): Promise<void> {
  const [like] = await policiesAlike(writer, policy, rules);
  if (like !== undefined) throw new Refusal(duplicatePolicy(like.id));
}
