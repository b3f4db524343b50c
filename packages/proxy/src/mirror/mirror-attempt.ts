import type { ResponseHead } from '@elbow/wire';
import { InFlight } from '../exchange/in-flight.ts';
import type { ServedMember } from '../plan/served-member.ts';
import type { ServedPool } from '../plan/served-pool.ts';
import type { Deadline, Queued, TimerWheel } from '../timer-wheel.ts';
import type { MemberLink, OutgoingRequest } from '../upstream/member-link.ts';
import type { MemberFailure, MemberOwner } from '../upstream/member-owner.ts';
import type { Mirror } from './mirror.ts';

/** For the connection, and again for the whole answer. */
export const MIRROR_WAIT_MS = 5000;

export type ClockedWheel = Pick<TimerWheel, 'arm' | 'disarm'>;

/** Who gets a copy, and what it is. */
export interface Copy {
  readonly pool: ServedPool;
  readonly member: ServedMember;
  readonly request: OutgoingRequest;
  readonly body: readonly Buffer[];
  /** Addresses that its connection may come from. */
  readonly sources: readonly string[];
  /** Called once, when nothing of the body is needed any more. */
  readonly over: () => void;
}

/** One copy of a request at one member, tried once. Its answer is read, so that the connection can be used again, and ignored. */
export class MirrorAttempt implements MemberOwner, Deadline {
  deadlineMs = 0;
  queuedSlot = 0;
  queuedAfter: Queued | null = null;
  queuedBefore: Queued | null = null;
  private readonly mirror: Mirror;
  private readonly copy: Copy;
  private readonly inFlight = new InFlight();
  private link: MemberLink | null = null;

  /** @param mirror in which the copy has its place */
  constructor(mirror: Mirror, copy: Copy) {
    this.mirror = mirror;
    this.copy = copy;
  }

  send(): void {
    const { member, request, body, sources } = this.copy;
    const links = member.links(this.mirror.host.memberPools, request.authority, sources);
    const link = links.take(request.method);
    this.link = link;
    this.inFlight.begin(member);
    this.arm();
    link.joinWrites();
    link.begin(this, request);
    for (const bytes of body) link.sendBody(bytes);
    link.finishRequest();
  }

  memberConnected(): void {
    this.copy.member.slot.connected();
    this.arm();
  }

  memberInformational(): void {}

  /** Nothing that a copy asks for may become a tunnel. */
  memberHead(head: ResponseHead): void {
    if (head.status !== 101) return;
    this.link?.discard();
    this.done('failed');
  }

  memberBody(): void {}

  memberEnd(): void {
    this.done('answered');
  }

  memberTunnelBytes(): void {}
  memberTunnelEnd(): void {}

  memberFailed(link: MemberLink, kind: MemberFailure): void {
    const { pool, member } = this.copy;
    const isUnreachable = kind === 'connect-error' || kind === 'connect-timeout';
    if (isUnreachable && !link.wasUsed) pool.connectFailed(member);
    this.done('failed');
  }

  memberDrained(): void {}
  memberReadDone(): void {}

  onDeadline(): void {
    const { link } = this;
    link?.giveUp();
    if (link?.isConnected === false) this.copy.pool.connectFailed(this.copy.member);
    this.done('failed');
  }

  private arm(): void {
    this.mirror.host.wheel.arm(this, MIRROR_WAIT_MS);
  }

  private done(outcome: 'answered' | 'failed'): void {
    if (this.link === null) return;
    this.link = null;
    this.mirror.host.wheel.disarm(this);
    this.inFlight.end();
    this.mirror.leave(outcome);
    this.copy.over();
  }
}
