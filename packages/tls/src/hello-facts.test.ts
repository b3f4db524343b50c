import { describe, expect, it } from 'vitest';
import { readClientHello, serverNameIn } from './client-hello.ts';
import { helloFacts } from './hello-facts.ts';
import { helloProgress } from './hello-progress.ts';

const numbers = (width: number, values: readonly number[]): Buffer =>
  Buffer.concat(values.map((value) => sized(width, value)));

function sized(width: number, value: number): Buffer {
  const bytes = Buffer.alloc(width);
  bytes.writeUIntBE(value, 0, width);
  return bytes;
}

const prefixed = (width: number, bytes: Buffer): Buffer => Buffer.concat([sized(width, bytes.length), bytes]);

interface Wish {
  readonly version: number;
  readonly suites: readonly number[];
  readonly extensions: readonly (readonly [number, Buffer])[];
  /** Bytes in one record; default all. */
  readonly recordBytes?: number;
}

function helloBytes({ version, suites, extensions, recordBytes = 16_384 }: Wish): Buffer {
  const blocks = extensions.map(([type, content]) => Buffer.concat([sized(2, type), prefixed(2, content)]));
  const body = Buffer.concat([
    sized(2, version),
    Buffer.alloc(32, 7),
    prefixed(1, Buffer.alloc(32, 1)),
    prefixed(2, numbers(2, suites)),
    prefixed(1, Buffer.from([0])),
    prefixed(2, Buffer.concat(blocks)),
  ]);
  const message = Buffer.concat([Buffer.from([1]), prefixed(3, body)]);
  const records: Buffer[] = [];
  for (let at = 0; at < message.length; at += recordBytes)
    records.push(Buffer.from([22, 3, 1]), prefixed(2, message.subarray(at, at + recordBytes)));
  return Buffer.concat(records);
}

const name = prefixed(2, Buffer.concat([Buffer.from([0]), prefixed(2, Buffer.from('www.example.test'))]));

// The lists of the example in the description of JA4, GREASE added.
const ja4Suites = [
  0x1a1a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x9c, 0x9d,
  0x2f, 0x35,
];
const signatures = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601];
const empty = Buffer.alloc(0);
const modern: Wish = {
  version: 0x303,
  suites: ja4Suites,
  extensions: [
    [0x0a0a, empty],
    [0x1b, empty],
    [0x00, name],
    [0x33, empty],
    [0x10, prefixed(2, Buffer.from('\x02h2\x08http/1.1', 'latin1'))],
    [0x4469, empty],
    [0x17, empty],
    [0x2d, empty],
    [0x0d, prefixed(2, numbers(2, signatures))],
    [0x05, empty],
    [0x23, empty],
    [0x12, empty],
    [0x2b, prefixed(1, numbers(2, [0xdada, 0x304, 0x303]))],
    [0xff01, empty],
    [0x0b, prefixed(1, Buffer.from([0]))],
    [0x0a, prefixed(2, numbers(2, [0x2a2a, 29, 23, 24]))],
    [0x15, empty],
  ],
};
// The example in the description of JA3.
const old: Wish = {
  version: 769,
  suites: [47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4],
  extensions: [
    [0, name],
    [10, prefixed(2, numbers(2, [23, 24, 25]))],
    [11, prefixed(1, Buffer.from([0]))],
  ],
};

describe('helloFacts', () => {
  it('makes the published fingerprints', () => {
    expect(helloFacts(readClientHello(helloBytes(modern))!).ja4).toBe('t13d1516h2_8daaf6152771_e5627efa2ab1');
    expect(helloFacts(readClientHello(helloBytes(old))!).ja3).toBe('ada70206e40642a3e4461f35503241d5');
  });

  it('names the suites that were offered, without those that mean nothing', () => {
    const { ciphers } = helloFacts(
      readClientHello(helloBytes({ ...old, suites: [0x1301, 0x2a2a, 0xeeee] }))!,
    );
    expect(ciphers).toBe('TLS_AES_128_GCM_SHA256:0xeeee');
  });
});

describe('readClientHello', () => {
  it.each([16_384, 100, 3, 1])('finds the server name in records of %i bytes', (recordBytes) => {
    expect(serverNameIn(readClientHello(helloBytes({ ...modern, recordBytes }))!)).toBe('www.example.test');
  });

  it('reads nothing of a hello whose lengths lie, and never throws', () => {
    const bytes = helloBytes(modern);
    for (let at = 5; at < bytes.length; at++) {
      const broken = Buffer.from(bytes);
      broken[at] = 0xff;
      const hello = readClientHello(broken);
      if (hello !== null) serverNameIn(hello);
    }
    const cut = Buffer.from(bytes.subarray(0, 60));
    expect(readClientHello(cut)).toBeNull();
  });
});

describe('helloProgress', () => {
  it.each([16_384, 50, 2])(
    'is complete with the last byte and not before, in records of %i',
    (recordBytes) => {
      const bytes = helloBytes({ ...modern, recordBytes });
      for (let end = 1; end < bytes.length; end++)
        expect(helloProgress(bytes.subarray(0, end))).toBe('incomplete');
      expect(helloProgress(bytes)).toBe('complete');
      expect(helloProgress(Buffer.concat([bytes, Buffer.from('anything')]))).toBe('complete');
    },
  );

  it('refuses what claims to be longer than a hello may be, as soon as it says so', () => {
    expect(helloProgress(Buffer.from([22, 3, 1, 0x40, 0, 1, 0, 0x40, 1]))).toBe('too-long');
    expect(helloProgress(Buffer.from([22, 3, 1, 0x40, 0, 1, 0, 0x40, 0]))).toBe('incomplete');
    const crumbs = Buffer.concat(Array.from({ length: 6000 }, () => Buffer.from([22, 3, 1, 0, 1, 1])));
    expect(helloProgress(crumbs)).toBe('too-long');
  });

  it('knows what is no hello', () => {
    expect(helloProgress(Buffer.from([22, 3, 1, 0, 1, 2]))).toBe('broken');
    expect(helloProgress(Buffer.from([22, 9, 1, 0, 1, 1]))).toBe('broken');
    expect(helloProgress(Buffer.from([22, 3, 1, 0, 0]))).toBe('broken');
    expect(helloProgress(Buffer.from([22, 3, 1, 0xff, 0xff]))).toBe('broken');
  });
});
