import type { LinkPool } from './member-link.ts';
import { MemberPool } from './member-pool.ts';
import { type MemberTarget, targetKey } from './member-target.ts';

/** All member connections of a worker, by target: two pools with one member share what is idle. */
export class MemberPools {
  private readonly pools = new Map<string, LinkPool>();
  private readonly idleCap: number;
  private readonly clock: { readonly nowMs: number };

  /** @param workers of this node: together they keep about 64 idle connections per member */
  constructor(workers: number, clock: { readonly nowMs: number }) {
    this.idleCap = Math.max(2, Math.ceil(64 / workers));
    this.clock = clock;
  }

  get(target: MemberTarget): LinkPool {
    const key = targetKey(target);
    let pool = this.pools.get(key);
    if (pool === undefined) {
      pool = new MemberPool(target, this.idleCap, this.clock);
      this.pools.set(key, pool);
    }
    return pool;
  }

  /** Drops what has been idle for too long; called about once a second. */
  expire(): void {
    for (const [key, pool] of this.pools) {
      pool.expire();
      // Server names come from clients: what was opened for one must not be remembered for ever.
      if (pool.isUnused && pool.target.serverName !== null) this.forget(key, pool);
    }
  }

  /** Closes the pools of addresses that no member has any more; `isInUse` answers for one target. */
  keepOnly(isInUse: (target: MemberTarget) => boolean): void {
    for (const [key, pool] of this.pools) {
      if (!isInUse(pool.target)) this.forget(key, pool);
    }
  }

  private forget(key: string, pool: LinkPool): void {
    this.pools.delete(key);
    pool.close();
  }
}
