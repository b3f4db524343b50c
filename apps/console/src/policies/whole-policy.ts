import type { L7PolicyWire, L7RuleWire } from '@elbow/api';
import { orderPolicies, type RuledPolicy, ruleSetKey } from '@elbow/model';

export type WholePolicy = Omit<L7PolicyWire, 'rules'> & { readonly rules: readonly L7RuleWire[] };

/** In the order in which a request tries them, by the server's own rule. */
export function inOrder(policies: readonly WholePolicy[], isAdvanced: boolean): readonly WholePolicy[] {
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  return orderPolicies(policies.map(ruledOf), isAdvanced).flatMap(({ policy }) => byId.get(policy.id) ?? []);
}

/** Of policies that an earlier one with the same conditions leaves nothing for: that earlier one, by their id. */
export function shadowsOf(ordered: readonly WholePolicy[]): ReadonlyMap<string, WholePolicy> {
  const firstByKey = new Map<string, WholePolicy>();
  const shadows = new Map<string, WholePolicy>();
  for (const policy of ordered) {
    if (policy.rules.length === 0) continue;
    const key = ruleSetKey(ruledOf(policy).rules);
    const first = firstByKey.get(key);
    if (first === undefined) firstByKey.set(key, policy);
    else shadows.set(policy.id, first);
  }
  return shadows;
}

/** What order and conditions depend on, as the rules of the model know it. */
function ruledOf(wire: WholePolicy): RuledPolicy {
  const { id, action, priority, created_at: created } = wire;
  const policy = { id, action, priority, createdAtMs: Date.parse(`${created}`) };
  const rules = wire.rules.map((rule) => ({ ...rule, compareType: rule.compare_type }));
  return { policy, rules } as unknown as RuledPolicy;
}

/** `redirect_pools_config`, or the one group that older clients name. */
export function poolShares({ redirect_pools_config: pools, redirect_pool_id: single }: WholePolicy) {
  if (pools.length > 0) return pools;
  return single === null ? [] : [{ pool_id: single, weight: 1 }];
}

/** Of each weight, in percent with at most one digit behind the point. */
export function percentOf(weight: number, all: readonly number[]): string {
  const sum = all.reduce((total, one) => total + one, 0);
  return sum === 0 ? '0' : String(Math.round((weight / sum) * 1000) / 10);
}
