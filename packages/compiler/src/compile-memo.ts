import type { IpGroup, LoadBalancer, Member, Pool } from '@elbow/model';
import type { Hash, PolicyEntry } from '@elbow/plan';
import { compileAddressSet } from './address-set.ts';
import { type JudgedOutcome, judged } from './judge.ts';
import { made } from './outcome.ts';
import { PolicyLists } from './policy-lists.ts';
import { compilePool, type PoolPlace } from './pool.ts';
import { PoolUsers } from './pool-users.ts';
import type { ResolvedTree } from './resolve.ts';
import type { LoadBalancerTree } from './tree.ts';

/** A pool with all that it is made of beside its row. */
interface KnownPool {
  readonly members: readonly Member[];
  readonly surroundings: readonly unknown[];
  readonly outcome: JudgedOutcome;
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
  private readonly pools = new WeakMap<Pool, KnownPool>();
  private readonly lists = new WeakMap<LoadBalancer, PolicyLists>();
  private readonly users = new WeakMap<LoadBalancer, PoolUsers>();
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

  pool(pool: Pool, tree: ResolvedTree, { place, hash }: PoolSettings): JudgedOutcome {
    const members = tree.membersByPool.get(pool.id) ?? [];
    const surroundings = surroundingsOf(pool, tree, place);
    const known = this.pools.get(pool);
    if (known !== undefined && isSame(known.surroundings, surroundings) && isSame(known.members, members))
      return known.outcome;
    const outcome = judged(compilePool(pool, tree, place), hash);
    this.pools.set(pool, { members, surroundings, outcome });
    return outcome;
  }

  /** The policies of the tree; what an earlier tree of the load balancer had is told no more. */
  policyLists(tree: LoadBalancerTree): PolicyLists {
    const { loadBalancer } = tree;
    const lists = this.lists.get(loadBalancer) ?? new PolicyLists();
    // Kept again when it came through: what threw half-way is no base for the next tree.
    this.lists.delete(loadBalancer);
    lists.update(tree);
    this.lists.set(loadBalancer, lists);
    return lists;
  }

  /** Which pools the policies of the tree name, also those that do nothing. */
  poolUsers({ loadBalancer, policies }: Pick<LoadBalancerTree, 'loadBalancer' | 'policies'>): PoolUsers {
    let users = this.users.get(loadBalancer);
    if (users === undefined) {
      users = new PoolUsers();
      this.users.set(loadBalancer, users);
    }
    users.update(policies);
    return users;
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

interface PoolSettings {
  readonly place: PoolPlace;
  readonly hash: Hash;
}

/** What a pool is made of beside its row and its members; where it stands is of interest to checks alone. */
function surroundingsOf({ id, memberTls }: Pool, tree: ResolvedTree, place: PoolPlace): readonly unknown[] {
  const monitor = tree.monitorByPool.get(id);
  const authorities = tree.certificates.get(memberTls?.caCertificateId ?? '');
  if (monitor === undefined) return [authorities];
  return [authorities, monitor, place.address, ...place.sourceAddresses];
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}
