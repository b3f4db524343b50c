import { serverName } from '@elbow/testkit';

/** One request that no member may see answered, and the status the client must get for it. */
export interface HostileRequest {
  readonly name: string;
  /** latin1 */
  readonly bytes: string;
  readonly status: number;
  /** True when the head is in order and only the body is not: the member may have seen the head. */
  readonly reachesMember?: boolean;
}

const host = `Host: ${serverName}\r\n`;
const line = 'GET / HTTP/1.1\r\n';
const post = `POST / HTTP/1.1\r\n${host}`;
const chunked = `${post}Transfer-Encoding: chunked\r\n\r\n`;

/** Fixed cases: what is wrong, the bytes, the status. Statuses follow RFC 9112 and the limits in docs/reference. */
const fixed: readonly HostileRequest[] = [
  ...heads(400, {
    'content-length and transfer-encoding': `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    'transfer-encoding and content-length': `${post}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
    'two different content-lengths': `${post}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`,
    'a list of different content-lengths': `${post}Content-Length: 5, 6\r\n\r\nhello!`,
    'a signed content-length': `${post}Content-Length: +5\r\n\r\nhello`,
    'a negative content-length': `${post}Content-Length: -5\r\n\r\nhello`,
    'a hexadecimal content-length': `${post}Content-Length: 0x5\r\n\r\nhello`,
    'an empty content-length': `${post}Content-Length: \r\n\r\n`,
    'a content-length with a space inside': `${post}Content-Length: 1 2\r\n\r\nhello`,
    'no host': `${line}X: y\r\n\r\n`,
    'two hosts': `${line}${host}Host: other.example.test\r\n\r\n`,
    'the same host twice': `${line}${host}${host}\r\n`,
    'a host with a path': `${line}Host: a/b\r\n\r\n`,
    'a host with a space': `${line}Host: a b\r\n\r\n`,
    'a host with user information': `${line}Host: user@a\r\n\r\n`,
    'a folded line': `${line}${host}X: a\r\n b\r\n\r\n`,
    'a folded line by tab': `${line}${host}X: a\r\n\tb\r\n\r\n`,
    'a fold in the first field': `${line} X: a\r\n${host}\r\n`,
    'bare line feeds': `GET / HTTP/1.1\nHost: ${serverName}\n\n`,
    'one bare line feed': `${line}${host}X: a\nY: b\r\n\r\n`,
    'a bare carriage return in a value': `${line}${host}X: a\rb\r\n\r\n`,
    'a NUL in a value': `${line}${host}X: a\0b\r\n\r\n`,
    'a control character in a value': `${line}${host}X: a\x01b\r\n\r\n`,
    'a NUL in a name': `${line}${host}X\0: a\r\n\r\n`,
    'a space before the colon': `${line}${host}X : a\r\n\r\n`,
    'a space before the colon of content-length': `${post}Content-Length : 5\r\n\r\nhello`,
    'an empty field name': `${line}${host}: a\r\n\r\n`,
    'a field without a colon': `${line}${host}nothing\r\n\r\n`,
    'a character beyond ASCII in a name': `${line}${host}X\xe9: a\r\n\r\n`,
    'HTTP/0.9': `GET /\r\n\r\n`,
    'two spaces in the request line': `GET  / HTTP/1.1\r\n${host}\r\n`,
    'a tab in the request line': `GET\t/ HTTP/1.1\r\n${host}\r\n`,
    'a space at the end of the request line': `GET / HTTP/1.1 \r\n${host}\r\n`,
    'a space in the target': `GET /a b HTTP/1.1\r\n${host}\r\n`,
    'a control character in the target': `GET /a\x02 HTTP/1.1\r\n${host}\r\n`,
    'a method with a bad character': `G@T / HTTP/1.1\r\n${host}\r\n`,
    'no method': ` / HTTP/1.1\r\n${host}\r\n`,
    'a target without a slash': `GET index.html HTTP/1.1\r\n${host}\r\n`,
    'a version that is none': `GET / HTPP/1.1\r\n${host}\r\n`,
    'a lower-case version': `GET / http/1.1\r\n${host}\r\n`,
    'transfer-encoding in HTTP/1.0': `POST / HTTP/1.0\r\n${host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    'a head of 100,000 bytes in one field': `${line}${host}X: ${'a'.repeat(100_000)}\r\n\r\n`,
    'a head of 100,000 bytes in many fields': `${line}${host}${`X: ${'a'.repeat(195)}\r\n`.repeat(500)}\r\n`,
    '1,001 fields': `${line}${host}${'X: y\r\n'.repeat(1000)}\r\n`,
  }),
  ...heads(414, {
    'a path of 17,000 bytes': `GET /${'a'.repeat(17_000)} HTTP/1.1\r\n${host}\r\n`,
    'a query of 100,000 bytes': `GET /?${'a'.repeat(100_000)} HTTP/1.1\r\n${host}\r\n`,
  }),
  ...heads(501, {
    'transfer-encoding gzip': `${post}Transfer-Encoding: gzip\r\n\r\n`,
    'transfer-encoding deflate': `${post}Transfer-Encoding: deflate\r\n\r\n`,
    'a transfer-encoding that nobody knows': `${post}Transfer-Encoding: xchunked\r\n\r\n`,
  }),
  ...heads(505, {
    'HTTP/3.0 in text': `GET / HTTP/3.0\r\n${host}\r\n`,
    'HTTP/2.0 in text': `GET / HTTP/2.0\r\n${host}\r\n`,
  }),
  ...heads(405, {
    connect: `CONNECT ${serverName}:443 HTTP/1.1\r\n${host}\r\n`,
    trace: `TRACE / HTTP/1.1\r\n${host}\r\n`,
  }),
  ...heads(413, { 'a body over 10 GiB by its own word': `${post}Content-Length: 10737418241\r\n\r\n` }),
  ...bodies({
    'a chunk size of letters': `${chunked}zz\r\n`,
    'a negative chunk size': `${chunked}-1\r\n`,
    'an empty chunk size': `${chunked}\r\n`,
    'a chunk size with a prefix': `${chunked}0x5\r\nhello\r\n0\r\n\r\n`,
    'a chunk size over 64 bits': `${chunked}${'f'.repeat(20)}\r\n`,
    'a chunk that is longer than its size': `${chunked}5\r\nhello!\r\n0\r\n\r\n`,
    'a chunk without its line end': `${chunked}5\r\nhello0\r\n\r\n`,
    'a bare line feed after a chunk size': `${chunked}5\nhello\r\n0\r\n\r\n`,
    'a bare line feed after a chunk': `${chunked}5\r\nhello\n0\r\n\r\n`,
  }),
];

function heads(status: number, cases: Readonly<Record<string, string>>): readonly HostileRequest[] {
  return Object.entries(cases).map(([name, bytes]) => ({ name, bytes, status }));
}

function bodies(cases: Readonly<Record<string, string>>): readonly HostileRequest[] {
  return Object.entries(cases).map(([name, bytes]) => ({ name, bytes, status: 400, reachesMember: true }));
}

export const fixedCases = fixed;

/** `count` requests: the fixed cases in turn, and between them as many of random bytes. The same for the same seed. */
export function* hostileRequests(count: number, seed: number): Generator<HostileRequest> {
  const random = seeded(seed);
  for (let at = 0; at < count; at++) {
    const known = fixed[(at >> 1) % fixed.length];
    yield at % 2 === 0 && known !== undefined ? known : garbage(random);
  }
}

/** Random bytes that end like a head. The first is beyond ASCII: neither TLS nor the empty line that may precede a request. */
function garbage(random: () => number): HostileRequest {
  const length = 16 + Math.floor(random() * 2000);
  const codes = Array.from({ length }, () => Math.floor(random() * 256));
  codes[0] = 0x80 + (codes[0] ?? 0) / 2;
  return { name: `${length} random bytes`, bytes: `${String.fromCharCode(...codes)}\r\n\r\n`, status: 400 };
}

/** mulberry32: numbers from 0 to 1 that repeat with the seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
