import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Coding } from '@elbow/traffic';
import type { ResponseHead } from '@elbow/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerOutput } from './answer-output.ts';
import { Encoders, mostTasks } from './encoders.ts';
import { WholeBodyEncoder } from './whole-body-encoder.ts';

/** What goes out to the client, copied as a client connection does. */
class Client implements AnswerOutput {
  fields: string | null = null;
  length = -1;
  bytes = Buffer.alloc(0);
  isComplete = false;
  private whenOver: () => void = () => {};
  readonly over = new Promise<void>((resolve) => (this.whenOver = resolve));

  head(head: ResponseHead): void {
    this.fields = head.fields;
    this.length = head.contentLength;
  }

  body(bytes: Buffer, start: number, end: number): boolean {
    this.bytes = Buffer.concat([this.bytes, bytes.subarray(start, end)]);
    return true;
  }

  end(): void {
    this.isComplete = true;
    this.whenOver();
  }

  flush(): void {}
  resume(): void {}
}

interface Answer {
  readonly coding: Coding;
  readonly body: Buffer;
  /** Bytes of each read from the member. */
  readonly reads: readonly number[];
}

function begin(encoders: Encoders, { coding, body }: Pick<Answer, 'coding' | 'body'>) {
  const client = new Client();
  const head = (fields: string) =>
    ({
      status: 200,
      reason: 'OK',
      fields,
      framing: 'length',
      contentLength: body.length,
      present: 0,
    }) as never;
  const heads = { plain: head('plain'), encoded: head('encoded') };
  return { client, encoder: new WholeBodyEncoder(heads, coding, { encoders, output: client }) };
}

/** Sends all of it through one buffer that is used again, as members are read. */
function pass(encoder: WholeBodyEncoder, { body, reads }: Answer): void {
  const sizes = [...reads];
  for (let at = 0; at < body.length; ) {
    const size = Math.min(sizes.shift() ?? body.length, body.length - at);
    const read = Buffer.concat([Buffer.from('..'), body.subarray(at, at + size)]);
    encoder.write(read, 2, read.length);
    read.fill(0);
    at += size;
  }
  encoder.end();
}

function decoded(coding: Coding, bytes: Buffer): Buffer {
  return coding === 'br' ? brotliDecompressSync(bytes) : gunzipSync(bytes);
}

const answers: fc.Arbitrary<Answer> = fc.record({
  coding: fc.constantFrom('br' as const, 'gzip' as const),
  body: fc
    .record({
      grain: fc.uint8Array({ minLength: 1, maxLength: 3200 }),
      times: fc.integer({ min: 20, max: 40 }),
    })
    .map(({ grain, times }) => Buffer.concat(Array.from({ length: times }, () => grain))),
  reads: fc.array(fc.integer({ min: 1, max: 32_000 }), { maxLength: 10 }),
});
const text = Buffer.from('a line of the answer, again and again\n'.repeat(2500));

describe.each([
  ['the native engine', true],
  ['node:zlib', false],
])('a body encoded by %s', (_, isNative) => {
  it('comes back whole however it came, several at a time', async () => {
    const encoders = new Encoders(() => {}, isNative);
    await fc.assert(
      fc.asyncProperty(fc.array(answers, { minLength: 1, maxLength: 8 }), async (wanted) => {
        const begun = wanted.map((answer) => begin(encoders, answer));
        for (const [at, { encoder }] of begun.entries()) pass(encoder, wanted[at]!);
        for (const [at, { client, encoder }] of begun.entries()) {
          await client.over;
          encoder.discard();
          const { coding, body } = wanted[at]!;
          const isEncoded = client.fields === 'encoded';
          expect(client.length).toBe(client.bytes.length);
          expect((isEncoded ? decoded(coding, client.bytes) : client.bytes).equals(body)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('that its member does not complete is not sent, and leaves room for others', async () => {
    let leftAlone = 0;
    const encoders = new Encoders(() => leftAlone++, isNative);
    for (let at = 0; at < 50; at++) {
      const { client, encoder } = begin(encoders, { coding: 'br', body: text });
      encoder.write(text, 0, 40_000);
      encoder.discard();
      encoder.write(text, 40_000, text.length);
      encoder.end();
      expect([client.fields, encoder.holdsHead]).toEqual([null, true]);
    }
    const { client, encoder } = begin(encoders, { coding: 'br', body: text });
    pass(encoder, { coding: 'br', body: text, reads: [30_000] });
    await client.over;
    expect([client.fields, brotliDecompressSync(client.bytes).equals(text), leftAlone]).toEqual([
      'encoded',
      true,
      0,
    ]);
  });

  it('that nobody wants any more while it is encoded is dropped', async () => {
    const encoders = new Encoders(() => {}, isNative);
    const { client, encoder } = begin(encoders, { coding: 'gzip', body: text });
    pass(encoder, { coding: 'gzip', body: text, reads: [] });
    encoder.discard();
    const next = begin(encoders, { coding: 'gzip', body: text });
    pass(next.encoder, { coding: 'gzip', body: text, reads: [] });
    await next.client.over;
    expect([client.fields, client.isComplete]).toEqual([null, false]);
    const { fields, bytes } = next.client;
    expect((fields === 'encoded' ? gunzipSync(bytes) : bytes).equals(text)).toBe(true);
  });
});

describe('more bodies than can be encoded', () => {
  it('go out as they are, and are counted', async () => {
    let leftAlone = 0;
    const encoders = new Encoders(() => leftAlone++, false);
    const begun = Array.from({ length: mostTasks + 2 }, () => begin(encoders, { coding: 'br', body: text }));
    for (const { encoder } of begun) pass(encoder, { coding: 'br', body: text, reads: [] });
    await Promise.all(begun.map(({ client }) => client.over));
    expect(leftAlone).toBe(2);
    const plain = begun.filter(({ client }) => client.fields === 'plain');
    expect(plain.map(({ client }) => client.bytes.equals(text))).toEqual([true, true]);
  });
});
