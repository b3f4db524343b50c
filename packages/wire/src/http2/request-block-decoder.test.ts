import { describe, expect, it } from 'vitest';
import { defaultLimits, Field } from '../message.ts';
import { HpackEncoder } from './hpack/encoder.ts';
import { RequestBlockDecoder } from './request-block-decoder.ts';
import { encodedBlock, getRequest, literalBlock, postRequest } from './testing/frames.ts';

function decode(lines: readonly string[], endStream = true): ReturnType<RequestBlockDecoder['decode']> {
  const bytes = literalBlock(lines);
  return new RequestBlockDecoder(defaultLimits, 4096).decode({
    bytes,
    start: 0,
    end: bytes.length,
    endStream,
  });
}

function kindOf(lines: readonly string[], endStream = true): string {
  const result = decode(lines, endStream);
  if (!('kind' in result)) return 'head';
  return result.kind === 'problem' ? String(result.problem.status) : result.kind;
}

describe('request head from a header block', () => {
  it('is what HTTP/1.1 would have said', () => {
    const head = decode([
      ...getRequest.slice(0, 2),
      ':path: /a?b=c',
      ':authority: www.example.test:8443',
      'user-agent: test',
      'te: trailers',
      'cookie: a=b',
      'x-forwarded-for: 192.0.2.1',
      'cookie: c=d',
      'proxy-authorization: secret',
      'trailer: x-sum',
      'x_under: ok',
      'cookie: e=f',
    ]);
    expect(head).toEqual({
      method: 'GET',
      target: '/a?b=c',
      authority: 'www.example.test:8443',
      version: '2',
      fields: 'user-agent: test\r\nx-forwarded-for: 192.0.2.1\r\nx_under: ok\r\ncookie: a=b; c=d; e=f\r\n',
      present: Field.userAgent | Field.xForwardedFor | Field.cookie,
      framing: 'none',
      contentLength: 0,
      keepAlive: true,
      expectContinue: false,
      upgradeWebSocket: false,
      acceptsTrailers: true,
      headBytes: expect.any(Number),
    });
  });

  it('tells framing by Content-Length and END_STREAM', () => {
    expect(decode(postRequest, false)).toMatchObject({ framing: 'chunked', contentLength: 0 });
    expect(decode([...postRequest, 'content-length: 7'], false)).toMatchObject({
      framing: 'length',
      contentLength: 7,
    });
    expect(decode([...postRequest, 'content-length: 0'])).toMatchObject({
      framing: 'length',
      contentLength: 0,
    });
    expect(decode([...postRequest, 'content-length: 7', 'content-length: 7'], false)).toMatchObject({
      contentLength: 7,
    });
    expect(decode([...postRequest, 'expect: 100-Continue'], false)).toMatchObject({ expectContinue: true });
  });

  it('takes Host for the authority when there is none, and accepts the same in other case', () => {
    expect(decode([...getRequest.slice(0, 3), 'host: h.test'])).toMatchObject({ authority: 'h.test' });
    expect(decode([...getRequest, 'host: WWW.example.test'])).toMatchObject({
      authority: 'www.example.test',
    });
    expect(decode([...getRequest.slice(0, 3), ':authority: [::1]:80'])).toMatchObject({
      authority: '[::1]:80',
    });
    expect(kindOf([':method: OPTIONS', ':scheme: https', ':path: *', ':authority: h'])).toBe('head');
    expect(kindOf([':method: PROPFIND', ...getRequest.slice(1)])).toBe('head');
  });

  it.each<[string, readonly string[]]>([
    ['no method', getRequest.slice(1)],
    ['no scheme', [getRequest[0]!, ...getRequest.slice(2)]],
    ['no path', [...getRequest.slice(0, 2), getRequest[3]!]],
    ['an empty path', [...getRequest.slice(0, 2), ':path: ', getRequest[3]!]],
    ['a path without a slash', [...getRequest.slice(0, 2), ':path: x', getRequest[3]!]],
    ['a path with a blank', [...getRequest.slice(0, 2), ':path: /a b', getRequest[3]!]],
    ['a path with a line end', [...getRequest.slice(0, 2), ':path: /a\r\nx: y', getRequest[3]!]],
    ['a path with a fragment', [...getRequest.slice(0, 2), ':path: /#f', getRequest[3]!]],
    ['* for another method than OPTIONS', [...getRequest.slice(0, 2), ':path: *', getRequest[3]!]],
    ['two paths', [...getRequest, ':path: /']],
    ['two methods', [...getRequest, ':method: GET']],
    ['a pseudo-header field behind a field', ['accept: x', ...getRequest]],
    ['an unknown pseudo-header field', [...getRequest, ':protocol: websocket']],
    ['a pseudo-header field of answers', [...getRequest, ':status: 200']],
    ['another scheme', [':method: GET', ':scheme: ftp', ...getRequest.slice(2)]],
    ['a method that is no token', [':method: G T', ...getRequest.slice(1)]],
    ['userinfo in :authority', [...getRequest.slice(0, 3), ':authority: u@h']],
    ['an empty :authority', [...getRequest.slice(0, 3), ':authority: ']],
    ['a Host that differs', [...getRequest, 'host: other.test']],
    ['two Host fields', [...getRequest.slice(0, 3), 'host: a', 'host: a']],
    ['an upper-case name', [...getRequest, 'Accept: x']],
    ['an empty name', [...getRequest, ': x']],
    ['a name with a blank', [...getRequest, 'a b: x']],
    ['a value with a line end', [...getRequest, 'a: x\r\nb: y']],
    ['a value with NUL', [...getRequest, 'a: \0']],
    ['a value with a blank in front', [...getRequest, 'a:  x']],
    ['a value with a blank behind', [...getRequest, 'a: x ']],
    ['connection', [...getRequest, 'connection: close']],
    ['keep-alive', [...getRequest, 'keep-alive: 1']],
    ['proxy-connection', [...getRequest, 'proxy-connection: close']],
    ['transfer-encoding', [...getRequest, 'transfer-encoding: chunked']],
    ['upgrade', [...getRequest, 'upgrade: websocket']],
    ['te other than trailers', [...getRequest, 'te: gzip']],
    ['two different Content-Length', [...getRequest, 'content-length: 0', 'content-length: 1']],
    ['a Content-Length list', [...getRequest, 'content-length: 0, 0']],
    ['a signed Content-Length', [...getRequest, 'content-length: +1']],
    ['a Content-Length without a body', [...getRequest, 'content-length: 1']],
  ])('is malformed: %s', (_, lines) => {
    expect(kindOf(lines)).toBe('malformed');
  });

  it.each<[string, string, readonly string[]]>([
    ['400', 'no host at all', getRequest.slice(0, 3)],
    ['405', 'CONNECT', [':method: CONNECT', ':authority: h:443']],
    ['405', 'TRACE', [':method: TRACE', ...getRequest.slice(1)]],
    ['413', 'a body declared too large', [...postRequest, `content-length: ${10 * 1024 ** 3 + 1}`]],
    [
      '414',
      'a path of 17,000 bytes',
      [...getRequest.slice(0, 2), `:path: /${'a'.repeat(17_000)}`, getRequest[3]!],
    ],
    ['417', 'an unknown expectation', [...postRequest, 'expect: rain']],
    ['400', 'a field of 66,000 bytes', [...getRequest, `x-a: ${'a'.repeat(66_000)}`]],
    ['400', 'more than 1,000 fields', [...getRequest, ...Array.from({ length: 997 }, () => 'a: b')]],
  ])('is a problem of status %s: %s', (status, _, lines) => {
    expect(kindOf(lines, false)).toBe(status);
  });

  it('hands out a head again only while block, table and END_STREAM are the same', () => {
    const decoder = new RequestBlockDecoder(defaultLimits, 4096);
    const encoder = new HpackEncoder();
    const read = (lines: readonly string[], endStream = true): ReturnType<RequestBlockDecoder['decode']> => {
      const bytes = encodedBlock(encoder, lines);
      return decoder.decode({ bytes, start: 0, end: bytes.length, endStream });
    };
    const lines = [...getRequest, 'x-memory: one'];
    for (let i = 0; i < 3; i++) read(lines);
    const first = read(lines);
    expect(read(lines)).toBe(first);
    expect(read(lines, false)).toMatchObject({ framing: 'chunked' });
    // The same index means another line once something was inserted in front of it.
    for (let i = 0; i < 3; i++) read([...getRequest, 'x-memory: two']);
    const bytes = literalBlock(getRequest);
    expect(decoder.decode({ bytes, start: 0, end: bytes.length, endStream: true })).toMatchObject({
      fields: '',
    });
    expect(read([...getRequest, 'x-memory: two'])).toMatchObject({ fields: 'x-memory: two\r\n' });
    expect(read(lines)).toMatchObject({ fields: 'x-memory: one\r\n' });
  });
});
