import type { MemberEntry, PoolChunk } from '@elbow/plan';
import type { LinkPool } from '../upstream/member-link.ts';
import type { MemberPools } from '../upstream/member-pools.ts';
import { serverNameOf } from '../upstream/member-target.ts';

/** A member of a served pool, and the way to it. */
export class ServedMember {
  readonly entry: MemberEntry;
  private readonly pool: Pick<PoolChunk, 'memberTls'>;
  private plainLinks: LinkPool | null = null;

  constructor(entry: MemberEntry, pool: Pick<PoolChunk, 'memberTls'>) {
    this.entry = entry;
    this.pool = pool;
  }

  /** Links to this member for a request to `authority`; over TLS each server name has its own. */
  links(pools: MemberPools, authority: string): LinkPool {
    const { address, port } = this.entry;
    const tls = this.pool.memberTls;
    if (tls !== null) return pools.get({ address, port, tls, serverName: serverNameOf(authority) });
    this.plainLinks ??= pools.get({ address, port, tls: null, serverName: null });
    return this.plainLinks;
  }
}
