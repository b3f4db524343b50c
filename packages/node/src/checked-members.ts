import type { HealthCheck, MemberEntry, PoolChunk } from '@elbow/plan';
import type { CheckedMember, CheckTarget } from '@elbow/health';
import type { Counted } from './collect-metrics.ts';

/** The host name of a member that has one, by its id. */
export type NameOf = (memberId: string) => string | null;

/** A member that is to be checked, and the pool as it is served now. */
export interface ToCheck {
  readonly pool: Counted;
  readonly member: Omit<CheckedMember, 'known'>;
}

export interface CheckChanges {
  /** New ones, and those that are checked in another way now. */
  readonly put: readonly ToCheck[];
  readonly remove: readonly string[];
}

interface KnownPool {
  readonly hash: string;
  readonly ids: readonly string[];
}

/** Which members of the plan are checked: those of pools that have a check. Keeps count from plan to plan. */
export class CheckedMembers {
  private readonly members = new Map<string, ToCheck>();
  private pools: ReadonlyMap<string, KnownPool> = new Map();
  private readonly nameOf: NameOf;

  constructor(nameOf: NameOf) {
    this.nameOf = nameOf;
  }

  get(memberId: string): ToCheck | null {
    return this.members.get(memberId) ?? null;
  }

  all(): IterableIterator<ToCheck> {
    return this.members.values();
  }

  /** Brings this up to what is served now. Pools that are the same as before cost nothing. */
  update(served: readonly Counted[]): CheckChanges {
    const put: ToCheck[] = [];
    const gone = new Set<string>();
    const pools = new Map<string, KnownPool>();
    for (const pool of served) {
      const { chunk, shared } = pool;
      if (chunk.kind !== 'pool' || chunk.healthCheck === null) continue;
      const known = this.pools.get(chunk.id);
      if (known?.hash === shared.hash) pools.set(chunk.id, known);
      else pools.set(chunk.id, this.take(pool, chunk, put));
    }
    if (put.length === 0 && isSubset(this.pools, pools)) {
      this.pools = pools;
      return { put, remove: [] };
    }
    const kept = new Set([...pools.values()].flatMap(({ ids }) => ids));
    for (const id of this.members.keys()) if (!kept.has(id)) gone.add(id);
    for (const id of gone) this.members.delete(id);
    this.pools = pools;
    return { put, remove: [...gone] };
  }

  private take(pool: Counted, chunk: PoolChunk, put: ToCheck[]): KnownPool {
    const { healthCheck: check } = chunk;
    if (check === null) return { hash: pool.shared.hash, ids: [] };
    for (const member of chunk.members) {
      const { id } = member;
      const made = {
        pool,
        member: { memberId: id, ...checkTargetOf(chunk, member, check), name: this.nameOf(id) },
      };
      const before = this.members.get(id);
      this.members.set(id, made);
      if (before === undefined || !isSame(before, made)) put.push(made);
    }
    return { hash: pool.shared.hash, ids: chunk.members.map(({ id }) => id) };
  }
}

/** Where and how a member is checked. Pools that verify their members have it done by checks over TLS, too. */
export function checkTargetOf(
  { memberTls }: Pick<PoolChunk, 'memberTls'>,
  { address, port }: Pick<MemberEntry, 'address' | 'port'>,
  check: HealthCheck,
): Omit<CheckTarget, 'name'> {
  const isTls = check.type === 'HTTPS' || check.type === 'TLS';
  return { address, port: check.port ?? port, tls: isTls ? memberTls : null, check };
}

/** Every pool is still there, as it was. */
function isSubset(before: ReadonlyMap<string, KnownPool>, now: ReadonlyMap<string, KnownPool>): boolean {
  return [...before].every(([id, known]) => now.get(id) === known);
}

function isSame(a: ToCheck, b: ToCheck): boolean {
  return JSON.stringify(a.member) === JSON.stringify(b.member);
}
