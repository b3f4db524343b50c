import {
  comparePolicies,
  type L7Policy,
  type L7Rule,
  type Listener,
  orderPolicies,
  type Pool,
  poolIdsOf,
  type RuledPolicy,
} from '@elbow/model';
import type { PolicyEntry } from '@elbow/plan';
import { byId } from './by-id.ts';
import { changedRows } from './changed-rows.ts';
import type { LoadBalancerTree } from './tree.ts';

/** A policy with its rules in a stable order, and what was made of it. */
export interface KnownPolicy extends RuledPolicy {
  /** False while it fits no request: it waits for its rules. */
  readonly isTried: boolean;
  /** Of its id, as good as random: says where a table is cut. */
  readonly cut: number;
  /** What a node is told; null: nothing was made, or it was made among other pools. */
  entry: PolicyEntry | null;
}

/** The policies of one listener in the order in which requests try them. */
interface PolicyList {
  readonly isAdvanced: boolean;
  readonly protocol: Listener['protocol'] | undefined;
  readonly policies: readonly KnownPolicy[];
}

/**
 * The policies of one load balancer, listener by listener. It is brought from tree to tree by the rows that differ:
 * a listener may have ten thousand policies, and mostly one of them is new.
 */
export class PolicyLists {
  private policies: readonly L7Policy[] = [];
  private rules: readonly L7Rule[] = [];
  private pools: readonly Pool[] = [];
  private readonly policyById = new Map<string, L7Policy>();
  private readonly rulesByPolicy = new Map<string, readonly L7Rule[]>();
  private readonly knownById = new Map<string, KnownPolicy>();
  private readonly listByListener = new Map<string, PolicyList>();

  /** Brings this to what the tree says. One that threw is not to be used again. */
  update(tree: LoadBalancerTree): void {
    const stale = new Set([...this.takeRules(tree.rules), ...this.takePolicies(tree.policies)]);
    const gone = Map.groupBy(this.forget(stale), ({ policy }) => policy.listenerId);
    const fresh = Map.groupBy(this.know(stale), ({ policy }) => policy.listenerId);
    const listeners = new Map(tree.listeners.map((listener) => [listener.id, listener]));
    for (const id of new Set([...gone.keys(), ...fresh.keys()]))
      this.renew(id, { gone: gone.get(id) ?? none, fresh: fresh.get(id) ?? none }, listeners.get(id));
    for (const [id, list] of this.listByListener) this.followListener(id, list, listeners.get(id));
    this.followPools(tree.pools);
  }

  /**
   * What requests of a listener try, in that order. Where a redirect to another listener exists, nothing else of the
   * listener is reached.
   */
  inForce({ id }: Listener, listeners: readonly Listener[]): readonly KnownPolicy[] {
    const policies = this.listByListener.get(id)?.policies ?? none;
    const [first] = policies;
    if (first !== undefined && isEffectiveRedirect(first.policy, listeners)) return [first];
    return policies.every(isTried) ? policies : policies.filter(isTried);
  }

  /** True when {@link inForce} has any. */
  isAnyInForce({ id }: Listener, listeners: readonly Listener[]): boolean {
    const policies = this.listByListener.get(id)?.policies ?? none;
    const [first] = policies;
    if (first === undefined) return false;
    return isEffectiveRedirect(first.policy, listeners) || policies.some(isTried);
  }

  /** @returns ids of the policies that came, went, or are others */
  private takePolicies(policies: readonly L7Policy[]): Iterable<string> {
    const { removed, added } = changedRows(this.policies, policies);
    this.policies = policies;
    for (const { id } of removed) this.policyById.delete(id);
    for (const policy of added) this.policyById.set(policy.id, policy);
    return [...removed, ...added].map(({ id }) => id);
  }

  /** @returns ids of the policies with other rules than before */
  private takeRules(rules: readonly L7Rule[]): Iterable<string> {
    const { removed, added } = changedRows(this.rules, rules);
    this.rules = rules;
    const known = this.rulesByPolicy;
    for (const rule of removed) {
      const rest = known.get(rule.policyId)?.filter((other) => other !== rule) ?? [];
      if (rest.length > 0) known.set(rule.policyId, rest);
      else known.delete(rule.policyId);
    }
    for (const rule of added)
      known.set(rule.policyId, [...(known.get(rule.policyId) ?? []), rule].sort(byId));
    return [...removed, ...added].map(({ policyId }) => policyId);
  }

  private forget(ids: ReadonlySet<string>): readonly KnownPolicy[] {
    const known = [...ids].flatMap((id) => this.knownById.get(id) ?? []);
    for (const { policy } of known) this.knownById.delete(policy.id);
    return known;
  }

  /** @returns those of the policies that are there */
  private know(ids: Iterable<string>): readonly KnownPolicy[] {
    const policies = [...ids].flatMap((id) => this.policyById.get(id) ?? []);
    return policies.map((policy) => {
      const rules = this.rulesByPolicy.get(policy.id) ?? [];
      const isTried = rules.length > 0 && policy.action !== 'REDIRECT_TO_LISTENER';
      const known = { policy, rules, isTried, cut: cutOf(policy.id), entry: null };
      this.knownById.set(policy.id, known);
      return known;
    });
  }

  private renew(listenerId: string, exchange: Exchange, listener: Listener | undefined): void {
    const before = this.listByListener.get(listenerId);
    const isAdvanced = before?.isAdvanced ?? listener?.isAdvancedForwardingEnabled ?? false;
    const protocol = before?.protocol ?? listener?.protocol;
    const policies = exchanged(before?.policies ?? none, exchange, isAdvanced);
    if (policies.length === 0) this.listByListener.delete(listenerId);
    else this.listByListener.set(listenerId, { isAdvanced, protocol, policies });
  }

  /** Another kind of listener has them in another order, and may send requests to other pools. */
  private followListener(id: string, list: PolicyList, listener: Listener | undefined): void {
    const { isAdvancedForwardingEnabled: isAdvanced = false, protocol } = listener ?? {};
    if (isAdvanced === list.isAdvanced && protocol === list.protocol) return;
    const fresh = this.know(list.policies.map(({ policy }) => policy.id));
    this.listByListener.set(id, { isAdvanced, protocol, policies: orderPolicies(fresh, isAdvanced) });
  }

  /** Whether a policy sends requests to a pool depends on the protocol of that. */
  private followPools(pools: readonly Pool[]): void {
    const { removed, added } = changedRows(this.pools, pools);
    this.pools = pools;
    const before = new Map(removed.map(({ id, protocol }) => [id, protocol]));
    const now = new Map(added.map(({ id, protocol }) => [id, protocol]));
    const others = [...new Set([...before.keys(), ...now.keys()])].filter(
      (id) => before.get(id) !== now.get(id),
    );
    if (others.length === 0) return;
    const changed = new Set(others);
    for (const { policies } of this.listByListener.values())
      for (const known of policies)
        if (known.entry !== null && poolIdsOf(known.policy).some((id) => changed.has(id))) known.entry = null;
  }
}

const none: readonly KnownPolicy[] = [];

function isTried(known: KnownPolicy): boolean {
  return known.isTried;
}

/** FNV-1a over the end of an id, where the ids of a table differ. */
function cutOf(id: string): number {
  let sum = 0x811c9dc5;
  for (let at = Math.max(0, id.length - 8); at < id.length; at++)
    sum = Math.imul(sum ^ id.charCodeAt(at), 0x01000193);
  return sum >>> 8;
}

interface Exchange {
  readonly gone: readonly KnownPolicy[];
  readonly fresh: readonly KnownPolicy[];
}

/** With more than this many changes a list is put in order as a whole. */
const mostExchanged = 64;

function exchanged(
  before: readonly KnownPolicy[],
  { gone, fresh }: Exchange,
  isAdvanced: boolean,
): readonly KnownPolicy[] {
  if (gone.length + fresh.length > mostExchanged) {
    const left = new Set(gone);
    return orderPolicies([...before.filter((known) => !left.has(known)), ...fresh], isAdvanced);
  }
  const after = [...before];
  for (const known of gone) after.splice(after.indexOf(known), 1);
  for (const known of fresh) after.splice(placeOf(known, after, isAdvanced), 0, known);
  return after;
}

/** How many of the list come before the policy: each look at the middle halves what is left. */
function placeOf(known: KnownPolicy, list: readonly KnownPolicy[], isAdvanced: boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (comparePolicies(list[middle]!, known, isAdvanced) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isEffectiveRedirect(
  { action, redirectListenerId }: L7Policy,
  listeners: readonly Listener[],
): boolean {
  return action === 'REDIRECT_TO_LISTENER' && listeners.some(({ id }) => id === redirectListenerId);
}
