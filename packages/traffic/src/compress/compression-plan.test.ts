import { describe, expect, it } from 'vitest';
import { planCompression } from './compression-plan.ts';
import { negotiateCoding } from './negotiate.ts';

describe('negotiateCoding', () => {
  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=1.0, br;q=0.1', 'br'],
    ['GZIP;Q=0.5', 'gzip'],
    ['gzip; q=0.000', null],
    ['*', null],
    ['deflate', null],
    ['x-gzip, brotli', null],
    ['', null],
    [null, null],
  ])('%s', (accept, coding) => {
    expect(negotiateCoding(accept)).toBe(coding);
  });
});

const bits: Readonly<Record<string, number>> = {
  'accept-encoding': 1 << 11,
  'content-encoding': 1 << 17,
  'content-type': 1 << 18,
  'cache-control': 1 << 19,
  etag: 1 << 20,
  vary: 1 << 21,
  'accept-ranges': 1 << 23,
};

function presentIn(fields: string): number {
  return Object.entries(bits).reduce(
    (sum, [name, bit]) => (new RegExp(`^${name}:`, 'im').test(fields) ? sum | bit : sum),
    0,
  );
}

interface Case {
  readonly method?: string;
  readonly version?: '1.0' | '1.1' | '2';
  readonly accept?: string;
  readonly status?: number;
  readonly fields?: string;
  readonly length?: number;
}

function plan({
  method = 'GET',
  version = '1.1',
  accept = 'gzip, br',
  status = 200,
  fields = '',
  length = 5000,
}: Case) {
  const request = { method, version, fields: accept === '' ? '' : `Accept-Encoding: ${accept}\r\n` };
  const lines = fields.includes('Content-Type')
    ? fields
    : `Content-Type: text/html; charset=utf-8\r\n${fields}`;
  const answer = {
    status,
    fields: lines,
    framing: length < 0 ? ('chunked' as const) : ('length' as const),
    contentLength: length,
  };
  return planCompression(
    { ...request, present: presentIn(request.fields) },
    { ...answer, present: presentIn(lines) },
  );
}

describe('planCompression', () => {
  it('encodes what is worth it and says so', () => {
    expect(plan({})).toMatchObject({
      coding: 'br',
      fields: 'Content-Type: text/html; charset=utf-8\r\nVary: Accept-Encoding\r\nContent-Encoding: br\r\n',
    });
  });

  it.each([200, 403, 404])('encodes answers of status %d', (status) => {
    expect(plan({ status })?.coding).toBe('br');
  });

  it.each<[string, Case]>([
    ['another status', { status: 500 }],
    ['a part of a body', { status: 206 }],
    ['another type', { fields: 'Content-Type: image/png\r\n' }],
    ['gRPC', { fields: 'Content-Type: application/grpc\r\n' }],
  ])('leaves %s alone, fields included', (_, given) => {
    expect(plan(given)).toBeNull();
  });

  it.each<[string, Case]>([
    ['HEAD', { method: 'HEAD' }],
    ['HTTP/1.0', { version: '1.0' }],
    ['a client that takes none', { accept: '' }],
    ['a short body', { length: 19 }],
    ['a body that is encoded', { fields: 'Content-Encoding: gzip\r\n' }],
    ['no-transform', { fields: 'Cache-Control: max-age=1, no-transform\r\n' }],
    ['a range', { fields: 'Content-Range: bytes 0-1/2\r\n' }],
  ])('does not encode for %s, but tells caches', (_, given) => {
    const made = plan(given);
    expect(made?.coding).toBeNull();
    expect(made?.fields).toContain('Vary: Accept-Encoding\r\n');
  });

  it('encodes bodies of unknown length, and those that are encoded by nothing', () => {
    expect(plan({ length: -1 })?.coding).toBe('br');
    expect(plan({ fields: 'Content-Encoding: identity\r\n' })?.coding).toBe('br');
    expect(plan({ length: 20 })?.coding).toBe('br');
  });

  it('weakens a strong tag and drops ranges', () => {
    const made = plan({ fields: 'ETag: "abc"\r\nAccept-Ranges: bytes\r\n' });
    expect(made?.fields).toContain('ETag: W/"abc"\r\n');
    expect(made?.fields).not.toContain('Accept-Ranges');
    expect(plan({ fields: 'ETag: W/"abc"\r\n' })?.fields).toContain('ETag: W/"abc"\r\n');
  });

  it('says Vary once, whatever the member said', () => {
    expect(plan({ fields: 'Vary: Origin\r\n' })?.fields).toContain('\r\nVary: Origin, Accept-Encoding\r\n');
    expect(plan({ fields: 'Vary: accept-encoding\r\n' })?.fields.match(/vary/gi)).toHaveLength(1);
    expect(plan({ fields: 'Vary: *\r\n' })?.fields.match(/vary/gi)).toHaveLength(1);
  });
});
