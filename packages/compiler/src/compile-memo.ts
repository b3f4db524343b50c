import {
  type IpGroup,
  type L7Policy,
  type L7Rule,
  type Listener,
  poolIdsOf,
  type RuledPolicy,
} from '@elbow/model';
import type { Hash, PolicyEntry } from '@elbow/plan';
import { compileAddressSet } from './address-set.ts';
import { type JudgedOutcome, judged } from './judge.ts';
import { made } from './outcome.ts';
import { compilePolicy } from './policy-entry.ts';
import type { ResolvedTree } from './resolve.ts';

/** An entry with all that it is made of beside its policy: the same parts make the same entry. */
interface KnownPolicy {
  readonly rules: readonly L7Rule[];
  readonly protocol: Listener['protocol'];
  /** Protocols of the pools that it names. */
  readonly pools: readonly (string | undefined)[];
  readonly redirectPort: number | undefined;
  readonly entry: PolicyEntry;
}

interface KnownBlock {
  readonly policies: readonly PolicyEntry[];
  readonly outcome: JudgedOutcome;
}

/**
 * What was made of rows that are long or many, for as long as somebody holds them: rows never change, so the same
 * objects have the same outcome. Compilations that share one must use the same hash.
 */
export class CompileMemo {
  private readonly addressSets = new WeakMap<IpGroup, JudgedOutcome>();
  private readonly policies = new WeakMap<L7Policy, KnownPolicy>();
  /** By their first policies. */
  private readonly blocks = new WeakMap<PolicyEntry, KnownBlock>();

  addressSet(id: string, { ipGroups }: ResolvedTree, hash: Hash): JudgedOutcome {
    const group = ipGroups.get(id);
    if (group === undefined) return judged(compileAddressSet(id, []), hash);
    const known = this.addressSets.get(group);
    if (known !== undefined) return known;
    const made = judged(compileAddressSet(id, group.entries), hash);
    this.addressSets.set(group, made);
    return made;
  }

  policy(ruled: RuledPolicy, listener: Listener, tree: ResolvedTree): PolicyEntry {
    const { policy, rules } = ruled;
    const known = this.policies.get(policy);
    if (known !== undefined && isStillRight(known, ruled, listener, tree)) return known.entry;
    const entry = compilePolicy(ruled, listener, tree);
    this.policies.set(policy, {
      rules,
      protocol: listener.protocol,
      pools: poolIdsOf(policy).map((id) => tree.pools.get(id)?.protocol),
      redirectPort: redirectPortOf(policy, tree),
      entry,
    });
    return entry;
  }

  policyBlock(policies: readonly PolicyEntry[], hash: Hash): JudgedOutcome {
    const first = policies[0]!;
    const known = this.blocks.get(first);
    if (known !== undefined && isSame(known.policies, policies)) return known.outcome;
    const outcome = judged(made({ kind: 'policyBlock', id: first.id, policies }), hash);
    this.blocks.set(first, { policies, outcome });
    return outcome;
  }
}

// oxlint-disable-next-line max-params -- asked ten thousand times for one change: no object for each
function isStillRight(
  known: KnownPolicy,
  ruled: RuledPolicy,
  listener: Listener,
  tree: ResolvedTree,
): boolean {
  if (known.protocol !== listener.protocol || !isSame(known.rules, ruled.rules)) return false;
  const ids = poolIdsOf(ruled.policy);
  for (let at = 0; at < ids.length; at++)
    if (tree.pools.get(ids[at]!)?.protocol !== known.pools[at]) return false;
  return redirectPortOf(ruled.policy, tree) === known.redirectPort;
}

function redirectPortOf({ redirectListenerId }: L7Policy, tree: ResolvedTree): number | undefined {
  if (redirectListenerId === null) return undefined;
  return tree.listeners.find(({ id }) => id === redirectListenerId)?.port;
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}
