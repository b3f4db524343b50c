import { brotliDecompressSync, constants, gunzipSync } from 'node:zlib';
import {
  aListener,
  askHttp2,
  headerOf,
  openHttp2,
  patternBytes,
  poll,
  runLoad,
  scriptedBackend,
  serverName,
  startElbow,
} from '@elbow/testkit';
import type {
  Answer,
  BuiltListener,
  Elbow,
  RawClient,
  ReceivedAnswer,
  ScriptedBackend,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPolicy, rule } from './policy-kit.ts';

// Brotli and gzip, for the answers that are worth it and the clients that take them.

let elbow: Elbow;
let member: ScriptedBackend;
let listener: BuiltListener;
let silent: BuiltListener;

beforeAll(async () => {
  elbow = await startElbow();
  member = await scriptedBackend();
  const fields = { gzip_enable: true, http2_enable: true };
  listener = await aListener(elbow, { members: [member], fields });
  silent = await aListener(elbow, { members: [member] });
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

interface Wish {
  readonly accept?: string;
  readonly method?: string;
  readonly version?: string;
  readonly fields?: string;
  readonly at?: BuiltListener;
}

function request(
  target: string,
  { accept = 'gzip, br', method = 'GET', version = '1.1', fields = '' }: Wish,
): string {
  const acceptLine = accept === '' ? '' : `Accept-Encoding: ${accept}\r\n`;
  return `${method} ${target} HTTP/${version}\r\nHost: ${serverName}\r\n${acceptLine}${fields}\r\n`;
}

async function ask(target: string, wish: Wish = {}): Promise<ReceivedAnswer> {
  const client = await (wish.at ?? listener).connect();
  try {
    client.write(request(target, wish), wish.method ?? 'GET');
    return await client.answer();
  } finally {
    client.close();
  }
}

const coding = (answer: ReceivedAnswer): string | undefined => headerOf(answer, 'content-encoding');
const page = '/?size=5000&ctype=text/html';

function plain(answer: ReceivedAnswer): Buffer {
  if (coding(answer) === 'br') return brotliDecompressSync(answer.body);
  return coding(answer) === 'gzip' ? gunzipSync(answer.body) : answer.body;
}

describe('the coding', () => {
  it.each([
    ['gzip, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=1, br;q=0.1', 'br'],
    ['*', undefined],
    ['deflate', undefined],
    ['', undefined],
  ])('for a client that takes %j is %s', async (accept, expected) => {
    const answer = await ask(page, { accept });
    expect(coding(answer)).toBe(expected);
    expect(headerOf(answer, 'vary')).toBe('Accept-Encoding');
    expect(plain(answer).equals(patternBytes(5000))).toBe(true);
  });

  it('is none on a listener that is not asked to', async () => {
    const answer = await ask(page, { at: silent });
    expect([coding(answer), headerOf(answer, 'vary'), answer.body.length]).toEqual([
      undefined,
      undefined,
      5000,
    ]);
  });
});

describe('what is encoded', () => {
  it.each([
    'text/xml',
    'text/plain',
    'text/css',
    'application/javascript',
    'application/x-javascript',
    'application/rss%2Bxml',
    'application/atom%2Bxml',
    'application/xml',
    'application/json',
    'Text/HTML;charset=utf-8',
  ])('type %s', async (type) => {
    expect(coding(await ask(`/?size=500&ctype=${type}`))).toBe('br');
  });

  it.each(['200', '403', '404'])('status %s', async (status) => {
    expect(coding(await ask(`${page}&status=${status}`))).toBe('br');
  });

  it.each<[string, string, Wish]>([
    ['status 500', `${page}&status=500`, {}],
    ['images', '/?size=5000&ctype=image/png', {}],
    ['short bodies', '/?size=19&ctype=text/html', {}],
    ['HTTP/1.0', page, { version: '1.0' }],
  ])('not %s', async (_, target, wish) => {
    const answer = await ask(target, wish);
    expect(coding(answer)).toBeUndefined();
    expect(answer.status).toBeGreaterThan(0);
  });

  it('not the answer to HEAD, whose length is that of the body as it is', async () => {
    const answer = await ask(page, { method: 'HEAD' });
    expect([coding(answer), headerOf(answer, 'content-length')]).toEqual([undefined, '5000']);
  });

  it('not what the member has encoded, and only once', async () => {
    const answer = await ask(`${page}&ce=gzip`);
    expect(coding(answer)).toBe('gzip');
    expect(answer.body.equals(patternBytes(5000))).toBe(true);
  });

  it('not where the member forbids it', async () => {
    member.script = () => ({
      kind: 'answer',
      headers: [
        ['Content-Type', 'text/html'],
        ['Cache-Control', 'no-transform'],
      ],
      body: 500,
    });
    expect(coding(await ask('/'))).toBeUndefined();
  });
});

describe('an encoded answer', () => {
  const answers = (answer: Partial<Answer>): void => {
    member.script = () => ({ kind: 'answer', headers: [['Content-Type', 'text/html']], ...answer });
  };

  it('has a weak tag, no ranges and Vary once', async () => {
    const headers: [string, string][] = [
      ['Content-Type', 'text/html'],
      ['ETag', '"abc"'],
      ['Accept-Ranges', 'bytes'],
      ['Vary', 'Origin, accept-encoding'],
    ];
    answers({ headers, body: 500 });
    const answer = await ask('/');
    expect([headerOf(answer, 'etag'), headerOf(answer, 'accept-ranges'), headerOf(answer, 'vary')]).toEqual([
      'W/"abc"',
      undefined,
      'Origin, accept-encoding',
    ]);
  });

  it.each([20, 8192, 8193, 100_000, 131_072])('of %d known bytes has a length', async (size) => {
    answers({ body: size });
    for (const accept of ['br', 'gzip']) {
      const answer = await ask('/', { accept });
      expect(headerOf(answer, 'content-length')).toBe(String(answer.body.length));
      expect(plain(answer).equals(patternBytes(size))).toBe(true);
    }
  });

  it.each([131_073, 3_000_000])('of %d bytes comes in chunks', async (size) => {
    answers({ body: size });
    for (const accept of ['br', 'gzip']) {
      const answer = await ask('/', { accept });
      expect(headerOf(answer, 'transfer-encoding')).toBe('chunked');
      expect(plain(answer).equals(patternBytes(size))).toBe(true);
    }
  });

  it('of unknown length too, as do those that end with their connection', async () => {
    for (const framing of ['chunked', 'close'] as const) {
      answers({ body: 5000, framing });
      expect(plain(await ask('/')).equals(patternBytes(5000))).toBe(true);
    }
  });

  it('goes over HTTP/2 and keeps the connection', async () => {
    answers({ body: 200_000 });
    const client = await openHttp2(listener);
    for (const size of [200_000, 300]) {
      answers({ body: size });
      const answer = await askHttp2(client, { ':path': '/', 'accept-encoding': 'br' });
      expect(answer.headers['content-encoding']).toBe('br');
      expect(brotliDecompressSync(answer.body).equals(patternBytes(size))).toBe(true);
    }
    client.close();
  });

  it('is followed by others on its connection', async () => {
    answers({ body: 20_000 });
    const client = await listener.connect();
    for (let at = 0; at < 5; at++) {
      client.write(request('/', {}));
      expect(plain(await client.answer(at)).equals(patternBytes(20_000))).toBe(true);
    }
    client.close();
  });
});

describe('a stream', () => {
  it('is not held back by its encoder', async () => {
    const first = '{"event":1}\n';
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
    member.script = () => ({ kind: 'raw', bytes: head + chunk(first), ending: 'keep' });
    for (const accept of ['br', 'gzip']) {
      const client = await listener.connect();
      client.write(request('/', { accept }));
      // The member says no more, yet what it said is there.
      await client.until(() => readable(client, accept) === first, `the first event in ${accept}`);
      client.close();
    }
  });

  it('whose member dies is seen to be cut', async () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n';
    member.script = () => ({ kind: 'raw', bytes: `${head}5\r\nhello\r\n`, ending: 'reset' });
    const client = await listener.connect();
    client.write(request('/', {}));
    await client.ended();
    expect(client.answers[0]?.isComplete ?? false).toBe(false);
    client.close();
  });

  it('whose member dies before a body of known length is complete is a clean 502', async () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n';
    member.script = () => ({ kind: 'raw', bytes: `${head}hello`, ending: 'reset' });
    expect((await ask('/')).status).toBe(502);
  });
});

describe('a fixed response', () => {
  it('is encoded like an answer of a member', async () => {
    const fields = { gzip_enable: true, enhance_l7policy_enable: true };
    const built = await aListener(elbow, { members: [member], fields });
    const text = 'a line of the answer, again and again\n'.repeat(20);
    await aPolicy(elbow, {
      listener_id: built.listener.id,
      action: 'FIXED_RESPONSE',
      fixed_response_config: { status_code: '200', content_type: 'text/plain', message_body: text },
      rules: [rule('PATH', 'EQUAL_TO', '/fixed')],
    });
    for (const [accept, expected] of [
      ['br', 'br'],
      ['gzip', 'gzip'],
      ['', undefined],
    ] as const) {
      const answer = await ask('/fixed', { at: built, accept });
      expect([coding(answer), headerOf(answer, 'vary')]).toEqual([expected, 'Accept-Encoding']);
      expect(plain(answer).toString()).toBe(text);
      expect(answer.body.length < text.length).toBe(expected !== undefined);
    }
    const head = await ask('/fixed', { at: built, method: 'HEAD' });
    expect([coding(head), head.body.length]).toEqual([undefined, 0]);
  });
});

describe('a worker that is short of time', () => {
  it('leaves answers as they are where the settings say so, and counts them', async () => {
    const busy = await startElbow({ workers: 1, env: { ELBOW_COMPRESSION_CPU_PERCENT: '1' } });
    try {
      member.script = () => ({ kind: 'answer', headers: [['Content-Type', 'text/html']], body: 5000 });
      const built = await aListener(busy, { members: [member], fields: { gzip_enable: true } });
      const load = runLoad({ url: `${built.url}/`, clients: 4, durationSeconds: 4 });
      await poll(
        async () => {
          const answer = await ask('/', { at: built });
          return coding(answer) === undefined && headerOf(answer, 'vary') === 'Accept-Encoding';
        },
        { timeoutMs: 10_000, everyMs: 100, what: 'an answer that is not encoded' },
      );
      const page = await (await fetch(`http://${busy.admin}/metrics`)).text();
      const count = Number(/^elbow_compression_left_out_total\{[^}]*\} (\d+)$/m.exec(page)?.[1]);
      expect(count).toBeGreaterThan(0);
      await load;
    } finally {
      await busy.stop();
    }
  });
});

/** What can be read of an answer that is still on its way. */
function readable(client: RawClient, accept: string): string {
  const body = client.answers[0]?.body ?? Buffer.alloc(0);
  try {
    const decoded =
      accept === 'br'
        ? brotliDecompressSync(body, { finishFlush: constants.BROTLI_OPERATION_FLUSH })
        : gunzipSync(body, { finishFlush: constants.Z_SYNC_FLUSH });
    return decoded.toString();
  } catch {
    return '';
  }
}
