import { connect } from 'node:http2';
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders, Settings } from 'node:http2';
import { serverName } from './a-listener.ts';
import type { BuiltListener } from './a-listener.ts';
import { testAuthority } from './certificates.ts';
import { withDeadline } from './deadline.ts';

export interface Http2Answer {
  /** 0 when no head came. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Interim answers, in their order. */
  readonly interim: readonly IncomingHttpHeaders[];
  readonly trailers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** `complete`: the server ended the stream in order; else the code of its RST_STREAM, or `lost` with the connection. */
  readonly ending: 'complete' | 'lost' | number;
  /** The head carried END_STREAM. */
  readonly isHeadOnly: boolean;
}

/** Node's own HTTP/2 client for {@link serverName}, connected; `alpn` other than h2 rejects. */
export async function openHttp2(
  { vip, port }: Pick<BuiltListener, 'vip' | 'port'>,
  settings: Settings = {},
): Promise<ClientHttp2Session> {
  const session = connect(`https://${vip}:${port}`, {
    ca: (await testAuthority()).certificatePem,
    servername: serverName,
    settings: { enablePush: false, ...settings },
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  session.once('connect', () => resolve());
  session.once('error', reject);
  await withDeadline(promise, 10_000, `HTTP/2 connection to ${vip}:${port}`);
  session.off('error', reject);
  session.on('error', () => {}); // what a test asks for may end the connection
  return session;
}

/** Waits until a stream is over and tells how it ended. Body bytes are collected at once: call it before anything comes. */
export async function readHttp2(stream: ClientHttp2Stream, timeoutMs = 15_000): Promise<Http2Answer> {
  const interim: IncomingHttpHeaders[] = [];
  const parts: Buffer[] = [];
  let head: IncomingHttpHeaders = {};
  let trailers: IncomingHttpHeaders = {};
  let isHeadOnly = false;
  let hasEnded = false;
  const { promise, resolve } = Promise.withResolvers<void>();
  stream.on('headers', (fields) => interim.push(fields));
  stream.on('response', (fields, flags) => {
    head = fields;
    isHeadOnly = (flags & 1) !== 0;
  });
  stream.on('trailers', (fields) => (trailers = fields));
  stream.on('data', (bytes: Buffer) => parts.push(bytes));
  stream.on('end', () => (hasEnded = true));
  stream.on('error', () => {}); // told by `ending`
  stream.on('close', () => resolve());
  await withDeadline(promise, timeoutMs, 'end of the stream');
  const code = stream.rstCode ?? 0;
  const ending = code !== 0 ? code : hasEnded && head[':status'] !== undefined ? 'complete' : 'lost';
  const body = Buffer.concat(parts);
  return { status: Number(head[':status'] ?? 0), headers: head, interim, trailers, body, ending, isHeadOnly };
}

/** One request on an open session. */
export function askHttp2(
  session: ClientHttp2Session,
  headers: Readonly<Record<string, string | readonly string[]>>,
  body?: string | Buffer,
): Promise<Http2Answer> {
  const stream = session.request({ ...headers } as Record<string, string>, { endStream: body === undefined });
  const answer = readHttp2(stream);
  if (body !== undefined) stream.end(body);
  return answer;
}
