import { conditionsOf, type L7CompareType, type L7Policy, type L7Rule } from './l7-policy.ts';

export interface RuledPolicy {
  readonly policy: L7Policy;
  readonly rules: readonly L7Rule[];
}

/**
 * Policies in the order in which a request tries them. A redirect to another listener comes before all others. With
 * advanced forwarding the priority decides. Without, those for the request's host come first, among them exact paths,
 * then prefixes, then expressions, the longer one first; a host without a path is the prefix `/`. Hosts are exact
 * there, so that one list serves all of them.
 */
export function orderPolicies<P extends RuledPolicy>(
  policies: readonly P[],
  isAdvanced: boolean,
): readonly P[] {
  if (isAdvanced) return policies.toSorted((a, b) => comparePolicies(a, b, true));
  // Thousands of them are compared with each other: each is ranked once.
  const ranked = policies.map((ruled) => ({ ruled, rank: basicRank(ruled.rules) }));
  ranked.sort(
    (a, b) =>
      compareTargets(a.ruled, b.ruled) ||
      compareBasic(a.rank, b.rank) ||
      byAge(a.ruled.policy, b.ruled.policy),
  );
  return ranked.map(({ ruled }) => ruled);
}

/** Which of two policies of a listener a request tries first: negative when it is `a`. See {@link orderPolicies}. */
export function comparePolicies(a: RuledPolicy, b: RuledPolicy, isAdvanced: boolean): number {
  const targets = compareTargets(a, b);
  if (targets !== 0) return targets;
  const order = isAdvanced
    ? a.policy.priority - b.policy.priority
    : compareBasic(basicRank(a.rules), basicRank(b.rules));
  return order || byAge(a.policy, b.policy);
}

function compareTargets(a: RuledPolicy, b: RuledPolicy): number {
  return Number(isToListener(b)) - Number(isToListener(a));
}

function isToListener({ policy }: RuledPolicy): boolean {
  return policy.action === 'REDIRECT_TO_LISTENER';
}

const pathOrder: Readonly<Record<L7CompareType, number>> = { EQUAL_TO: 0, STARTS_WITH: 1, REGEX: 2 };

function compareBasic(left: BasicRank, right: BasicRank): number {
  return left.host - right.host || left.kind - right.kind || right.length - left.length;
}

interface BasicRank {
  readonly host: number;
  readonly kind: number;
  readonly length: number;
}

function basicRank(rules: readonly L7Rule[]): BasicRank {
  const host = rules.some(({ type }) => type === 'HOST_NAME') ? 0 : 1;
  const path = rules.find(({ type }) => type === 'PATH');
  if (path === undefined) return { host, kind: pathOrder.STARTS_WITH, length: 1 };
  const lengths = conditionsOf(path).map(({ value }) => value.length);
  return { host, kind: pathOrder[path.compareType], length: Math.max(...lengths) };
}

function byAge(a: L7Policy, b: L7Policy): number {
  if (a.createdAtMs !== b.createdAtMs) return a.createdAtMs - b.createdAtMs;
  return a.id < b.id ? -1 : 1;
}

/**
 * Policies that no request reaches, because one that is tried earlier has the same rules. Rules are added one by one,
 * so two sets may be equal for a while; the later policy is in error until they differ.
 */
export function shadowedPolicies(policies: readonly RuledPolicy[], isAdvanced: boolean): ReadonlySet<string> {
  const seen = new Set<string>();
  const shadowed = new Set<string>();
  for (const { policy, rules } of orderPolicies(policies, isAdvanced)) {
    if (rules.length === 0) continue;
    const key = ruleSetKey(rules);
    if (seen.has(key)) shadowed.add(policy.id);
    seen.add(key);
  }
  return shadowed;
}

/** What decides which requests a rule fits. */
type RuleBody = Pick<L7Rule, 'type' | 'compareType' | 'key' | 'value' | 'conditions'>;

/** The same text for rule sets that the same requests fit, whatever the order in which they were written. */
export function ruleSetKey(rules: readonly RuleBody[]): string {
  return rules.map(ruleKey).toSorted().join('\n');
}

/** The same text for rules that the same requests fit. */
export function ruleKey(rule: RuleBody): string {
  const conditions = conditionsOf(rule);
  const isFolded = rule.type === 'HOST_NAME';
  const values = conditions.map(({ value }) => (isFolded ? value.toLowerCase() : value)).toSorted();
  const key = conditions[0]?.key ?? '';
  return JSON.stringify([
    rule.type,
    rule.compareType,
    rule.type === 'HEADER' ? key.toLowerCase() : key,
    values,
  ]);
}
