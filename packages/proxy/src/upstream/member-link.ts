import type { RequestHead } from '@elbow/wire';
import type { MemberTarget } from './member-target.ts';
import type { MemberOwner } from './member-owner.ts';

/** A request as it leaves for a member, in no particular HTTP version. */
export interface OutgoingRequest {
  readonly method: string;
  readonly target: string;
  readonly authority: string;
  /** Block of field lines, forwarding fields included. */
  readonly fields: string;
  readonly framing: RequestHead['framing'];
  readonly contentLength: number;
  readonly connection: 'keep-alive' | 'upgrade';
  readonly acceptsTrailers: boolean;
}

/** Where links to one target come from. */
export interface LinkPool {
  readonly target: MemberTarget;
  /** True when nothing is open and nothing was asked for in a while. */
  readonly isUnused: boolean;
  /** True after {@link close}: links still work, but nothing is kept any more. */
  readonly isClosed: boolean;
  /** A link for a request with this method, on a connection that stands already if one fits. */
  take(method: string): MemberLink;
  /** A link on a connection that did not stand yet when it was asked for. */
  open(): MemberLink;
  /** Drops what has been idle for too long; called about once a second. */
  expire(): void;
  /** The target is no member's any more: idle connections go now, busy ones when they are done. */
  close(): void;
}

/** The way to a member for one exchange: an HTTP/1.1 connection to itself, or a stream of a shared HTTP/2 one. */
export interface MemberLink {
  readonly isConnected: boolean;
  /** True on a connection that stood before this request came: it may have gone stale unnoticed. */
  readonly wasUsed: boolean;
  /** Whether any byte of the answer has been seen. */
  readonly hasAnswerBegun: boolean;
  /** Sends the head. A body, if there is one, follows by {@link sendBody} and {@link finishRequest}. */
  begin(owner: MemberOwner, request: OutgoingRequest): void;
  /** Joins what is written from here to the end of this turn of the event loop: head and body, many reads of a body. */
  joinWrites(): void;
  /** @returns false when the member is behind: send no more until `memberDrained` */
  sendBody(bytes: Buffer): boolean;
  finishRequest(): void;
  /** The other half of a tunnel was closed by the client. */
  endTunnel(): void;
  /** Reads no more of the answer until {@link resume}. */
  pause(): void;
  resume(): void;
  /** Drops what it carries; its owner hears nothing more. */
  discard(): void;
  /** Drops it because the member was silent for too long: its connection carries nothing new from now on. */
  giveUp(): void;
}
