import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkPrefix, chunkTrailers, LAST_CHUNK } from './encode-chunk.ts';
import { encodeRequestHead, encodeResponseHead } from './encode-head.ts';
import { reasonPhrase } from './reason-phrase.ts';
import { readRequests, readResponse } from './testing/recorder.ts';

const request = {
  method: 'GET',
  target: '/p?q',
  authority: 'a:1',
  fields: 'X: y\r\n',
  framing: 'none',
  contentLength: 0,
  connection: 'keep-alive',
} as const;
const response = {
  status: 200,
  reason: 'OK',
  fields: 'X: y\r\n',
  framing: 'length',
  contentLength: 3,
  connection: 'keep-alive',
  version: '1.1',
} as const;

describe('encodeRequestHead', () => {
  it.each([
    [{}, 'GET /p?q HTTP/1.1\r\nHost: a:1\r\nX: y\r\n\r\n'],
    [{ connection: 'close' }, 'GET /p?q HTTP/1.1\r\nHost: a:1\r\nConnection: close\r\nX: y\r\n\r\n'],
    [
      { connection: 'upgrade' },
      'GET /p?q HTTP/1.1\r\nHost: a:1\r\nConnection: upgrade\r\nUpgrade: websocket\r\nX: y\r\n\r\n',
    ],
    [
      { framing: 'length', contentLength: 0 },
      'GET /p?q HTTP/1.1\r\nHost: a:1\r\nContent-Length: 0\r\nX: y\r\n\r\n',
    ],
    [
      { framing: 'chunked', expectContinue: true, fields: '' },
      'GET /p?q HTTP/1.1\r\nHost: a:1\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n',
    ],
  ] as const)('%o', (change, expected) => {
    expect(encodeRequestHead({ ...request, ...change })).toBe(expected);
  });
});

describe('encodeResponseHead', () => {
  it.each([
    [{}, 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX: y\r\n\r\n'],
    [{ version: '1.0' }, 'HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 3\r\nX: y\r\n\r\n'],
    [{ connection: 'close' }, 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\nX: y\r\n\r\n'],
    [
      { framing: 'close', contentLength: -1, connection: 'close' },
      'HTTP/1.1 200 OK\r\nConnection: close\r\nX: y\r\n\r\n',
    ],
    [
      { framing: 'chunked', contentLength: -1 },
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n',
    ],
    [{ framing: 'none' }, 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX: y\r\n\r\n'],
    [{ framing: 'none', contentLength: -1 }, 'HTTP/1.1 200 OK\r\nX: y\r\n\r\n'],
    [{ framing: 'none', status: 204, reason: '', contentLength: 0 }, 'HTTP/1.1 204 \r\nX: y\r\n\r\n'],
    [{ framing: 'none', status: 103, reason: 'E', contentLength: -1 }, 'HTTP/1.1 103 E\r\nX: y\r\n\r\n'],
    [
      { framing: 'none', status: 101, reason: 'S', contentLength: -1, connection: 'upgrade' },
      'HTTP/1.1 101 S\r\nConnection: upgrade\r\nUpgrade: websocket\r\nX: y\r\n\r\n',
    ],
  ] as const)('%o', (change, expected) => {
    expect(encodeResponseHead({ ...response, ...change })).toBe(expected);
  });
});

const names = fc.stringMatching(/^X-[A-Za-z0-9_]{1,8}$/).filter((n) => !/^x-(forwarded-|real-ip)/i.test(n));
const values = fc.stringMatching(/^[\x21-\x7e\x80-\xff]{0,12}$/);
const blocks = fc
  .array(fc.tuple(names, values), { maxLength: 6 })
  .map((fields) => fields.map(([n, v]) => `${n}: ${v}\r\n`).join(''));
const bodies = fc.string({ unit: 'binary-ascii', maxLength: 40 });
const chunks = (parts: readonly string[], trailers: string) =>
  parts.map((part) => `${chunkPrefix(part.length)}${part}\r\n`).join('') + chunkTrailers(trailers);

describe('what was encoded is decoded to the same', () => {
  it('requests', () => {
    const requests = fc.record({
      method: fc.stringMatching(/^[A-Z]{1,9}$/).filter((m) => m !== 'TRACE' && m !== 'CONNECT'),
      target: fc.stringMatching(/^\/[\x21\x22\x24-\x7e]{0,20}$/),
      authority: fc.stringMatching(/^[a-z0-9.-]{1,12}(:[0-9]{1,4})?$/),
      fields: blocks,
      framing: fc.constantFrom('none', 'length', 'chunked'),
      connection: fc.constantFrom('keep-alive', 'close'),
      expectContinue: fc.boolean(),
    });
    fc.assert(
      fc.property(
        requests,
        fc.array(
          bodies.filter((b) => b !== ''),
          { maxLength: 3 },
        ),
        (wanted, parts) => {
          const body = wanted.framing === 'none' ? '' : parts.join('');
          const contentLength = wanted.framing === 'length' ? body.length : 0;
          const head = encodeRequestHead({ ...wanted, contentLength });
          const sent = head + (wanted.framing === 'chunked' ? chunks(parts, '') : body);
          const seen = readRequests([Buffer.from(sent, 'latin1')]);
          const { connection, expectContinue, ...same } = wanted;
          expect(seen).toMatchObject({ problem: null, messages: [{ body, complete: true }] });
          expect(seen.messages[0]!.head).toMatchObject({
            ...same,
            contentLength,
            keepAlive: connection === 'keep-alive',
            expectContinue: expectContinue && (wanted.framing === 'chunked' || contentLength > 0),
          });
        },
      ),
    );
  });

  it('answers', () => {
    const responses = fc.record({
      status: fc.integer({ min: 200, max: 599 }).filter((s) => s !== 204 && s !== 304),
      reason: fc.stringMatching(/^[ -~]{0,12}$/),
      fields: blocks,
      framing: fc.constantFrom('length', 'chunked', 'close'),
      version: fc.constantFrom('1.0', '1.1'),
    });
    fc.assert(
      fc.property(
        responses,
        fc.array(
          bodies.filter((b) => b !== ''),
          { maxLength: 3 },
        ),
        blocks,
        (wanted, parts, late) => {
          const body = parts.join('');
          const contentLength = wanted.framing === 'length' ? body.length : -1;
          const connection = wanted.framing === 'close' ? 'close' : 'keep-alive';
          const head = encodeResponseHead({ ...wanted, contentLength, connection });
          const sent = head + (wanted.framing === 'chunked' ? chunks(parts, late) : body);
          const seen = readResponse([Buffer.from(sent, 'latin1')]);
          const { version: _, ...same } = wanted;
          const trailers = wanted.framing === 'chunked' ? late : '';
          expect(seen).toMatchObject({ problem: null, body, trailers, surplus: 0 });
          expect(seen.head).toMatchObject({ ...same, contentLength, keepAlive: connection === 'keep-alive' });
        },
      ),
    );
  });
});

describe('small pieces', () => {
  it('chunks', () => {
    expect(chunkPrefix(255)).toBe('ff\r\n');
    expect(LAST_CHUNK).toBe(chunkTrailers(''));
    expect(chunkTrailers('X: y\r\n')).toBe('0\r\nX: y\r\n\r\n');
  });

  it('reason phrases', () => {
    expect(reasonPhrase(404)).toBe('Not Found');
    expect(reasonPhrase(299)).toBe('');
  });
});
