import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type EncodeJob, nativeEncoder, type NativeEncoder } from './native-encoder.ts';
import { BUILD_MS, buildForTests } from './native-testing.ts';

// Other tests keep the machine busy.
vi.setConfig({ testTimeout: 60_000 });

type Manner = Pick<EncodeJob, 'coding' | 'level'>;

const RUNS = 150;
const ROOM = 512;
const addon = fileURLToPath(new URL('../native/build/elbow-tls.node', import.meta.url));
let encoder: NativeEncoder;

beforeAll(() => {
  buildForTests();
  encoder = nativeEncoder()!;
}, BUILD_MS);

const manners: fc.Arbitrary<Manner> = fc.oneof(
  fc.record({ coding: fc.constant('br' as const), level: fc.nat({ max: 5 }) }),
  fc.record({ coding: fc.constant('gzip' as const), level: fc.integer({ min: 1, max: 9 }) }),
);
/** From text that repeats itself to bytes without a pattern, up to 150 KB. */
const bodies = fc
  .record({ grain: fc.uint8Array({ minLength: 1, maxLength: 4000 }), times: fc.integer({ min: 0, max: 40 }) })
  .map(({ grain, times }) => Buffer.concat(Array.from({ length: times }, () => grain)));

function decoded({ coding }: Manner, bytes: Uint8Array): Buffer {
  return coding === 'br' ? brotliDecompressSync(bytes) : gunzipSync(bytes);
}

function later(manner: Manner, body: Uint8Array, output: Uint8Array): Promise<number> {
  return new Promise((resolve) => encoder.encodeLater({ ...manner, body, output }, resolve));
}

describe('a body', () => {
  it('comes back whole, encoded here', () => {
    fc.assert(
      fc.property(manners, bodies, (manner, body) => {
        const output = Buffer.alloc(body.length + ROOM);
        const byteCount = encoder.encodeNow({ ...manner, body, output });
        expect(decoded(manner, output.subarray(0, byteCount)).equals(body)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('comes back whole, encoded by other threads beside others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(manners, bodies), { maxLength: 6 }), async (wanted) => {
        const outputs = wanted.map(([, body]) => Buffer.alloc(body.length + ROOM));
        const counts = await Promise.all(
          wanted.map(([manner, body], at) => later(manner, body, outputs[at]!)),
        );
        for (const [at, [manner, body]] of wanted.entries())
          expect(decoded(manner, outputs[at]!.subarray(0, counts[at])).equals(body)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it.each(['br', 'gzip'] as const)(
    'that does not fit in %s says so, and the next one is good',
    async (coding) => {
      const body = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * at * 31) % 251));
      const manner = { coding, level: 2 };
      const narrow = Buffer.alloc(40);
      expect(encoder.encodeNow({ ...manner, body, output: narrow })).toBe(-1);
      expect(await later(manner, body, narrow)).toBe(-1);
      const output = Buffer.alloc(6000);
      const byteCount = encoder.encodeNow({ ...manner, body, output });
      expect(decoded(manner, output.subarray(0, byteCount)).equals(body)).toBe(true);
    },
  );
});

describe('memory', () => {
  it('does not grow with the number of bodies', () => {
    // In a process of its own: what other tests take is in the figures of this one.
    const script = `
      const encoder = require(${JSON.stringify(addon)});
      const body = Buffer.from(Array.from({ length: 131072 }, (_, at) => (at * at * 31) % 251));
      const output = Buffer.alloc(body.length + ${ROOM});
      const later = (coding) => new Promise((resolve) => encoder.encodeLater(coding, 2, body, output, resolve));
      const round = async () => {
        for (const coding of [1, 2]) {
          for (let at = 0; at < 20; at++) encoder.encodeNow(coding, 2, body, output);
          for (let at = 0; at < 8; at++) await later(coding);
        }
      };
      (async () => {
        for (let at = 0; at < 3; at++) await round();
        const before = process.memoryUsage.rss();
        for (let at = 0; at < 10; at++) await round();
        console.log(process.memoryUsage.rss() - before);
      })();`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    // A body that left its encoder behind would be half a megabyte, and these are 560.
    expect(Number(stdout)).toBeLessThan(50 * 1024 * 1024);
  });

  it('outlives a thread that ends in the middle of it', async () => {
    const entry = `
      const { workerData, parentPort } = require('node:worker_threads');
      const encoder = require(workerData);
      const body = Buffer.alloc(120_000, 'some text ');
      for (let at = 0; at < 20; at++) encoder.encodeLater(1, 5, body, Buffer.alloc(121_000), () => {});
      parentPort.postMessage('busy');`;
    for (let at = 0; at < 3; at++) {
      const worker = new Worker(entry, { eval: true, workerData: addon });
      await once(worker, 'message');
      await worker.terminate();
    }
    const output = Buffer.alloc(100);
    expect(encoder.encodeNow({ coding: 'br', level: 2, body: Buffer.from('abc'), output })).toBeGreaterThan(
      0,
    );
  });
});
