import { describe, expect, it } from 'vitest';
import { defaultLimits, Field, type RequestHead } from '../message.ts';
import { acceptedRequests, refusedRequests } from './testdata/request-cases.ts';
import { isWireProblem } from './problem.ts';
import { parseRequestHead } from './request-head.ts';
import { readRequests } from './testing/recorder.ts';

function accepted(head: string): RequestHead {
  const outcome = parseRequestHead(head, head.length + 2);
  if (isWireProblem(outcome)) throw new Error(`${outcome.status} ${outcome.reason}`);
  return outcome;
}

describe('refused requests', () => {
  it.each(refusedRequests)('$status: $name', ({ bytes, status, reason }) => {
    const seen = readRequests([Buffer.from(bytes, 'latin1')]);
    expect(seen.messages.filter((message) => message.complete)).toEqual([]);
    expect(seen.problem).toMatchObject({ status });
    if (reason !== undefined) expect(seen.problem?.reason).toContain(reason);
  });

  it.each(refusedRequests)('the same verdict byte by byte: $name', ({ bytes }) => {
    const whole = readRequests([Buffer.from(bytes, 'latin1')]);
    const pieces = readRequests([...Buffer.from(bytes, 'latin1')].map((byte) => Buffer.of(byte)));
    expect(pieces.problem).toEqual(whole.problem);
  });
});

describe('accepted requests', () => {
  it.each(acceptedRequests)('$name', ({ bytes, expected, body }) => {
    const seen = readRequests([Buffer.from(bytes, 'latin1')]);
    expect(seen.problem).toBeNull();
    expect(seen.messages[0]).toMatchObject({ complete: true, body: body ?? '' });
    expect(seen.messages[0]!.head).toMatchObject(expected);
  });
});

describe('parseRequestHead', () => {
  it('passes fields by slice and takes out what belongs to this hop', () => {
    const head = accepted(
      'POST /p HTTP/1.1\r\nhOsT: a\r\nA_b:1\r\nConnection: x-gone, Keep-Alive\r\nX-Gone: 1\r\nContent-Length: 3\r\n' +
        'TE: trailers\r\nKeep-Alive: timeout=5\r\nProxy-Connection: close\r\nProxy-Authorization: Basic eA==\r\n' +
        'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nTrailer: X\r\nExpect: 100-Continue\r\nCookie: \t a=\xe9 \r\n',
    );
    expect(head.fields).toBe('A_b:1\r\nCookie: \t a=\xe9 \r\n');
    expect(head).toMatchObject({ keepAlive: true, expectContinue: true, acceptsTrailers: true });
    expect(head).toMatchObject({ framing: 'length', contentLength: 3, upgradeWebSocket: false });
  });

  it('notes which fields are present, whatever their case, and nothing else', () => {
    const start = 'GET / HTTP/1.1\r\nHost: a\r\n';
    for (const [name, bit] of presentNames) {
      for (const spelled of [name, name.toUpperCase(), name.replace(/[a-z]/, (c) => c.toUpperCase())]) {
        expect([spelled, accepted(`${start}${spelled}: 1\r\n`).present]).toEqual([spelled, bit]);
      }
      expect(accepted(`${start}${name}x: 1\r\n`).present & ~Field.xForwardedOther).toBe(0);
      expect(accepted(`${start}${name.replace(/-/g, '_')}_: 1\r\n`).present).toBe(0);
    }
  });

  it('calls an unknown X-Forwarded name by its family', () => {
    expect(accepted('GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-Clientcert-subjectdn: 1\r\n').present).toBe(
      Field.xForwardedOther,
    );
    expect(accepted('GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-: 1\r\n').present).toBe(0);
  });

  it('does not count what Connection took out', () => {
    const start = 'GET / HTTP/1.1\r\nHost: a\r\nCookie: a\r\nX-Forwarded-A: 1\r\nRange: x\r\n';
    const head = accepted(`${start}Connection: Cookie, x-forwarded-b\r\nX-Forwarded-B: 2\r\n`);
    expect(head.present).toBe(Field.xForwardedOther | Field.range);
    expect(head.fields).toBe('X-Forwarded-A: 1\r\nRange: x\r\n');
    expect(accepted(`${start}Connection: x-forwarded-a, cookie, range\r\n`).present).toBe(0);
  });

  it('upgrades to websocket only when everything for it is there', () => {
    const good = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n';
    expect(accepted(good).upgradeWebSocket).toBe(true);
    for (const [from, to] of [
      ['GET', 'POST'],
      ['HTTP/1.1', 'HTTP/1.0'],
      [', Upgrade', ''],
      ['WebSocket', 'h2c'],
      ['Host: a', 'Host: a\r\nContent-Length: 1'],
    ] as const) {
      expect(accepted(good.replace(from, to)).upgradeWebSocket).toBe(false);
    }
  });

  it('keeps to the limits it is given', () => {
    const head = 'GET /abc HTTP/1.1\r\nHost: a\r\nB: c\r\n';
    const limits = { ...defaultLimits, requestLineBytes: 17, fields: 2, headBytes: head.length + 2 };
    expect(parseRequestHead(head, head.length + 2, limits)).toMatchObject({ target: '/abc' });
    expect(parseRequestHead(head, head.length + 2, { ...limits, requestLineBytes: 16 })).toMatchObject({
      status: 414,
    });
    expect(parseRequestHead(head, head.length + 2, { ...limits, fields: 1 })).toMatchObject({ status: 400 });
    expect(parseRequestHead(head, head.length + 2, { ...limits, headBytes: head.length + 1 })).toMatchObject({
      status: 400,
    });
  });
});

const presentNames: readonly (readonly [string, number])[] = [
  ['x-forwarded-for', Field.xForwardedFor],
  ['x-forwarded-host', Field.xForwardedHost],
  ['x-forwarded-proto', Field.xForwardedProto],
  ['x-forwarded-port', Field.xForwardedPort],
  ['x-forwarded-for-port', Field.xForwardedForPort],
  ['x-forwarded-elb-ip', Field.xForwardedElbIp],
  ['x-forwarded-elb-id', Field.xForwardedElbId],
  ['x-real-ip', Field.xRealIp],
  ['cookie', Field.cookie],
  ['user-agent', Field.userAgent],
  ['referer', Field.referer],
  ['accept-encoding', Field.acceptEncoding],
  ['authorization', Field.authorization],
  ['early-data', Field.earlyData],
  ['origin', Field.origin],
  ['range', Field.range],
];
