import type { MemberEntry, PoolChunk } from '@elbow/plan';
import type { MemberSlot } from '../shared/member-slot.ts';
import type { LinkPool } from '../upstream/member-link.ts';
import type { MemberPools } from '../upstream/member-pools.ts';
import { serverNameOf } from '../upstream/member-target.ts';

/** What a member has of its pool. */
export interface MemberHome {
  readonly pool: Pick<PoolChunk, 'memberTls' | 'protocol'>;
  /** Number of this worker. */
  readonly worker: number;
}

/** A member of a served pool, and the way to it. */
export class ServedMember {
  readonly entry: MemberEntry;
  /** Its place in the pool. */
  readonly index: number;
  readonly slot: MemberSlot;
  private readonly home: MemberHome;
  private plainLinks: LinkPool | null = null;

  constructor(member: { entry: MemberEntry; index: number; slot: MemberSlot }, home: MemberHome) {
    this.entry = member.entry;
    this.index = member.index;
    this.slot = member.slot;
    this.home = home;
  }

  /** Links to this member for a request to `authority`; over TLS each server name has its own. */
  links(pools: MemberPools, authority: string): LinkPool {
    const { address, port } = this.entry;
    const { memberTls: tls } = this.home.pool;
    const protocol = this.home.pool.protocol === 'GRPC' ? 'http2' : 'http1';
    if (tls !== null) return pools.get({ address, port, protocol, tls, serverName: serverNameOf(authority) });
    if (this.plainLinks === null || this.plainLinks.isClosed)
      this.plainLinks = pools.get({ address, port, protocol, tls: null, serverName: null });
    return this.plainLinks;
  }

  /** A request goes to this member; call {@link end} once when it is over. */
  begin(): void {
    this.slot.begin(this.home.worker);
  }

  end(): void {
    this.slot.end(this.home.worker);
  }
}
