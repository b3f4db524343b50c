import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { withDeadline } from './deadline.ts';
import { MessageReader, framingOf } from './message-reader.ts';
import type { BodyFraming, HeaderField, MessageHead } from './message-reader.ts';
import { Waiters } from './waiters.ts';

export interface RawClientOptions {
  readonly host: string;
  readonly port: number;
  /** Left out: plain TCP. */
  readonly tls?: { readonly ca: string; readonly servername?: string; readonly alpn?: readonly string[] };
  /** Local address to connect from; default the system's choice. */
  readonly from?: string;
}

export interface ReceivedAnswer {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly HeaderField[];
  readonly trailers: readonly HeaderField[];
  readonly body: Buffer;
  readonly rawHead: string;
  /** False while it arrives, and for ever when the connection ended in its middle. */
  readonly isComplete: boolean;
}

/** Opens a connection on which a test writes bytes of its own and reads whole answers. At most 10 s. */
export async function openRawClient(options: RawClientOptions): Promise<RawClient> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const { host, port, tls, from } = options;
  const place = { host, port, ...(from === undefined ? {} : { localAddress: from }) };
  const socket =
    tls === undefined ? connectTcp(place, resolve) : connectTls({ ...place, ...tlsOptions(tls) }, resolve);
  socket.once('error', reject);
  try {
    await withDeadline(promise, 10_000, `connection to ${host}:${port}`);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  socket.off('error', reject);
  return new RawClient(socket);
}

function tlsOptions(tls: NonNullable<RawClientOptions['tls']>): object {
  const { ca, servername, alpn } = tls;
  return {
    ca,
    ...(servername === undefined ? { checkServerIdentity: () => undefined } : { servername }),
    ...(alpn === undefined ? {} : { ALPNProtocols: [...alpn] }),
  };
}

export class RawClient {
  readonly socket: Socket | TLSSocket;
  /** Final answers and interim ones (1xx), in the order in which they came. */
  readonly answers: ReceivedAnswer[] = [];
  /** How the connection ended: `end` in order, `reset` by RST or error; null while it is open. */
  ending: 'end' | 'reset' | null = null;
  private readonly waiters = new Waiters();
  private readonly reader: MessageReader;
  private readonly methods: string[] = [];
  private current: { -readonly [K in keyof ReceivedAnswer]: ReceivedAnswer[K] } | undefined;

  constructor(socket: Socket | TLSSocket) {
    this.socket = socket;
    this.reader = new MessageReader({
      onHead: (head) => this.begin(head),
      onBody: (bytes) => this.current && (this.current.body = Buffer.concat([this.current.body, bytes])),
      onEnd: (trailers) => this.complete(trailers),
    });
    socket.on('data', (bytes) => {
      this.reader.feed(bytes);
      this.waiters.changed();
    });
    socket.on('error', () => (this.ending = 'reset'));
    socket.on('end', () => {
      this.reader.finish();
      this.ending ??= 'end';
      this.waiters.changed();
    });
    socket.on('close', () => {
      this.ending ??= 'reset';
      this.waiters.changed();
    });
  }

  /** Strings are latin1. `method` is what the answer belongs to: HEAD answers have no body. */
  write(bytes: string | Buffer, method = 'GET'): void {
    this.methods.push(method);
    this.writeMore(bytes);
  }

  /** More bytes of the same request. */
  writeMore(bytes: string | Buffer): void {
    this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** The answer number `index`, complete; throws when the connection ends before it. */
  async answer(index = 0, timeoutMs = 10_000): Promise<ReceivedAnswer> {
    const isThere = (): boolean => this.answers[index]?.isComplete ?? false;
    await this.until(() => isThere() || this.ending !== null, `answer ${index + 1}`, timeoutMs);
    const answer = this.answers[index];
    if (!isThere() || answer === undefined)
      throw new Error(`the connection ended (${this.ending}) before answer ${index + 1}`);
    return answer;
  }

  /** Resolves when the other side has closed, with the way in which it did. */
  async ended(timeoutMs = 10_000): Promise<'end' | 'reset'> {
    await this.until(() => this.ending !== null, 'end of the connection', timeoutMs);
    return this.ending ?? 'end';
  }

  until(holds: () => boolean, what: string, timeoutMs = 10_000): Promise<void> {
    return this.waiters.until(
      holds,
      timeoutMs,
      () => `${what}; have ${this.answers.map((a) => a.status).join(' ') || 'no answer'}`,
    );
  }

  close(): void {
    this.socket.destroy();
  }

  /** Ends with an RST (plain TCP) or without close_notify (TLS). */
  reset(): void {
    if ('encrypted' in this.socket) this.socket.destroy();
    else this.socket.resetAndDestroy();
  }

  private begin(head: MessageHead): BodyFraming {
    const [, version = '', status = '0', reason = ''] = /^(\S+) (\d+) ?(.*)$/.exec(head.startLine) ?? [];
    const code = Number(status);
    this.current = {
      version,
      status: code,
      reason,
      headers: head.headers,
      trailers: [],
      body: Buffer.alloc(0),
      rawHead: head.raw,
      isComplete: false,
    };
    this.answers.push(this.current);
    const isInterim = code < 200;
    const method = isInterim ? 'GET' : (this.methods.shift() ?? 'GET');
    const hasNoBody = isInterim || code === 204 || code === 304 || method === 'HEAD';
    return hasNoBody ? { kind: 'none' } : framingOf(head, 'close');
  }

  private complete(trailers: readonly HeaderField[]): void {
    if (this.current === undefined) return;
    this.current.trailers = trailers;
    this.current.isComplete = true;
    this.current = undefined;
  }
}
