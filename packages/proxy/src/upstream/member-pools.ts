import { MemberPool } from './member-pool.ts';

/** All member connections of a worker, by address: two pools with one member share what is idle. */
export class MemberPools {
  private readonly pools = new Map<string, MemberPool>();
  private readonly idleCap: number;
  private readonly clock: { readonly nowMs: number };

  /** @param workers of this node: together they keep about 64 idle connections per member */
  constructor(workers: number, clock: { readonly nowMs: number }) {
    this.idleCap = Math.max(2, Math.ceil(64 / workers));
    this.clock = clock;
  }

  get(address: string, port: number): MemberPool {
    const key = poolKey(address, port);
    let pool = this.pools.get(key);
    if (pool === undefined) {
      pool = new MemberPool({ address, port }, this.idleCap, this.clock);
      this.pools.set(key, pool);
    }
    return pool;
  }

  expire(): void {
    for (const pool of this.pools.values()) pool.expire();
  }

  /** Closes the pools of addresses that no member has any more. */
  keepOnly(inUse: ReadonlySet<string>): void {
    for (const [key, pool] of this.pools) {
      if (inUse.has(key)) continue;
      this.pools.delete(key);
      pool.close();
    }
  }
}

export function poolKey(address: string, port: number): string {
  return `${address} ${port}`;
}
