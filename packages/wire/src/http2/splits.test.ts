import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../http1/testing/mutate.ts';
import { HpackEncoder } from './hpack/encoder.ts';
import {
  data,
  encodedBlock,
  frame,
  getRequest,
  headers,
  numberFrame,
  postRequest,
  preface,
  settings,
} from './testing/frames.ts';
import { RawClient } from './testing/raw-client.ts';

/** More in the long form of the test run. */
const runs = Math.min(Number(process.env['ELBOW_FUZZ_RUNS'] ?? 100), 20_000);

/** A conversation with a bit of everything in it. */
function conversation(): Buffer {
  const encoder = new HpackEncoder();
  const request = (id: number): Buffer =>
    frame(
      1,
      5,
      id,
      encodedBlock(encoder, [...getRequest, 'user-agent: split', 'accept: */*', 'cookie: a=b']),
    );
  // Blocks are encoded in the order in which they are sent: each may refer to lines of those before.
  const requests = [request(1), request(3), request(5)];
  const block = encodedBlock(encoder, [...postRequest, `x-pad: ${'p'.repeat(500)}`, 'content-length: 9']);
  return Buffer.concat([
    preface,
    settings([3, 100], [4, 1000]),
    ...requests,
    frame(1, 0, 7, block.subarray(0, 10)),
    frame(9, 0, 7, block.subarray(10, 200)),
    frame(9, 4, 7, block.subarray(200)),
    data(7, 'abc', false),
    frame(6, 0, 0, Buffer.from('pingpong')),
    frame(0, 8, 7, Buffer.from('\x03def\0\0\0', 'latin1')),
    numberFrame(8, 7, 100),
    numberFrame(3, 3, 8),
    frame(0x55, 1, 7, Buffer.alloc(30)),
    data(7, 'ghi', true),
    headers(9, [':method: TRACE', ':scheme: https', ':path: /', ':authority: h'], true),
    headers(11, [...getRequest, 'Bad: x'], true),
    numberFrame(8, 0, 5),
    headers(13, postRequest, false),
    headers(13, ['x-sum: 1'], true),
  ]);
}

/** Everything that came out, for bytes that came in in these pieces. */
function run(bytes: Buffer, cuts: readonly number[]): unknown {
  const client = new RawClient({ opening: Buffer.alloc(0) });
  client.answer = (id) => {
    client.server.respond(id, { status: 200, fields: 'X-A: b\r\n', contentLength: -1 }, false);
    client.server.sendBody(id, Buffer.alloc(1500, id), 0, 1500);
    client.server.endBody(id, '');
  };
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  let start = 0;
  for (const end of [...ends, bytes.length]) {
    // A buffer of its own, spoiled after the call: whatever is kept must have been copied.
    const piece = Buffer.from(bytes.subarray(start, end));
    client.server.receive(piece, 0, piece.length);
    piece.fill(0xee);
    start = end;
  }
  const frames = client
    .takeFrames()
    .map(({ type, flags, streamId, payload }) => [type, flags, streamId, payload.toString('hex')]);
  const log = client.log.filter((line) => line !== 'output');
  return { log, frames, bodies: [...client.bodies], heads: [...client.heads.values()] };
}

describe('any split of the bytes', () => {
  const bytes = conversation();
  // Lines that were sent before are indexed at once: the first run is not like those after it.
  run(bytes, []);

  it('gives the same events and the same output: byte by byte', () => {
    const everywhere = Array.from({ length: bytes.length }, (_, i) => i);
    expect(run(bytes, everywhere)).toEqual(run(bytes, []));
  });

  it('gives the same events and the same output: anywhere', { timeout: 10_000 + 5 * runs }, () => {
    const whole = run(bytes, []);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 12 }), (cuts) => {
        expect(run(bytes, cuts)).toEqual(whole);
      }),
      { numRuns: runs },
    );
  });

  it('is understood at all', () => {
    const { log } = run(bytes, []) as { log: string[] };
    expect(log).toEqual([
      'request 1 GET / true',
      'request 3 GET / true',
      'request 5 GET / true',
      'request 7 POST /up false',
      'reset 3 8',
      'end 7 9',
      'problem 9 405',
      'request 13 POST /up false',
      'end 13 0',
    ]);
  });
});

/** Mutants per run of the tests. The long form sets a million. */
const mutants = Number(process.env['ELBOW_FUZZ_RUNS'] ?? 3000);
const seed = Number(process.env['ELBOW_FUZZ_SEED'] ?? Date.now() % 1_000_000_007);

describe('mutated bytes', () => {
  it('never throw, and mean the same whole and cut anywhere', { timeout: 20_000 + 2 * mutants }, () => {
    const corpus = conversation();
    for (let run = 0; run < mutants; run++) {
      const random = seededRandom(seed + run);
      const mutant = mutate(corpus, random);
      const place = Math.floor(random() * mutant.length);
      const whole = observe(mutant, mutant.length);
      const cut = observe(mutant, place);
      if (whole !== cut || whole.length > 20_000) {
        expect({ seed: seed + run, cut }).toEqual({ seed: seed + run, cut: whole });
      }
    }
  });
});

/** One to four edits: bytes changed, taken out, doubled, or what is behind a place put in front of it. */
function mutate(corpus: Buffer, random: () => number): Buffer {
  let mutant = Buffer.from(corpus);
  for (let edits = 1 + Math.floor(random() * 4); edits > 0; edits--) {
    const at = Math.floor(random() * mutant.length);
    const length = 1 + Math.floor(random() * 20);
    const kind = Math.floor(random() * 8);
    if (kind === 0) mutant = Buffer.concat([mutant.subarray(0, at), mutant.subarray(at + length)]);
    else if (kind === 1) mutant = Buffer.concat([mutant.subarray(0, at + length), mutant.subarray(at)]);
    else if (kind === 2) mutant[at]! ^= 1 << Math.floor(random() * 8);
    else mutant[at] = Math.floor(random() * 256);
  }
  return mutant;
}

/** What a server said about bytes that came in two reads, in short. */
function observe(bytes: Buffer, place: number): string {
  const client = new RawClient({ opening: Buffer.alloc(0) });
  client.answer = (id) => client.server.respond(id, { status: 200, fields: '', contentLength: 0 }, true);
  client.server.receive(bytes, 0, place);
  client.server.receive(bytes, place, bytes.length);
  const frames = client.takeFrames().map(({ type, flags, streamId }) => `${type} ${flags} ${streamId}`);
  const log = client.log.filter((line) => line !== 'output');
  return [...log, ...frames, ...client.bodies.values()].join('\n');
}
