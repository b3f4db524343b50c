import type { ServedListener } from './served-listener.ts';
import type { ServedPool } from './served-pool.ts';

/** A pool that is decoded when the first request needs it, so that a plan with thousands is taken in no time. */
export class LazyPool {
  readonly hash: string;
  private readonly decode: () => ServedPool;
  private pool: ServedPool | null = null;

  constructor(hash: string, decode: () => ServedPool) {
    this.hash = hash;
    this.decode = decode;
  }

  get served(): ServedPool {
    this.pool ??= this.decode();
    return this.pool;
  }

  /** The pool if a request has needed it, else null: an untouched pool has no connections. */
  get decoded(): ServedPool | null {
    return this.pool;
  }
}

/** All that a worker serves at one revision. Immutable: a change is a new one, and exchanges keep theirs. */
export class ServedPlan {
  readonly revision: number;
  readonly listeners: ReadonlyMap<string, ServedListener>;
  readonly pools: ReadonlyMap<string, LazyPool>;

  constructor(
    revision: number,
    listeners: ReadonlyMap<string, ServedListener>,
    pools: ReadonlyMap<string, LazyPool>,
  ) {
    this.revision = revision;
    this.listeners = listeners;
    this.pools = pools;
  }

  static readonly empty: ServedPlan = new ServedPlan(0, new Map(), new Map());

  pool(id: string): ServedPool | null {
    return this.pools.get(id)?.served ?? null;
  }

  /** Whether requests that are with this member may stay there: it is in the pool and not to be drained. */
  keepsMember(poolId: string, memberId: string): boolean {
    return this.pool(poolId)?.keeps(memberId) ?? false;
  }

  /** Addresses of members here to which no member of `next` has requests sent. */
  addressesGoneFrom(next: ServedPlan): readonly string[] {
    const candidates: string[] = [];
    for (const [id, pool] of this.pools) {
      const { decoded } = pool;
      const successor = next.pools.get(id);
      if (decoded === null || successor === pool) continue;
      const kept = successor?.served;
      for (const key of decoded.addressKeys) if (kept?.hasAddress(key) !== true) candidates.push(key);
    }
    return candidates.filter((key) => !next.hasMemberAt(key));
  }

  /** Whether a member of a pool in use, not to be drained, has this address. */
  private hasMemberAt(key: string): boolean {
    for (const pool of this.pools.values()) if (pool.decoded?.hasAddress(key) === true) return true;
    return false;
  }
}
