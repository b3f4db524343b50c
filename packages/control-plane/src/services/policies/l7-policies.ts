import {
  type L7PolicyCreate,
  l7PolicyFilters,
  l7PolicySorts,
  l7PolicyToWire,
  type L7PolicyUpdate,
  type L7RuleCreate,
  parseL7PolicyCreate,
  parseL7PolicyUpdate,
} from '@elbow/api';
import {
  checkAmongPolicies,
  checkL7Policy,
  checkPoolFits,
  checkPoolsPerPolicy,
  checkPriority,
  checkQuota,
  checkRedirectListener,
  invalidField,
  type L7Policy,
  type L7Rule,
  type Listener,
  nextPriority,
  noPriorityLeft,
  poolIdsOf,
} from '@elbow/model';
import type { Reader } from '@elbow/store';
import { type CrudDescriptor, type NewBase, requireOwned } from '../crud/crud.ts';
import { checkRules, checkUnlike } from './l7-rule-set.ts';
import { loadBalancersOfListeners, policiesOfPools, rulesOfPolicies, shadowedAmong } from './l7-relations.ts';
import { refuseIf, Refusal } from '../crud/refusal.ts';
import type { ServiceContext, Unit } from '../crud/service-context.ts';

type Descriptor = CrudDescriptor<'l7Policy', L7PolicyCreate, L7PolicyUpdate>;

/** @param showsRules whether answers show rules as a whole (`display_all_rules`) */
export function l7PolicyDescriptor(context: ServiceContext, showsRules = false): Descriptor {
  // Known to be unlike all others of their listener.
  const unlike = new WeakSet<L7Policy>();
  return {
    kind: 'l7Policy',
    singular: 'l7policy',
    plural: 'l7policies',
    idParam: 'l7policy_id',
    filters: l7PolicyFilters,
    sorts: l7PolicySorts,
    parseCreate: parseL7PolicyCreate,
    parseUpdate: parseL7PolicyUpdate,
    build: async (unit, wish, base) => {
      const policy = await build(context, unit, wish, base);
      unlike.add(policy);
      return policy;
    },
    afterInsert: (unit, row, wish) => insertRules(context, unit, row, wish.rules),
    change: (unit, row, wish) => change(context, unit, row, wish),
    beforeRemove: async ({ writer }, row) => {
      for (const { id } of await rulesOfPolicies(writer, [row])) await writer.remove('l7Rule', id);
    },
    loadBalancersOf: (reader, row) => loadBalancersOfListeners(reader, [row.listenerId]),
    related: async (reader, _relation, values) => (await policiesOfPools(reader, values)).map(({ id }) => id),
    toWire: (reader, rows) => {
      const doubtful = rows.filter((row) => !unlike.has(row));
      return toWire(reader, rows, { doubtful, showsRules });
    },
  };
}

async function build(
  context: ServiceContext,
  unit: Unit,
  wish: L7PolicyCreate,
  base: NewBase,
): Promise<L7Policy> {
  const listener = await requireOwned(unit, 'listener', wish.listenerId, 'listener');
  const used = await unit.writer.count('l7Policy', { where: { listenerId: [listener.id] } });
  refuseIf(checkQuota('l7policies_per_listener', used, context.settings.quotas));
  const { rules, ...attributes } = wish;
  const policy: L7Policy = { ...base, ...attributes, priority: await priorityOf(wish, unit, listener) };
  await checkPolicy(context, unit, { policy, listener });
  await checkRulesOf(context, unit, { policy, listener }, rules);
  return policy;
}

/** A priority means nothing without advanced forwarding; Terraform sends one all the same. */
async function priorityOf(wish: L7PolicyCreate, unit: Unit, listener: Listener): Promise<number> {
  const isAdvanced = listener.isAdvancedForwardingEnabled;
  if (isAdvanced && wish.priority !== null) return wish.priority;
  const others = isAdvanced
    ? await unit.writer.list('l7Policy', { where: { listenerId: [listener.id] } })
    : [];
  const next = nextPriority(wish, others, isAdvanced);
  if (wish.priority === null) {
    if (next === null) throw new Refusal(noPriorityLeft());
    return next;
  }
  if (!isAdvanced && wish.priority !== next && wish.priority !== 0)
    throw new Refusal(priorityNeedsAdvanced());
  return next ?? 1;
}

function priorityNeedsAdvanced() {
  return invalidField(
    'l7policy.priority',
    'needs advanced forwarding (enhance_l7policy_enable of the listener)',
  );
}

async function change(
  context: ServiceContext,
  unit: Unit,
  row: L7Policy,
  { rules, ...attributes }: L7PolicyUpdate,
): Promise<L7Policy> {
  const listener = await requireOwned(unit, 'listener', row.listenerId, 'listener');
  const policy: L7Policy = {
    ...row,
    ...attributes,
    priority: changedPriority(row, attributes.priority, listener),
  };
  const place = { policy, listener };
  await checkPolicy(context, unit, place);
  if (rules !== undefined) await replaceRules(context, unit, place, rules);
  return policy;
}

/** Terraform sends 0 or 1 with every change where there is no advanced forwarding. */
function changedPriority(row: L7Policy, wish: number | undefined, listener: Listener): number {
  if (wish === undefined || listener.isAdvancedForwardingEnabled) return wish ?? row.priority;
  if (wish > 1 && wish !== row.priority) throw new Refusal(priorityNeedsAdvanced());
  return row.priority;
}

/** A policy with what it is judged beside. */
export interface PolicyPlace {
  readonly policy: L7Policy;
  readonly listener: Listener;
}

async function checkPolicy(context: ServiceContext, unit: Unit, { policy, listener }: PolicyPlace) {
  const others = await rivalsOf(unit, policy, listener.isAdvancedForwardingEnabled);
  refuseIf(
    checkL7Policy(policy, listener),
    listener.isAdvancedForwardingEnabled ? checkPriority(policy) : null,
    checkAmongPolicies(policy, others, listener.isAdvancedForwardingEnabled),
    checkPoolsPerPolicy(policy.redirectPools.length, context.settings.quotas.pools_per_l7policy),
  );
  for (const poolId of poolIdsOf(policy)) {
    const pool = await requireOwned(unit, 'pool', poolId, 'pool');
    refuseIf(checkPoolFits(fieldOfPool(policy, poolId), pool, listener));
  }
  if (policy.redirectListenerId === null) return;
  const target = await requireOwned(unit, 'listener', policy.redirectListenerId, 'listener');
  refuseIf(checkRedirectListener(target, listener.loadBalancerId));
}

/** Where a policy names one of its pools. */
function fieldOfPool({ redirectPoolId, redirectPools }: L7Policy, poolId: string): string {
  if (redirectPoolId === poolId) return 'l7policy.redirect_pool_id';
  return redirectPools.some((share) => share.poolId === poolId)
    ? 'l7policy.redirect_pools_config'
    : 'l7policy.redirect_pools_extend_config.traffic_mirror_config.target_ids';
}

/** Other policies of the listener that may be in the way of this one: those of its priority, and of its kind of action. */
async function rivalsOf(
  { writer }: Unit,
  { id, listenerId, priority, action }: L7Policy,
  isAdvanced: boolean,
): Promise<readonly L7Policy[]> {
  // Without advanced forwarding all of them have the same priority, and it means nothing.
  const near = isAdvanced
    ? await writer.list('l7Policy', { where: { listenerId: [listenerId], priority: [priority] } })
    : [];
  const alike =
    action === 'REDIRECT_TO_LISTENER'
      ? await writer.list('l7Policy', { where: { listenerId: [listenerId], action: [action] } })
      : [];
  return [...near, ...alike].filter((other) => other.id !== id);
}

async function checkRulesOf(
  { settings }: ServiceContext,
  unit: Unit,
  { policy, listener }: PolicyPlace,
  rules: readonly L7RuleCreate[],
): Promise<void> {
  checkRules('l7policy.rules', rules, { policy, listener, quotas: settings.quotas });
  await checkUnlike(unit, rules, policy);
}

async function insertRules(
  { newId }: ServiceContext,
  { writer, call }: Unit,
  policy: L7Policy,
  rules: readonly L7RuleCreate[],
): Promise<void> {
  const times = { createdAtMs: policy.createdAtMs, updatedAtMs: policy.createdAtMs };
  const base = { ...times, projectId: call.projectId, name: '', description: '', policyId: policy.id };
  for (const rule of rules) await writer.insert('l7Rule', { ...base, ...rule, id: newId() });
}

async function replaceRules(
  context: ServiceContext,
  unit: Unit,
  place: PolicyPlace,
  rules: readonly L7RuleCreate[],
): Promise<void> {
  await checkRulesOf(context, unit, place, rules);
  for (const { id } of await rulesOfPolicies(unit.writer, [place.policy]))
    await unit.writer.remove('l7Rule', id);
  await insertRules(context, unit, { ...place.policy, createdAtMs: context.nowMs() }, rules);
}

interface Showing {
  /** Those of the rows that others may shadow. */
  readonly doubtful: readonly L7Policy[];
  readonly showsRules: boolean;
}

async function toWire(reader: Reader, rows: readonly L7Policy[], { doubtful, showsRules }: Showing) {
  const rules = Map.groupBy(await rulesOfPolicies(reader, rows), (rule: L7Rule) => rule.policyId);
  const shadowed = await shadowedAmong(reader, doubtful);
  return rows.map((row) =>
    l7PolicyToWire(row, {
      rules: rules.get(row.id) ?? [],
      enterpriseProjectId: '0',
      showsRules,
      isShadowed: shadowed.has(row.id),
    }),
  );
}
