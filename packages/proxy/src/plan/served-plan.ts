import type { PoolChunk } from '@elbow/plan';
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

  /** The pool's chunk if a request has needed it, else null: an untouched pool has no connections. */
  get decoded(): PoolChunk | null {
    return this.pool?.chunk ?? null;
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

  /** Whether some member that may get requests has this address. */
  hasMemberAt(address: string, port: number): boolean {
    for (const pool of this.pools.values()) {
      const isMember = pool.decoded?.members.some(
        (member) => member.address === address && member.port === port && member.weight > 0,
      );
      if (isMember === true) return true;
    }
    return false;
  }
}
