import type { MemberEntry, PoolChunk } from '@elbow/plan';
import type { MemberSlot } from '../shared/member-slot.ts';
import type { PoolSlot } from '../shared/pool-slot.ts';
import type { LinkPool } from '../upstream/member-link.ts';
import type { MemberPools } from '../upstream/member-pools.ts';
import { serverNameOf, sourcesFor } from '../upstream/member-target.ts';

/** What a member has of its pool. */
export interface MemberHome {
  readonly pool: Pick<PoolChunk, 'memberTls' | 'protocol'>;
  /** Number of this worker. */
  readonly worker: number;
  /** Null unless the pool has the ends of requests counted. */
  readonly endings: Pick<PoolSlot, 'memberEnded'> | null;
}

/** A member of a served pool, and the way to it. */
export class ServedMember {
  readonly entry: MemberEntry;
  /** Its place in the pool. */
  readonly index: number;
  readonly slot: MemberSlot;
  private readonly home: MemberHome;
  private plainLinks: LinkPool | null = null;
  /** What the plain links were asked for with: the same list as long as their listener stays as it is. */
  private plainFrom: readonly string[] | null = null;

  constructor(member: { entry: MemberEntry; index: number; slot: MemberSlot }, home: MemberHome) {
    this.entry = member.entry;
    this.index = member.index;
    this.slot = member.slot;
    this.home = home;
  }

  /**
   * Links to this member for a request to `authority`; over TLS each server name has its own.
   * @param from addresses of the listener's load balancer; empty: the host chooses
   */
  links(pools: MemberPools, authority: string, from: readonly string[]): LinkPool {
    const { memberTls: tls } = this.home.pool;
    if (tls === null && this.plainLinks !== null && !this.plainLinks.isClosed && this.plainFrom === from)
      return this.plainLinks;
    const { address, port } = this.entry;
    const protocol = this.home.pool.protocol === 'GRPC' ? 'http2' : 'http1';
    const sources = sourcesFor(address, from);
    if (tls !== null) {
      const serverName = tls.serverName ?? serverNameOf(authority);
      return pools.get({ address, port, protocol, tls, serverName, sources });
    }
    this.plainFrom = from;
    this.plainLinks = pools.get({ address, port, protocol, tls: null, serverName: null, sources });
    return this.plainLinks;
  }

  /** A request goes to this member; call {@link end} once when it is over. */
  begin(): void {
    this.slot.begin(this.home.worker);
  }

  end(): void {
    const { worker, endings } = this.home;
    this.slot.end(worker);
    if (endings !== null) endings.memberEnded(this.slot.block);
  }
}
