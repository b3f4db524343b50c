import { createServer } from 'node:http2';
import type { Http2Server, IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { freeAddress } from './addresses.ts';
import { listenOn } from './listen-on.ts';
import { Waiters } from './waiters.ts';

/** One call as an HTTP/2 member saw it. */
export interface SeenCall {
  /** Which connection brought it, counted from 1. */
  readonly connection: number;
  readonly headers: IncomingHttpHeaders;
  readonly stream: ServerHttp2Stream;
  body: Buffer;
  state: 'arriving' | 'arrived' | 'aborted';
}

export type CallScript = (call: SeenCall) => void;

/** A member that speaks HTTP/2 in clear text with Node's own server. `script` runs when the head of a call is there. */
export async function http2Member(script: CallScript): Promise<Http2Member> {
  const member = new Http2Member(script);
  await member.listen(freeAddress(), 0);
  return member;
}

export class Http2Member {
  readonly calls: SeenCall[] = [];
  connectionsMade = 0;
  script: CallScript;
  private readonly server: Http2Server;
  private readonly sessions = new Map<ServerHttp2Session, number>();
  private readonly waiters = new Waiters();
  private bound: AddressInfo | undefined;

  constructor(script: CallScript) {
    this.script = script;
    this.server = createServer();
    this.server.on('session', (session) => {
      this.connectionsMade += 1;
      this.sessions.set(session, this.connectionsMade);
      session.on('error', () => {}); // resets are part of the script
      session.on('close', () => {
        this.sessions.delete(session);
        this.waiters.changed();
      });
    });
    this.server.on('stream', (stream, headers) => this.take(stream, headers));
  }

  get address(): string {
    return this.bound?.address ?? '';
  }

  get port(): number {
    return this.bound?.port ?? 0;
  }

  get openSessions(): readonly ServerHttp2Session[] {
    return [...this.sessions.keys()];
  }

  async listen(address: string, port: number): Promise<void> {
    this.bound = await listenOn(this.server, address, port);
  }

  until(holds: () => boolean, what: string, timeoutMs = 10_000): Promise<void> {
    return this.waiters.until(holds, timeoutMs, what);
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const session of this.sessions.keys()) session.destroy();
    await closed;
  }

  private take(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    const connection = this.sessions.get(stream.session as ServerHttp2Session) ?? 0;
    const call: SeenCall = { connection, headers, stream, body: Buffer.alloc(0), state: 'arriving' };
    this.calls.push(call);
    stream.on('error', () => {});
    stream.on('data', (bytes: Buffer) => {
      call.body = Buffer.concat([call.body, bytes]);
      this.waiters.changed();
    });
    stream.on('end', () => {
      if (call.state === 'arriving') call.state = 'arrived';
      this.waiters.changed();
    });
    stream.on('aborted', () => {
      call.state = 'aborted';
      this.waiters.changed();
    });
    this.script(call);
    this.waiters.changed();
  }
}
