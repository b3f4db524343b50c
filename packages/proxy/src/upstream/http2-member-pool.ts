import { Http2MemberConnection, type Http2MemberHost } from './http2-member-connection.ts';
import { Http2MemberLink } from './http2-member-link.ts';
import type { LinkPool, MemberLink } from './member-link.ts';
import type { MemberTarget } from './member-target.ts';

const IDLE_MS = 60_000;

/** The HTTP/2 connections of one worker to one member: usually one, more when the member's stream limit is reached. */
export class Http2MemberPool implements LinkPool {
  readonly target: MemberTarget;
  private readonly host: Http2MemberHost;
  private readonly connections: Http2MemberConnection[] = [];
  isClosed = false;

  constructor(target: MemberTarget, host: Omit<Http2MemberHost, 'connectionLeft'>) {
    this.target = target;
    this.host = { ...host, connectionLeft: (connection) => this.remove(connection) };
  }

  get isUnused(): boolean {
    return this.connections.length === 0;
  }

  take(): MemberLink {
    const connection = this.connections.find((each) => each.codec.canOpen);
    return connection === undefined ? this.open() : new Http2MemberLink(connection);
  }

  /** Requests that come while a connection is being made share it. */
  open(): MemberLink {
    const opening = this.connections.find((each) => !each.isConnected && each.codec.canOpen);
    if (opening !== undefined) return new Http2MemberLink(opening);
    const connection = new Http2MemberConnection(this.target, this.host);
    this.connections.push(connection);
    return new Http2MemberLink(connection);
  }

  expire(): void {
    const { nowMs } = this.host.clock;
    for (const connection of this.connections.slice()) {
      connection.tick(nowMs);
      if (connection.isIdle && nowMs - connection.idleSinceMs >= IDLE_MS) this.remove(connection)?.leave();
    }
  }

  close(): void {
    this.isClosed = true;
    for (const connection of this.connections.splice(0)) connection.leave();
  }

  private remove(connection: Http2MemberConnection): Http2MemberConnection | null {
    const index = this.connections.indexOf(connection);
    return index < 0 ? null : (this.connections.splice(index, 1)[0] ?? null);
  }
}
