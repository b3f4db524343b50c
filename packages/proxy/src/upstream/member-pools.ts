import type { Http2MemberHost } from './http2-member-connection.ts';
import { Http2MemberPool } from './http2-member-pool.ts';
import type { LinkPool } from './member-link.ts';
import { MemberPool } from './member-pool.ts';
import { type MemberTarget, targetKey } from './member-target.ts';

/** All member connections of a worker, by target: two pools with one member share what is idle. */
export class MemberPools {
  private readonly pools = new Map<string, LinkPool>();
  private readonly idleCap: number;
  private readonly host: Omit<Http2MemberHost, 'connectionLeft'>;

  /** @param workers of this node: together they keep about 64 idle connections per member */
  constructor(workers: number, host: Omit<Http2MemberHost, 'connectionLeft'>) {
    this.idleCap = Math.max(2, Math.ceil(64 / workers));
    this.host = host;
  }

  get(target: MemberTarget): LinkPool {
    const key = targetKey(target);
    let pool = this.pools.get(key);
    if (pool === undefined) {
      pool =
        target.protocol === 'http2'
          ? new Http2MemberPool(target, this.host)
          : new MemberPool(target, this.idleCap, this.host);
      this.pools.set(key, pool);
    }
    return pool;
  }

  /** Drops what has been idle for too long; called about once a second. */
  expire(): void {
    for (const [key, pool] of this.pools) {
      pool.expire();
      // Server names come from clients and sources change: what was opened for one must not be remembered for ever.
      const { serverName, sources } = pool.target;
      if (pool.isUnused && (serverName !== null || sources.length > 0)) this.forget(key, pool);
    }
  }

  /** Closes idle connections to an address whose member is out of service; busy ones when they are done. */
  dropAt(address: string, port: number): void {
    this.keepOnly((target) => target.address !== address || target.port !== port);
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
