import {
  type L7RuleCreate,
  l7RuleFilters,
  l7RuleSorts,
  l7RuleOfAnyPolicyToWire,
  l7RuleToWire,
  type L7RuleUpdate,
  parseL7RuleCreate,
  parseL7RuleUpdate,
} from '@elbow/api';
import { type L7Policy, type L7Rule, notFound } from '@elbow/model';
import type { Reader } from '@elbow/store';
import { type CrudDescriptor, findOwned, type NewBase, requireOwned } from '../crud/crud.ts';
import { checkOneRule, checkRules } from './l7-rule-set.ts';
import { loadBalancersOfListeners, rulesOfPolicies } from './l7-relations.ts';
import { Refusal } from '../crud/refusal.ts';
import type { Call, ServiceContext, Unit } from '../crud/service-context.ts';

type Descriptor = CrudDescriptor<'l7Rule', L7RuleCreate, L7RuleUpdate>;

export function l7RuleDescriptor(context: ServiceContext): Descriptor {
  return {
    kind: 'l7Rule',
    singular: 'rule',
    plural: 'rules',
    idParam: 'l7rule_id',
    filters: l7RuleFilters,
    sorts: l7RuleSorts,
    parseCreate: parseL7RuleCreate,
    parseUpdate: parseL7RuleUpdate,
    build: (unit, wish, base) => build(context, unit, wish, base),
    change: (unit, row, wish) => change(context, unit, row, wish),
    beforeRemove: async () => {},
    loadBalancersOf,
    toWire: async (_, rows) => rows.map(l7RuleToWire),
    scope: policyOfPath,
  };
}

/** The list over all policies. */
export function anyPolicyRuleDescriptor(context: ServiceContext): Descriptor {
  const { scope: _scope, ...descriptor } = l7RuleDescriptor(context);
  return { ...descriptor, toWire: async (_, rows) => rows.map(l7RuleOfAnyPolicyToWire) };
}

async function policyOfPath(reader: Reader, { params, projectId }: Call) {
  const id = params['l7policy_id'] ?? '';
  const policy = await findOwned(reader, 'l7Policy', { id, projectId });
  if (policy === null) throw new Refusal(notFound('l7policy', id.slice(0, 64)));
  return { policyId: [policy.id] };
}

async function build(
  context: ServiceContext,
  unit: Unit,
  wish: L7RuleCreate,
  base: NewBase,
): Promise<L7Rule> {
  const policy = await requireOwned(unit, 'l7Policy', unit.call.params['l7policy_id'] ?? '', 'l7policy');
  const rule: L7Rule = { ...base, ...wish, name: '', description: '', policyId: policy.id };
  await checkAmongRules(context, unit, policy, rule);
  return rule;
}

async function change(context: ServiceContext, unit: Unit, row: L7Rule, wish: L7RuleUpdate): Promise<L7Rule> {
  const policy = await requireOwned(unit, 'l7Policy', row.policyId, 'l7policy');
  const rule: L7Rule = { ...row, ...wish };
  await checkAmongRules(context, unit, policy, rule);
  return rule;
}

/**
 * A rule by itself first, so that a complaint names its fields; then the set that it becomes part of. A set may be that
 * of another policy for a while: the next rule can make them differ.
 */
async function checkAmongRules(
  { settings }: ServiceContext,
  unit: Unit,
  policy: L7Policy,
  rule: L7Rule,
): Promise<void> {
  const { writer } = unit;
  const listener = await requireOwned(unit, 'listener', policy.listenerId, 'listener');
  checkOneRule('rule', rule, listener.isAdvancedForwardingEnabled);
  const siblings = (await rulesOfPolicies(writer, [policy])).filter(({ id }) => id !== rule.id);
  const rules = [...siblings, rule];
  checkRules('rule', rules, { policy, listener, quotas: settings.quotas });
}

async function loadBalancersOf(reader: Reader, row: L7Rule): Promise<readonly string[]> {
  const policy = await reader.find('l7Policy', row.policyId);
  return policy === null ? [] : loadBalancersOfListeners(reader, [policy.listenerId]);
}
