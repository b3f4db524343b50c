import type { PolicyCondition } from '@elbow/plan';
import { holds, type Policy } from './policy.ts';
import { RadixTree } from './radix-tree.ts';
import type { RequestFacts } from './request-facts.ts';

/**
 * Policies by host, then by path: only those whose host and path may fit are asked. The answer is that of asking all
 * of them in order.
 */
export class PolicyIndex {
  private readonly exactHosts = new Map<string, PathIndex>();
  /** For patterns `*.example.com`: by what stands after the star. */
  private readonly hostEndings = new Map<string, PathIndex>();
  private readonly anyHost = new PathIndex();
  private list: Policy[] = [];

  /** In order; every policy stands behind those that were added before. */
  add(policy: Policy): void {
    this.list.push(policy);
    this.put(policy);
  }

  /**
   * Takes policies out and puts others in, in the time of one turn. Those that stay keep their order among themselves,
   * and all of them get their new places in it.
   */
  change({ removed, added, all }: PolicyChange): void {
    for (const policy of removed)
      for (const paths of this.placesOf(hostPatterns(policy))) paths.remove(policy);
    for (let at = 0; at < all.length; at++) all[at]!.order = at;
    for (const policy of added) this.put(policy);
    this.list = [...all];
  }

  private put(policy: Policy): void {
    for (const paths of this.placesOf(hostPatterns(policy))) paths.add(policy);
  }

  get policies(): readonly Policy[] {
    return this.list;
  }

  /** The first policy whose conditions all hold, or null. */
  find(facts: RequestFacts): Policy | null {
    let best = this.anyHost.find(facts, null);
    if (this.exactHosts.size > 0) best = this.exactHosts.get(facts.host)?.find(facts, best) ?? best;
    if (this.hostEndings.size > 0) best = this.findByEnding(facts, best);
    return best;
  }

  private findByEnding(facts: RequestFacts, found: Policy | null): Policy | null {
    const { host } = facts;
    let best = found;
    for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      best = this.hostEndings.get(host.slice(dot))?.find(facts, best) ?? best;
    }
    return best;
  }

  private placesOf(patterns: readonly string[] | null): readonly PathIndex[] {
    if (patterns === null) return [this.anyHost];
    return [...new Set(patterns.map((pattern) => this.placeOf(pattern)))];
  }

  private placeOf(pattern: string): PathIndex {
    if (!/[*?]/.test(pattern)) return indexAt(this.exactHosts, pattern);
    const isEnding = pattern.startsWith('*.') && !/[*?]/.test(pattern.slice(1));
    return isEnding ? indexAt(this.hostEndings, pattern.slice(1)) : this.anyHost;
  }
}

/** What becomes of a table of policies. */
export interface PolicyChange {
  readonly removed: readonly Policy[];
  readonly added: readonly Policy[];
  /** All policies of the table from now on, in their order. */
  readonly all: readonly Policy[];
}

/** The policies of one host by what their paths are or begin with. */
class PathIndex {
  private readonly exact = new Map<string, Policy[]>();
  private readonly prefixes = new RadixTree<Policy>();
  private readonly others: Policy[] = [];

  add(policy: Policy): void {
    for (const list of this.listsOf(policy)) insert(list, policy);
  }

  remove(policy: Policy): void {
    for (const list of this.listsOf(policy)) {
      const at = list.indexOf(policy);
      if (at >= 0) list.splice(at, 1);
    }
  }

  /** The lists, each in order, that a policy stands in. */
  private listsOf({ conditions }: Policy): readonly Policy[][] {
    const path = conditions.find(({ condition }) => condition.kind === 'path');
    if (path?.condition.kind !== 'path') return [this.others];
    const { compare, values } = path.condition;
    const starts = compare === 'regex' ? path.regexes.map(({ literalStart }) => literalStart) : values;
    return [...new Set(starts)].map((start) =>
      compare === 'exact' ? listAt(this.exact, start) : this.prefixes.at(start),
    );
  }

  /** @param found only a policy that comes before this one is better */
  find(facts: RequestFacts, found: Policy | null): Policy | null {
    let best = better(this.others, facts, found);
    const exact = this.exact.size === 0 ? undefined : this.exact.get(facts.path);
    if (exact !== undefined) best = better(exact, facts, best);
    this.prefixes.walk(facts.path, (policies) => {
      best = better(policies, facts, best);
    });
    return best;
  }
}

function better(policies: readonly Policy[], facts: RequestFacts, found: Policy | null): Policy | null {
  for (const policy of policies) {
    if (found !== null && policy.order >= found.order) return found;
    if (holds(policy, facts)) return policy;
  }
  return found;
}

/** Keeps the list in order. */
function insert(list: Policy[], policy: Policy): void {
  let [low, high] = [0, list.length];
  // Mostly it stands at the end.
  if (high > 0 && list[high - 1]!.order < policy.order) low = high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.order < policy.order) low = middle + 1;
    else high = middle;
  }
  if (low === list.length) list.push(policy);
  else list.splice(low, 0, policy);
}

/** @returns null for a policy that takes any host */
function hostPatterns({ conditions }: Policy): readonly string[] | null {
  const host = conditions.find(({ condition }) => condition.kind === 'host')?.condition as
    | Extract<PolicyCondition, { kind: 'host' }>
    | undefined;
  return host?.patterns ?? null;
}

function indexAt(map: Map<string, PathIndex>, key: string): PathIndex {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = new PathIndex();
  map.set(key, made);
  return made;
}

function listAt(map: Map<string, Policy[]>, key: string): Policy[] {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made: Policy[] = [];
  map.set(key, made);
  return made;
}
