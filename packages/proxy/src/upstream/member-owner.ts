import type { FailureKind } from '@elbow/traffic';
import type { ResponseHead } from '@elbow/wire';
import type { MemberLink } from './member-link.ts';

/** Why an attempt at a member failed. `own` is trouble of this machine (descriptors, ports), not of the member. */
export type MemberFailure = FailureKind | 'own';

/** What a member connection tells the exchange that it carries. */
export interface MemberOwner {
  memberConnected(): void;
  memberInformational(head: ResponseHead): void;
  memberHead(head: ResponseHead): void;
  memberBody(bytes: Buffer, start: number, end: number): void;
  /** The answer is complete; the connection belongs to its pool again. */
  memberEnd(trailers: string): void;
  memberTunnelBytes(bytes: Buffer, start: number, end: number): void;
  memberTunnelEnd(): void;
  /** The connection is gone and with it the answer. */
  memberFailed(link: MemberLink, kind: MemberFailure, reason: string): void;
  /** The socket has passed on what was queued. */
  memberDrained(): void;
  /** One read from the member has been told in full. */
  memberReadDone(): void;
}
