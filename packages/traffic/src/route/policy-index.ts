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
  private readonly list: Policy[] = [];

  /** In order; every policy stands behind those that were added before. */
  add(policy: Policy): void {
    this.list.push(policy);
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

/** The policies of one host by what their paths are or begin with. */
class PathIndex {
  private readonly exact = new Map<string, Policy[]>();
  private readonly prefixes = new RadixTree<Policy>();
  private readonly others: Policy[] = [];

  add(policy: Policy): void {
    const path = policy.conditions.find(({ condition }) => condition.kind === 'path');
    if (path?.condition.kind !== 'path') {
      this.others.push(policy);
      return;
    }
    const { compare, values } = path.condition;
    const starts = compare === 'regex' ? path.regexes.map(({ literalStart }) => literalStart) : values;
    for (const start of new Set(starts)) {
      if (compare === 'exact') listAt(this.exact, start).push(policy);
      else this.prefixes.add(start, policy);
    }
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
