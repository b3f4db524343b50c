import { Field, type ResponseHead } from '../../message.ts';

/** Answers as a member might send them, in latin1, with what has to become of them. */
export interface RefusedResponse {
  readonly name: string;
  readonly bytes: string;
  readonly method?: string;
}

export interface AcceptedResponse {
  readonly name: string;
  readonly bytes: string;
  readonly method?: string;
  readonly expected: Partial<ResponseHead>;
  readonly body?: string;
  readonly trailers?: string;
  /** Bytes behind the answer, for the owner to notice. */
  readonly surplus?: number;
}

const ok = (fields: string, body = '') => `HTTP/1.1 200 OK\r\n${fields}\r\n${body}`;
const chunked = (body: string) => ok('Transfer-Encoding: chunked\r\n', body);
const refused = (name: string, bytes: string, method = 'GET'): RefusedResponse => ({ name, bytes, method });

export const refusedResponses: readonly RefusedResponse[] = [
  refused('nothing', ''),
  refused('garbage', 'hello, world\r\n'),
  refused('garbage without a line end, then closed', 'hello'),
  refused('HTTP/0.9', '<html></html>'),
  ...[
    'HTTP/1.1 20 OK',
    'HTTP/1.1 2000 OK',
    'HTTP/1.1 099 OK',
    'HTTP/1.1  200 OK',
    'HTTP/1.1 200\tOK',
    'HTTP/1.1 abc OK',
    'HTTP/2.0 200 OK',
    'HTTP/1.2 200 OK',
    'http/1.1 200 OK',
    'ICY 200 OK',
    ' HTTP/1.1 200 OK',
    'HTTP/1.1 200 O\0K',
    'HTTP/1.1 200 O\x7fK',
    '\r\nHTTP/1.1 200 OK',
    'HTTP/1.1',
    '',
  ].map((line) => refused(`status line ${JSON.stringify(line)}`, `${line}\r\nContent-Length: 0\r\n\r\n`)),
  refused('LF line ends', 'HTTP/1.1 200 OK\nContent-Length: 0\n\n'),
  refused('bare LF in a value', ok('X: a\nY: b\r\nContent-Length: 0\r\n')),
  refused('bare CR in a value', ok('X: a\rb\r\nContent-Length: 0\r\n')),
  refused('NUL in a value', ok('X: a\0b\r\nContent-Length: 0\r\n')),
  refused('folded line', ok('X: a\r\n b\r\nContent-Length: 0\r\n')),
  refused('white space before the colon', ok('Content-Length : 0\r\n')),
  refused('line without a colon', ok('Content-Length\r\n')),
  refused('empty name', ok(': a\r\nContent-Length: 0\r\n')),
  refused('head over 64 KiB', ok(`X: ${'a'.repeat(65_536)}\r\nContent-Length: 0\r\n`)),
  refused('head over 64 KiB that does not end', `HTTP/1.1 200 ${'a'.repeat(65_536)}`),
  refused('more than 1,000 fields', ok(`Content-Length: 0\r\n${'a: b\r\n'.repeat(1000)}`)),
  refused('Transfer-Encoding and Content-Length', ok('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n', '0\r\n\r\n')),
  refused('the same for HEAD', ok('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n'), 'HEAD'),
  refused('Transfer-Encoding: gzip, chunked', ok('Transfer-Encoding: gzip, chunked\r\n', '0\r\n\r\n')),
  refused('Transfer-Encoding in HTTP/1.0', 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'),
  refused('two different Content-Length', ok('Content-Length: 1\r\nContent-Length: 2\r\n', 'ab')),
  ...['', '+1', '-1', '1a', '0x1', '1, 2', '1,1', '9'.repeat(17)].map((value) =>
    refused(`Content-Length: ${JSON.stringify(value)}`, ok(`Content-Length: ${value}\r\n`, 'a')),
  ),
  refused('Connection: Content-Length', ok('Connection: content-length\r\nContent-Length: 0\r\n')),
  refused('more than a hundred interim answers', 'HTTP/1.1 102\r\n\r\n'.repeat(101)),
  refused('short length body', ok('Content-Length: 5\r\n', 'abcd')),
  refused('chunked body without its end', chunked('5\r\nhello\r\n')),
  refused('chunked body without the last line', chunked('5\r\nhello\r\n0\r\n')),
  refused('only half a head', 'HTTP/1.1 200 OK\r\nContent-Le'),
  refused('an interim answer only', 'HTTP/1.1 103 Early Hints\r\n\r\n'),
  ...['x\r\n', '5\r\nhelloX', '5\nhello\n', '5 \r\nhello\r\n0\r\n\r\n', '0\r\nX : y\r\n\r\n', 'fffffffffffffffff\r\n'].map((body) =>
    refused(`chunked ${JSON.stringify(body)}`, chunked(body)),
  ),
];

const close = { framing: 'close', contentLength: -1, keepAlive: false } as const;
const none = { framing: 'none' } as const;

export const acceptedResponses: readonly AcceptedResponse[] = [
  {
    name: 'length body',
    bytes: ok('Content-Length: 5\r\nContent-Type: text/plain\r\nSERVER: x\r\n', 'hello'),
    expected: {
      status: 200,
      reason: 'OK',
      fields: 'Content-Type: text/plain\r\nSERVER: x\r\n',
      present: Field.contentType | Field.server,
      framing: 'length',
      contentLength: 5,
      keepAlive: true,
      upgradeWebSocket: false,
      keepAliveTimeout: -1,
    },
    body: 'hello',
  },
  { name: 'empty body', bytes: ok('Content-Length: 0\r\n'), expected: { framing: 'length', contentLength: 0 } },
  { name: 'surplus', bytes: ok('Content-Length: 1\r\n', 'abc'), expected: {}, body: 'a', surplus: 2 },
  { name: 'two equal Content-Length', bytes: ok('Content-Length: 1\r\ncontent-length: 1\r\n', 'a'), expected: { contentLength: 1 }, body: 'a' },
  { name: 'no reason', bytes: 'HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n', expected: { reason: '' } },
  { name: 'no reason and no space', bytes: 'HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n', expected: { reason: '' } },
  { name: 'long reason', bytes: 'HTTP/1.1 299 It\tis \xe9\r\nContent-Length: 0\r\n\r\n', expected: { status: 299, reason: 'It\tis \xe9' } },
  { name: 'unregistered status', bytes: 'HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n', expected: { status: 999 } },
  {
    name: 'chunks and trailers',
    bytes: chunked('5;x=1\r\nhello\r\n1\r\n!\r\n0\r\nGrpc-Status: 0\r\nX:\r\n\r\n'),
    expected: { framing: 'chunked', contentLength: -1, fields: '' },
    body: 'hello!',
    trailers: 'Grpc-Status: 0\r\nX:\r\n',
  },
  {
    name: 'trailers rid of framing',
    bytes: chunked('0\r\nContent-Length: 5\r\nX: 1\r\nTransfer-Encoding: gzip\r\n\r\n'),
    expected: {},
    trailers: 'X: 1\r\n',
  },
  { name: 'surplus behind chunks', bytes: chunked('0\r\n\r\nHTTP/1.1'), expected: {}, surplus: 8 },
  { name: 'body up to the close', bytes: ok('', 'all of it\r\n\r\n'), expected: close, body: 'all of it\r\n\r\n' },
  { name: 'empty body up to the close', bytes: ok(''), expected: close },
  { name: 'identity', bytes: ok('Transfer-Encoding: identity\r\nContent-Length: 1\r\n', 'a'), expected: { framing: 'length' }, body: 'a' },
  { name: 'HTTP/1.0', bytes: 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na', expected: { keepAlive: false, framing: 'length' }, body: 'a' },
  { name: 'HTTP/1.0 that stays', bytes: 'HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 1\r\n\r\na', expected: { keepAlive: true }, body: 'a' },
  { name: 'HTTP/1.0 up to the close', bytes: 'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\na', expected: close, body: 'a' },
  { name: 'Connection: close', bytes: ok('Connection: close\r\nContent-Length: 0\r\n'), expected: { keepAlive: false, fields: '' } },
  {
    name: 'what belongs to this hop',
    bytes: ok('Connection: X-Hop, keep-alive\r\nX-Hop: 1\r\nKeep-Alive: max=9, timeout=30\r\nProxy-Connection: x\r\nUpgrade: h2c\r\nTE: x\r\nTrailer: X\r\nContent-Length: 0\r\n'),
    expected: { fields: 'Trailer: X\r\n', keepAliveTimeout: 30, keepAlive: true },
  },
  { name: 'Keep-Alive without a timeout', bytes: ok('Keep-Alive: xtimeout=5\r\nContent-Length: 0\r\n'), expected: { keepAliveTimeout: -1 } },
  { name: 'HEAD with a length', bytes: ok('Content-Length: 5\r\n'), method: 'HEAD', expected: { ...none, contentLength: 5, keepAlive: true } },
  { name: 'HEAD with chunks', bytes: ok('Transfer-Encoding: chunked\r\n'), method: 'HEAD', expected: { ...none, contentLength: -1, fields: '' } },
  { name: 'HEAD with neither', bytes: ok(''), method: 'HEAD', expected: { ...none, contentLength: -1, keepAlive: true } },
  { name: 'HEAD with a body nevertheless', bytes: ok('Content-Length: 1\r\n', 'a'), method: 'HEAD', expected: none, surplus: 1 },
  { name: '204', bytes: 'HTTP/1.1 204 No Content\r\n\r\n', expected: { ...none, status: 204, keepAlive: true } },
  { name: '304 with a length', bytes: 'HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\nETag: "a"\r\n\r\n', expected: { ...none, contentLength: 9, present: Field.etag } },
];
