import type { Socket } from 'node:net';
import { Http2ClientConnection, type Http2ClientEvents } from '@elbow/wire';
import type { Flushable, FlushTurn } from '../client/flush-turn.ts';
import type { Http2MemberLink } from './http2-member-link.ts';
import { connectFailureKind } from './member-failure.ts';
import { openMemberSocket } from './member-socket.ts';
import type { MemberTarget } from './member-target.ts';

/** The socket gets no more while this much waits in it. */
const SOCKET_HIGH_WATER_BYTES = 64 * 1024;

/** What a connection needs of the worker around it. */
export interface Http2MemberHost {
  readonly flushTurn: FlushTurn;
  readonly clock: { readonly nowMs: number };
  /** The connection takes no new streams, or is gone. */
  connectionLeft(connection: Http2MemberConnection): void;
}

/** An HTTP/2 connection to a member, in clear text with prior knowledge, shared by many exchanges. */
export class Http2MemberConnection implements Http2ClientEvents, Flushable {
  readonly codec: Http2ClientConnection;
  isConnected = false;
  /** When its last stream ended, on the worker's clock. */
  idleSinceMs: number;
  private readonly socket: Socket;
  private readonly host: Http2MemberHost;
  private readonly links = new Map<number, Http2MemberLink>();
  private error = '';
  private isOver = false;

  constructor(target: MemberTarget, host: Http2MemberHost) {
    const { clock } = host;
    this.host = host;
    this.idleSinceMs = clock.nowMs;
    this.codec = new Http2ClientConnection({ events: this, nowMs: () => clock.nowMs });
    this.socket = openMemberSocket(target, {
      onConnected: () => this.connected(),
      onBytes: (bytes, count) => this.read(bytes, count),
    });
    this.socket.on('drain', () => this.flushNow());
    this.socket.on('error', (error: NodeJS.ErrnoException) => {
      this.error = error.code ?? error.message;
    });
    this.socket.on('end', () => this.gone());
    this.socket.on('close', () => this.gone());
    this.codec.start();
  }

  get isIdle(): boolean {
    return this.links.size === 0;
  }

  carry(streamId: number, link: Http2MemberLink): void {
    this.links.set(streamId, link);
  }

  drop(streamId: number): void {
    if (!this.links.delete(streamId) || !this.isIdle) return;
    this.idleSinceMs = this.host.clock.nowMs;
    // Nobody waits for it any more, and the next one should not wait for an address that does not answer.
    if (!this.isConnected) this.gone();
  }

  /** Takes no new streams; closes when the open ones are done. */
  leave(): void {
    this.codec.shutdown();
  }

  tick(nowMs: number): void {
    this.codec.checkStalls(nowMs);
  }

  onStreamWritable(streamId: number): void {
    this.links.get(streamId)?.writable();
  }

  onGoaway(): void {
    this.host.connectionLeft(this);
  }

  onDrained(): void {
    this.flushNow();
    this.socket.end();
  }

  /** The member is silent: open streams go on, new ones are opened on another connection. */
  retire(): void {
    this.host.connectionLeft(this);
    this.leave();
  }

  onConnectionError(_code: number, reason: string): void {
    this.error = reason;
    this.flushNow();
    this.socket.destroy();
    this.gone();
  }

  onOutput(): void {
    this.host.flushTurn.add(this);
  }

  flushNow(): void {
    const { socket, codec } = this;
    while (socket.writable && socket.writableLength < SOCKET_HIGH_WATER_BYTES) {
      const chunk = codec.takeOutput();
      if (chunk === null) return;
      socket.write(chunk, () => codec.recycle(chunk));
    }
  }

  private connected(): void {
    this.isConnected = true;
    for (const link of this.links.values()) link.connected();
  }

  private read(bytes: Buffer, count: number): void {
    this.codec.receive(bytes, 0, count);
    for (const link of this.links.values()) link.readDone();
  }

  private gone(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.host.connectionLeft(this);
    const kind = this.isConnected ? 'response-error' : connectFailureKind(this.error);
    const reason = this.error === '' ? 'closed by the member' : this.error;
    for (const link of Array.from(this.links.values())) link.lost(kind, reason);
    this.socket.destroy();
  }
}
