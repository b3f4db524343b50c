import { Field, type RequestHead } from '../../message.ts';

/** Requests as a client might send them, in latin1, with what has to become of them. */
export interface RefusedRequest {
  readonly name: string;
  readonly bytes: string;
  readonly status: number;
  /** Part of the sentence in the log. */
  readonly reason?: string;
}

export interface AcceptedRequest {
  readonly name: string;
  readonly bytes: string;
  readonly expected: Partial<RequestHead>;
  readonly body?: string;
}

const host = 'Host: a\r\n';
const get = (fields: string, line = 'GET / HTTP/1.1') => `${line}\r\n${host}${fields}\r\n`;
const line = (text: string) => `${text}\r\n${host}\r\n`;
const post = (fields: string, body = '') => `POST / HTTP/1.1\r\n${host}${fields}\r\n${body}`;
const chunked = (body: string) => post('Transfer-Encoding: chunked\r\n', body);
const refused = (status: number, name: string, bytes: string, reason?: string): RefusedRequest => ({
  name,
  bytes,
  status,
  ...(reason === undefined ? {} : { reason }),
});

const KiB = 1024;
const GiB = 1024 ** 3;

export const refusedRequests: readonly RefusedRequest[] = [
  // Sizes
  refused(400, 'head over 64 KiB', get(`X-A: ${'a'.repeat(66_000)}\r\n`), 'head too large'),
  refused(400, 'head over 64 KiB that does not end', `GET / HTTP/1.1\r\n${host}X-A: ${'a'.repeat(66_000)}`),
  refused(414, 'request line over 16 KiB', line(`GET /${'a'.repeat(17_000)} HTTP/1.1`)),
  refused(414, 'request line over 16 KiB that does not end', `GET /${'a'.repeat(16 * KiB)}`),
  refused(414, 'request line one byte over 16 KiB', line(`GET /${'a'.repeat(16 * KiB - 13)} HTTP/1.1`)),
  refused(400, 'more than 1,000 fields', get('a: b\r\n'.repeat(1000)), 'too many fields'),
  refused(400, 'field 1,001 before the head is complete', get('a: b\r\n'.repeat(999)).slice(0, -2) + 'c'),
  refused(413, 'Content-Length over 10 GiB', post(`Content-Length: ${10 * GiB + 1}\r\n`)),
  refused(413, 'Content-Length of 400 digits', post(`Content-Length: ${'9'.repeat(400)}\r\n`)),
  refused(413, 'chunk over 10 GiB', chunked('280000001\r\n')),
  refused(413, 'chunks over 10 GiB together', chunked('1\r\na\r\n280000000\r\n')),
  refused(413, 'chunk size that overflows', chunked('ffffffffffffffff\r\n')),
  // Transfer-Encoding and Content-Length
  refused(501, 'Transfer-Encoding: gzip', post('Transfer-Encoding: gzip\r\n')),
  refused(501, 'Transfer-Encoding: gzip, chunked', post('Transfer-Encoding: gzip, chunked\r\n')),
  refused(501, 'Transfer-Encoding: chunked, identity', post('Transfer-Encoding: chunked, identity\r\n')),
  refused(501, 'Transfer-Encoding twice', post('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n')),
  refused(501, 'Transfer-Encoding: xchunked', post('Transfer-Encoding: xchunked\r\n')),
  refused(501, 'Transfer-Encoding: chunked with a parameter', post('Transfer-Encoding: chunked;a=b\r\n')),
  refused(501, 'Transfer-Encoding: chunked with NBSP', post('Transfer-Encoding: chunked\xa0\r\n')),
  refused(501, 'Transfer-Encoding: "chunked"', post('Transfer-Encoding: "chunked"\r\n')),
  refused(501, 'Transfer-Encoding empty', post('Transfer-Encoding:\r\n')),
  refused(400, 'Transfer-Encoding with VT', post('Transfer-Encoding: \x0bchunked\r\n')),
  refused(400, 'Transfer-Encoding and Content-Length', post('Transfer-Encoding: chunked\r\nContent-Length: 3\r\n')),
  refused(400, 'Content-Length and Transfer-Encoding', post('Content-Length: 3\r\nTransfer-Encoding: chunked\r\n')),
  refused(400, 'identity and Content-Length', post('Content-Length: 3\r\nTransfer-Encoding: identity\r\n')),
  refused(
    400,
    'Transfer-Encoding in HTTP/1.0',
    `POST / HTTP/1.0\r\n${host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ),
  refused(400, 'two different Content-Length', post('Content-Length: 3\r\nContent-Length: 4\r\n')),
  refused(400, 'two equal Content-Length', post('Content-Length: 3\r\ncontent-length: 3\r\n')),
  ...['+1', '-1', '1,1', '1, 1', '0x1', '', '1 1', '1.0', '1e1', 'a', '\xb2', '1;', '1_0'].map((value) =>
    refused(400, `Content-Length: ${JSON.stringify(value)}`, post(`Content-Length: ${value}\r\n`)),
  ),
  refused(400, 'Connection: Content-Length', post('Connection: close, Content-Length\r\nContent-Length: 3\r\n')),
  refused(400, 'Connection: Host', get('Connection: host\r\n')),
  refused(400, 'Connection: Transfer-Encoding', post('Connection: transfer-encoding\r\nTransfer-Encoding: chunked\r\n')),
  // Host
  refused(400, 'no Host', 'GET / HTTP/1.1\r\n\r\n'),
  refused(400, 'no Host beside an absolute target', 'GET http://a/ HTTP/1.1\r\n\r\n'),
  refused(400, 'two Hosts', get('Host: a\r\n')),
  refused(400, 'two different Hosts', get('host: b\r\n')),
  ...['', 'a b', 'a/b', 'a@b', 'a?b', 'a\\b', 'a"b', 'a<b', 'a,b c', 'a:b', 'a:65536', 'a:123456', 'a:1:2'].map((value) =>
    refused(400, `Host: ${JSON.stringify(value)}`, `GET / HTTP/1.1\r\nHost: ${value}\r\n\r\n`),
  ),
  ...['\xe9', '[::1', '::1', '[::1]x', '[g::1]', 'a%', 'a%4', 'a%zz', ':80', 'a#b', 'http://a'].map((value) =>
    refused(400, `Host: ${JSON.stringify(value)}`, `GET / HTTP/1.1\r\nHost: ${value}\r\n\r\n`),
  ),
  refused(400, 'bad Host in HTTP/1.0', 'GET / HTTP/1.0\r\nHost: a b\r\n\r\n'),
  // Field syntax
  refused(400, 'folded line with SP', get('X: a\r\n b\r\n'), 'folded'),
  refused(400, 'folded line with HTAB', get('X: a\r\n\tb\r\n'), 'folded'),
  refused(400, 'white space before the first field', `GET / HTTP/1.1\r\n ${host}\r\n`, 'folded'),
  refused(400, 'white space before the colon', get('Content-Length : 3\r\n'), 'white space'),
  refused(400, 'tab before the colon', get('X\t: 3\r\n'), 'white space'),
  refused(400, 'white space in a name', get('X Y: 3\r\n'), 'white space'),
  refused(400, 'empty name', get(': 3\r\n'), 'empty field name'),
  refused(400, 'line without a colon', get('X\r\n'), 'without a colon'),
  ...['\0', '\x01', '\x0b', '\x1b', '\x7f'].map((value) =>
    refused(400, `${JSON.stringify(value)} in a value`, get(`X: a${value}b\r\n`), 'control character'),
  ),
  ...['\0', '(', ')', '/', '"', '@', '{', '\xe9', '\x7f', '[', '\\', ';', '='].map((value) =>
    refused(400, `${JSON.stringify(value)} in a name`, get(`X${value}: a\r\n`)),
  ),
  refused(400, 'bare CR in a value', get('X: a\rb\r\n'), 'bare CR'),
  refused(400, 'bare LF in a value', get('X: a\nTransfer-Encoding: chunked\r\n'), 'bare LF'),
  refused(400, 'CR CR LF', get('X: a\r\r\n'), 'bare CR'),
  refused(400, 'bare CR behind the fields', get('\rX: a\r\n')),
  refused(400, 'LF line ends, no CRLFCRLF anywhere', 'GET / HTTP/1.1\nHost: a\n\n', 'bare LF'),
  refused(400, 'LF line ends behind the request line', 'GET / HTTP/1.1\r\nHost: a\n\n', 'bare LF'),
  refused(400, 'LF for the empty line', 'GET / HTTP/1.1\r\nHost: a\r\n\n', 'bare LF'),
  refused(400, 'bare LF before the request', '\nGET / HTTP/1.1\r\nHost: a\r\n\r\n'),
  refused(400, 'bare CR before the request', '\rGET / HTTP/1.1\r\nHost: a\r\n\r\n'),
  refused(400, 'nothing but empty lines', '\r\n'.repeat(100)),
  // Request line
  refused(405, 'CONNECT', line('CONNECT a:443 HTTP/1.1')),
  refused(405, 'TRACE', line('TRACE / HTTP/1.1')),
  refused(400, 'HTTP/0.9', 'GET /\r\n\r\n', 'HTTP/0.9'),
  refused(400, 'HTTP/0.9 that does not end', 'GET /\r\n', 'HTTP/0.9'),
  refused(400, 'HTTP/0.9 by name', line('GET / HTTP/0.9')),
  refused(400, 'lower-case version', line('GET / http/1.1')),
  refused(505, 'HTTP/2.0', line('GET / HTTP/2.0')),
  refused(505, 'HTTP/3.0', line('GET / HTTP/3.0')),
  refused(505, 'HTTP/2', line('GET / HTTP/2')),
  refused(505, 'HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  refused(505, 'HTTP/1.2', line('GET / HTTP/1.2')),
  ...['HTTP/11', 'HTTP/1.', 'HTTP/1.10', 'HTTP/01.1', 'HTTP /1.1', 'HTTP/1.1 ', ' HTTP/1.1', 'HTTP/1.1\t', 'ICE/1.0'].map((version) =>
    refused(400, `version ${JSON.stringify(version)}`, line(`GET / ${version}`)),
  ),
  refused(400, 'TLS ClientHello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 'TLS'),
  refused(400, '* for GET', line('GET * HTTP/1.1')),
  refused(400, 'authority form for GET', line('GET a:80 HTTP/1.1')),
  refused(400, 'path without a slash', line('GET index.html HTTP/1.1')),
  refused(400, 'fragment', line('GET /a#b HTTP/1.1'), 'fragment'),
  refused(400, 'fragment in a URL', line('GET http://a/#b HTTP/1.1'), 'fragment'),
  ...['/\0', '/\x01', '/\t', '/\x7f', '/\x80', '/\xe9', '/a b', '/\r', '/\n'].map((target) =>
    refused(400, `target ${JSON.stringify(target)}`, line(`GET ${target} HTTP/1.1`)),
  ),
  ...['http://', 'http:///a', 'http://u@a/', 'http://u:p@a/', 'http://a:b/', 'http:/a', 'ftp://a/', 'http://a\\b/'].map((target) =>
    refused(400, `target ${JSON.stringify(target)}`, line(`GET ${target} HTTP/1.1`)),
  ),
  refused(400, 'method of 65 characters', line(`${'A'.repeat(65)} / HTTP/1.1`)),
  refused(400, 'method with a colon', line('GE:T / HTTP/1.1')),
  refused(400, 'no method', line(' / HTTP/1.1')),
  refused(400, 'two spaces behind the method', line('GET  / HTTP/1.1')),
  refused(400, 'tab behind the method', line('GET\t/ HTTP/1.1')),
  // Expect
  refused(417, 'Expect: 200-ok', get('Expect: 200-ok\r\n')),
  refused(417, 'Expect empty', get('Expect:\r\n')),
  // Chunks
  ...[
    'x',
    '\r\n',
    ' 1\r\na\r\n',
    '1 \r\na\r\n',
    '0x1\r\na\r\n',
    '+1\r\na\r\n',
    '-1\r\na\r\n',
    '1_0\r\n',
    '1\na\n',
    '1\n',
    '1\r\rx',
    '1\r\nab',
    '1\r\na\n',
    '1\r\na\r\r',
    '1\r\na1\r\n',
    '00000000000000001\r\n',
    '1;a\nb\r\n',
    '1;a\r\r\n',
    '1;a=\x01\r\n',
    '1;a="\n"\r\n',
    '1;a="b"c\r\n',
    '1;a b\r\n',
    '1;\r\na\r\n',
    '1;a;\r\na\r\n',
    '1;;a\r\na\r\n',
    '1;=b\r\na\r\n',
    '1;a=\r\na\r\n',
    '1;a=b=c\r\na\r\n',
    '1;a=b"c"\r\na\r\n',
    '1,a\r\n',
    `1;${'a'.repeat(17_000)}\r\n`,
    '0\r\nX : y\r\n\r\n',
    '0\r\n X: y\r\n\r\n',
    '0\r\nX: y\n\r\n',
    '0\r\nContent-Length: 3\r\n\r\n',
    '0\r\ntransfer-encoding: chunked\r\n\r\n',
    '0\r\nHost: b\r\n\r\n',
    '0\r\n\n',
    '0\r\n\rX',
    '0\n\n',
    `0\r\n${'a: b\r\n'.repeat(1001)}\r\n`,
    `0\r\nX: ${'a'.repeat(66_000)}`,
  ].map((body) => refused(400, `chunked ${JSON.stringify(body.slice(0, 40))}`, chunked(body))),
];

export const acceptedRequests: readonly AcceptedRequest[] = [
  {
    name: 'the smallest',
    bytes: get(''),
    expected: {
      method: 'GET',
      target: '/',
      authority: 'a',
      version: '1.1',
      fields: '',
      present: 0,
      framing: 'none',
      contentLength: 0,
      keepAlive: true,
      expectContinue: false,
      upgradeWebSocket: false,
      acceptsTrailers: false,
      headBytes: 27,
    },
  },
  { name: 'empty lines before it', bytes: `\r\n\r\n${get('')}`, expected: { target: '/', headBytes: 27 } },
  {
    name: 'absolute-form, whose authority wins',
    bytes: line('GET HTTP://B.example:81/p?q HTTP/1.1'),
    expected: { target: '/p?q', authority: 'B.example:81', fields: '' },
  },
  { name: 'absolute-form without a path', bytes: line('GET http://b HTTP/1.1'), expected: { target: '/', authority: 'b' } },
  { name: 'absolute-form with a query only', bytes: line('GET https://b?q HTTP/1.1'), expected: { target: '/?q' } },
  { name: 'OPTIONS *', bytes: line('OPTIONS * HTTP/1.1'), expected: { target: '*', authority: 'a' } },
  {
    name: 'OPTIONS for a whole server in absolute-form',
    bytes: line('OPTIONS http://b HTTP/1.1'),
    expected: { target: '*', authority: 'b' },
  },
  { name: 'target of two slashes', bytes: line('GET //b/p HTTP/1.1'), expected: { target: '//b/p', authority: 'a' } },
  {
    name: 'target with everything printable',
    bytes: line(`GET /!"$%&'()*+,-.:;<=>?@[\\]^_\`{|}~ HTTP/1.1`),
    expected: { target: `/!"$%&'()*+,-.:;<=>?@[\\]^_\`{|}~` },
  },
  ...['www.example.test:8443', '[::1]', '[2001:db8::1]:443', '1.2.3.4', 'a_b', 'a%41', 'a.', 'a:', 'A-1', '*'].map((value) => ({
    name: `Host: ${value}`,
    bytes: `GET / HTTP/1.1\r\nHost:\t ${value} \r\n\r\n`,
    expected: { authority: value },
  })),
  { name: 'unknown method', bytes: line('PROPFIND / HTTP/1.1'), expected: { method: 'PROPFIND' } },
  { name: 'method in lower case', bytes: line('get / HTTP/1.1'), expected: { method: 'get' } },
  { name: 'method of 64 characters', bytes: line(`${'A'.repeat(64)} / HTTP/1.1`), expected: { method: 'A'.repeat(64) } },
  {
    name: 'HTTP/1.0 without Host',
    bytes: 'GET / HTTP/1.0\r\n\r\n',
    expected: { version: '1.0', authority: '', keepAlive: false },
  },
  {
    name: 'HTTP/1.0 that wants to stay',
    bytes: 'GET / HTTP/1.0\r\nHost: a\r\nConnection: Keep-Alive\r\n\r\n',
    expected: { version: '1.0', keepAlive: true },
  },
  {
    name: 'HTTP/1.0 does not expect',
    bytes: 'POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na',
    expected: { expectContinue: false, fields: '' },
    body: 'a',
  },
  { name: 'Connection: close', bytes: get('Connection: close\r\n'), expected: { keepAlive: false, fields: '' } },
  { name: 'close beats keep-alive', bytes: get('Connection: keep-alive, Close\r\n'), expected: { keepAlive: false } },
  { name: 'two Connection lines', bytes: get('Connection: x\r\nX: 1\r\nConnection: close\r\n'), expected: { keepAlive: false, fields: '' } },
  { name: 'odd Connection elements', bytes: get('Connection: ,, "x" ,\r\nX: 1\r\n'), expected: { keepAlive: true, fields: 'X: 1\r\n' } },
  { name: 'names with underscores', bytes: get('X_Y: 1\r\n'), expected: { fields: 'X_Y: 1\r\n', present: 0 } },
  { name: 'obs-text and tabs', bytes: get('X: \x80\t\xff\r\n'), expected: { fields: 'X: \x80\t\xff\r\n' } },
  { name: 'empty value', bytes: get('X:\r\nY: \r\n'), expected: { fields: 'X:\r\nY: \r\n' } },
  { name: 'value with colons', bytes: get('Referer: http://b:1/\r\n'), expected: { present: Field.referer } },
  { name: '1,000 fields', bytes: get('a: b\r\n'.repeat(999)), expected: { fields: 'a: b\r\n'.repeat(999) } },
  {
    name: 'request line of 16 KiB',
    bytes: line(`GET /${'a'.repeat(16 * KiB - 14)} HTTP/1.1`),
    expected: { target: `/${'a'.repeat(16 * KiB - 14)}` },
  },
  {
    name: 'head of 64 KiB',
    bytes: get(`X-A: ${'a'.repeat(64 * KiB - 27 - 7)}\r\n`),
    expected: { headBytes: 64 * KiB },
  },
  { name: 'Content-Length: 0', bytes: post('Content-Length: 0\r\n'), expected: { framing: 'length', contentLength: 0 } },
  {
    name: 'length body',
    bytes: post('Content-Length: 003\r\n', 'abc'),
    expected: { framing: 'length', contentLength: 3, fields: '' },
    body: 'abc',
  },
  { name: 'identity', bytes: post('Transfer-Encoding: identity\r\n'), expected: { framing: 'none', fields: '' } },
  {
    name: 'chunks',
    bytes: chunked('3\r\nabc\r\n0A;x;y=z;q="a\\" b"\r\n0123456789\r\n000\r\n\r\n'),
    expected: { framing: 'chunked', contentLength: 0, fields: '' },
    body: 'abc0123456789',
  },
  {
    name: 'Chunked, in another case, and trailers that are dropped',
    bytes: post('transfer-encoding: \tChunked \r\n', '1\r\na\r\n0\r\nX: y\r\nZ:\r\n\r\n'),
    expected: { framing: 'chunked', fields: '' },
    body: 'a',
  },
  {
    name: 'Expect',
    bytes: post('Expect: 100-continue\r\nContent-Length: 1\r\n', 'a'),
    expected: { expectContinue: true },
    body: 'a',
  },
  { name: 'Expect without a body', bytes: get('Expect: 100-continue\r\n'), expected: { expectContinue: false } },
];
