import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HpackDecoder } from './decoder.ts';
import { HpackEncoder } from './encoder.ts';

/** More in the long form of the test run. */
const runs = Math.min(Number(process.env['ELBOW_FUZZ_RUNS'] ?? 200), 20_000);

class Pair {
  readonly encoder = new HpackEncoder();
  readonly decoder = new HpackDecoder(4096);
  block = Buffer.alloc(0);

  send(fields: string, status = 200, contentLength = -1): string[] {
    const target = Buffer.alloc(HpackEncoder.roomFor(fields.length));
    this.block = target.subarray(0, this.encoder.response(target, 0, { status, fields, contentLength }));
    const lines: string[] = [];
    const sink = {
      onField: (e: { name: { text: string }; value: string }) =>
        void lines.push(`${e.name.text}: ${e.value}`),
    };
    const limits = { listBytes: 1e6, fields: 1e5 };
    expect(this.decoder.decode(this.block, 0, this.block.length, { sink, limits })).toBe('ok');
    return lines;
  }
}

describe('HpackEncoder', () => {
  it('makes lower-case lines, and drops those of an HTTP/1.1 connection', () => {
    const fields =
      'Content-Type: text/html\r\nConnection: close\r\nKeep-Alive: timeout=5\r\nX-Empty: \r\nX-A:b\r\n';
    expect(new Pair().send(fields, 404, 12)).toEqual([
      ':status: 404',
      'content-length: 12',
      'content-type: text/html',
      'x-empty: ',
      'x-a: b',
    ]);
  });

  it('needs one byte for each line that repeats', () => {
    const pair = new Pair();
    const fields = 'Content-Type: text/x-one-byte\r\nX-Served-By: one-byte\r\n';
    const first = pair.send(fields);
    expect(pair.send(fields)).toEqual(first);
    expect(pair.send(fields)).toEqual(first);
    expect(pair.block.length).toBe(3);
    expect(pair.send(fields)).toEqual(first);
    expect(pair.block.length).toBe(3);
    expect(pair.send(fields, 503)).toEqual([':status: 503', ...first.slice(1)]);
  });

  it('never indexes a secret, whatever its case', () => {
    const pair = new Pair();
    const fields = 'Set-Cookie: sid=1\r\nAuthorization: Basic eA==\r\nX-Auth-Token: t\r\n';
    for (let i = 0; i < 4; i++) pair.send(fields);
    expect(pair.decoder.tableBytes).toBe(0);
    // 0x1f 0x28: never indexed, name 55 (set-cookie) of the static table.
    expect(pair.block.subarray(1, 3).toString('hex')).toBe('1f28');
    expect(pair.block.toString('latin1')).toContain('sid=1');
  });

  it('signals a smaller table before the next block, and a larger one with the smallest between', () => {
    const pair = new Pair();
    for (let i = 0; i < 3; i++) pair.send('X-Resize: one\r\n');
    expect(pair.decoder.tableBytes).toBeGreaterThan(0);
    pair.encoder.setTableLimit(0);
    pair.encoder.setTableLimit(1000);
    expect(pair.send('X-Resize: one\r\n')).toEqual([':status: 200', 'x-resize: one']);
    expect(pair.block[0]).toBe(0x20);
    expect(pair.block[1]).toBe(0x3f);
    pair.encoder.setTableLimit(0);
    pair.send('X-Resize: one\r\n');
    pair.send('X-Resize: one\r\n');
    expect(pair.decoder.tableBytes).toBe(0);
    expect(pair.block.length).toBeGreaterThan(10);
  });

  it('says what the decoder hears, for any sequence of blocks and table sizes', {
    timeout: 10_000 + 5 * runs,
  }, () => {
    const name = fc.constantFrom(
      'Content-Type',
      'X-Id',
      'set-cookie',
      'ETag',
      'cache-control',
      'Vary',
      'x-y_z',
    );
    const text = fc.string({ unit: fc.constantFrom(...'ab=; ,/é7"'), maxLength: 40 });
    const value = fc.oneof(fc.constantFrom('gzip', 'no-cache', 'a'.repeat(900), 'x'.repeat(200)), text);
    const block = fc.record({
      lines: fc.array(fc.tuple(name, value), { maxLength: 12 }),
      status: fc.constantFrom(200, 204, 302, 599),
      contentLength: fc.constantFrom(-1, 0, 123456),
      tableLimit: fc.option(fc.constantFrom(0, 100, 4096, 70_000)),
      repeat: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
        const pair = new Pair();
        for (const { lines, status, contentLength, tableLimit, repeat } of blocks) {
          if (tableLimit !== null) pair.encoder.setTableLimit(tableLimit);
          const fields = lines.map(([n, v]) => `${n}: ${v}\r\n`).join('');
          const length = contentLength < 0 ? [] : [`content-length: ${contentLength}`];
          const expected = lines.map(([n, v]) => `${n.toLowerCase()}: ${v.replace(/^ +| +$/g, '')}`);
          for (let i = 0; i < repeat; i++) {
            expect(pair.send(fields, status, contentLength)).toEqual([
              `:status: ${status}`,
              ...length,
              ...expected,
            ]);
          }
        }
      }),
      { numRuns: runs },
    );
  });
});
