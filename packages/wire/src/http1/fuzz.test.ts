import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../message.ts';
import { RequestDecoder } from './request-decoder.ts';
import { ResponseDecoder } from './response-decoder.ts';
import { cut, mutate, seededRandom } from './testing/mutate.ts';
import { readRequests, readResponse } from './testing/recorder.ts';
import { acceptedRequests, refusedRequests } from './testdata/request-cases.ts';
import { acceptedResponses, refusedResponses } from './testdata/response-cases.ts';

/** Runs per property. The long form of the test run sets a million. */
const runs = Number(process.env['ELBOW_FUZZ_RUNS'] ?? 3000);
const seed = Number(process.env['ELBOW_FUZZ_SEED'] ?? Date.now() % 1_000_000_007);
const timeoutMs = 20_000 + runs;

// The huge cases are about sizes; mutating them costs time and finds nothing that the small ones do not.
const small = (cases: readonly { readonly bytes: string }[]) =>
  cases.map(({ bytes }) => bytes).filter((bytes) => bytes.length < 2000);
const requests = small([...acceptedRequests, ...refusedRequests]);
const responses = small([...acceptedResponses, ...refusedResponses]);

function forEachMutant(
  corpus: readonly string[],
  check: (mutant: Buffer, random: () => number) => void,
): void {
  for (let run = 0; run < runs; run++) {
    const random = seededRandom(seed + run);
    const pick = () => corpus[Math.floor(random() * corpus.length)]!;
    const mutant = Buffer.from(mutate(pick() + (random() < 0.3 ? pick() : ''), pick(), random), 'latin1');
    try {
      check(mutant, random);
    } catch (error) {
      throw new Error(`ELBOW_FUZZ_SEED=${seed + run}: ${JSON.stringify(mutant.toString('latin1'))}`, {
        cause: error,
      });
    }
  }
}

describe('mutated bytes, whole and cut anywhere, give the same events', () => {
  it('requests', { timeout: timeoutMs }, () => {
    forEachMutant(requests, (mutant, random) => {
      const whole = readRequests([mutant]);
      expect(readRequests(cut(mutant, random))).toEqual(whole);
      if (random() < 0.1) expect(readRequests([...mutant].map((byte) => Buffer.of(byte)))).toEqual(whole);
    });
  });

  it('answers', { timeout: timeoutMs }, () => {
    forEachMutant(responses, (mutant, random) => {
      const method = random() < 0.2 ? 'HEAD' : 'GET';
      const whole = readResponse([mutant], { method });
      const pieces = readResponse(cut(mutant, random), { method });
      if (whole.problem !== null) pieces.surplus = whole.surplus;
      expect(pieces).toEqual(whole);
      expect(whole.problem === null || whole.problem.status === 502).toBe(true);
      expect((whole.problem === null) === (whole.trailers !== null || whole.head?.status === 101)).toBe(true);
    });
  });
});

describe('what never ends is refused', () => {
  const post = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n';
  const ok = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
  const silent = { onRequestHead() {}, onRequestEnd() {}, onRequestBody() {} };
  const endless = [
    { name: 'method', start: '', more: 'A' },
    { name: 'target', start: 'GET /', more: 'a' },
    { name: 'name', start: 'GET / HTTP/1.1\r\n', more: 'a' },
    { name: 'value', start: 'GET / HTTP/1.1\r\nX: ', more: 'a' },
    { name: 'fields', start: 'GET / HTTP/1.1\r\n', more: 'a:b\r\n' },
    { name: 'empty lines', start: '', more: '\r\n' },
    { name: 'chunk size', start: post, more: '0' },
    { name: 'chunk extension', start: `${post}1;`, more: 'a' },
    { name: 'quoted chunk extension', start: `${post}1;a="`, more: 'a' },
    { name: 'extensions of many chunks', start: post, more: '1;aaaaaaaaaaaaaaaa\r\na\r\n' },
    { name: 'trailer name', start: `${post}0\r\n`, more: 'a' },
    { name: 'trailer value', start: `${post}0\r\na:`, more: 'a' },
    { name: 'trailers', start: `${post}0\r\n`, more: 'a:b\r\n' },
  ];

  it.each(endless)('request: $name', ({ start, more }) => {
    let problem = '';
    const decoder = new RequestDecoder({ ...silent, onRequestProblem: ({ reason }) => (problem = reason) });
    expect(feed(decoder, start, more, () => problem !== '')).toBeLessThanOrEqual(defaultLimits.headBytes + 1);
  });

  const endlessAnswers = [
    { name: 'reason', start: 'HTTP/1.1 200 ', more: 'a' },
    { name: 'value', start: 'HTTP/1.1 200 OK\r\nX: ', more: 'a' },
    { name: 'fields', start: 'HTTP/1.1 200 OK\r\n', more: 'a:b\r\n' },
    { name: 'interim answers', start: '', more: 'HTTP/1.1 103 Early Hints\r\n\r\n' },
    { name: 'chunk extension', start: `${ok}1;`, more: 'a' },
    { name: 'trailers', start: `${ok}0\r\n`, more: 'a:b\r\n' },
  ];

  it.each(endlessAnswers)('answer: $name', ({ start, more }) => {
    let problem = '';
    const decoder = new ResponseDecoder({
      onInformational() {},
      onResponseHead() {},
      onResponseBody() {},
      onResponseEnd() {},
      onResponseProblem: ({ reason }) => (problem = reason),
    });
    decoder.expect('GET');
    expect(feed(decoder, start, more, () => problem !== '')).toBeLessThanOrEqual(defaultLimits.headBytes + 1);
  });

  /** Pushes `more` again and again until `isDone`; returns how many bytes of it that took. */
  function feed(
    decoder: { push(bytes: Buffer, start: number, end: number): number },
    start: string,
    more: string,
    isDone: () => boolean,
  ): number {
    decoder.push(Buffer.from(start), 0, start.length);
    const bytes = Buffer.from(more);
    let fed = 0;
    while (!isDone() && fed < 1_000_000) {
      decoder.push(bytes, 0, bytes.length);
      fed += bytes.length;
    }
    return fed;
  }
});
