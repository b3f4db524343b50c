import { describe, expect, it } from 'vitest';
import type { ResponseHead } from '../message.ts';
import { ResponseDecoder } from './response-decoder.ts';
import { readResponse } from './testing/recorder.ts';
import { acceptedResponses, refusedResponses } from './testdata/response-cases.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const oneByOne = (text: string) => [...latin1(text)].map((byte) => Buffer.of(byte));

describe('refused answers', () => {
  it.each(refusedResponses)('502: $name', ({ bytes, method = 'GET' }) => {
    const whole = readResponse([latin1(bytes)], { method });
    expect(whole.problem).toMatchObject({ status: 502 });
    expect(whole.trailers).toBeNull();
    const pieces = readResponse(oneByOne(bytes), { method });
    expect(pieces.problem).toEqual(whole.problem);
  });
});

describe('accepted answers', () => {
  it.each(acceptedResponses)('$name', ({ bytes, method = 'GET', expected, body, trailers, surplus }) => {
    for (const pieces of [[latin1(bytes)], oneByOne(bytes)]) {
      const seen = readResponse(pieces, { method });
      expect(seen.problem).toBeNull();
      expect(seen.head).toMatchObject(expected);
      expect(seen).toMatchObject({ body: body ?? '', trailers: trailers ?? '', surplus: surplus ?? 0 });
    }
  });
});

describe('ResponseDecoder', () => {
  it('passes interim answers before the final one', () => {
    const seen = readResponse([
      latin1(
        'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 204\r\n\r\n',
      ),
    ]);
    expect(seen.informational.map(({ status, fields }) => [status, fields])).toEqual([
      [100, ''],
      [103, 'Link: <a>\r\n'],
    ]);
    expect(seen).toMatchObject({ head: { status: 204 }, trailers: '', problem: null });
  });

  it('leaves everything behind a 101 to the owner', () => {
    const bytes = latin1(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n\x81\x00',
    );
    const heads: ResponseHead[] = [];
    const decoder = new ResponseDecoder({
      onInformational: () => expect.unreachable(),
      onResponseHead: (head) => heads.push(head),
      onResponseBody: () => expect.unreachable(),
      onResponseEnd: () => expect.unreachable(),
      onResponseProblem: () => expect.unreachable(),
    });
    decoder.expect('GET');
    expect(decoder.push(bytes, 0, bytes.length)).toBe(bytes.length - 2);
    expect(decoder.push(bytes, bytes.length - 2, bytes.length)).toBe(bytes.length - 2);
    decoder.end();
    expect(heads).toMatchObject([
      { status: 101, upgradeWebSocket: true, framing: 'none', fields: 'Sec-WebSocket-Accept: x\r\n' },
    ]);
  });

  it('takes nothing that is not expected, and one answer for each that is', () => {
    const bytes = latin1('HTTP/1.1 204\r\n\r\n');
    let ends = 0;
    const decoder = new ResponseDecoder({
      onInformational() {},
      onResponseHead() {},
      onResponseBody() {},
      onResponseEnd: () => ends++,
      onResponseProblem: () => expect.unreachable(),
    });
    expect(decoder.push(bytes, 0, bytes.length)).toBe(0);
    for (const expected of [1, 2]) {
      decoder.expect('GET');
      expect(decoder.begun).toBe(false);
      expect(decoder.push(bytes, 0, 3)).toBe(3);
      expect(decoder.begun).toBe(true);
      expect(decoder.push(bytes, 3, bytes.length)).toBe(bytes.length);
      expect(decoder.push(bytes, 0, bytes.length)).toBe(0);
      expect(ends).toBe(expected);
    }
    decoder.end();
  });

  it('tells a close before the first byte from one in the middle', () => {
    for (const [bytes, begun] of [
      ['', false],
      ['H', true],
    ] as const) {
      const reasons: string[] = [];
      const decoder = new ResponseDecoder({
        onInformational() {},
        onResponseHead() {},
        onResponseBody() {},
        onResponseEnd: () => expect.unreachable(),
        onResponseProblem: ({ reason }) => reasons.push(reason),
      });
      decoder.expect('GET');
      decoder.push(latin1(bytes), 0, bytes.length);
      decoder.end();
      decoder.end();
      expect([reasons, decoder.begun]).toEqual([['closed early'], begun]);
    }
  });
});
