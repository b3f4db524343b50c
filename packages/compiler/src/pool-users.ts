import { type L7Policy, poolIdsOf } from '@elbow/model';
import { changedRows } from './changed-rows.ts';

/** Which pools a list of policies names; it is brought from list to list by the policies that differ. */
export class PoolUsers {
  private policies: readonly L7Policy[] = [];
  /** How many policies name a pool. */
  private readonly counts = new Map<string, number>();

  update(policies: readonly L7Policy[]): void {
    const { removed, added } = changedRows(this.policies, policies);
    this.policies = policies;
    for (const policy of removed) this.count(policy, -1);
    for (const policy of added) this.count(policy, 1);
  }

  has(poolId: string): boolean {
    return this.counts.has(poolId);
  }

  get poolIds(): Iterable<string> {
    return this.counts.keys();
  }

  private count(policy: L7Policy, change: 1 | -1): void {
    for (const poolId of poolIdsOf(policy)) {
      const users = (this.counts.get(poolId) ?? 0) + change;
      if (users > 0) this.counts.set(poolId, users);
      else this.counts.delete(poolId);
    }
  }
}
