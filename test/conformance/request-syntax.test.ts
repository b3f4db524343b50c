import { aListener, headerOf, leastGrowth, scriptedBackend, serverName, startElbow } from '@elbow/testkit';
import type { BuiltListener, Elbow, RawClient, ReceivedAnswer, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixedCases, hostileRequests } from './hostile-requests.ts';
import type { HostileRequest } from './hostile-requests.ts';

// What reaches a listener is hostile until it has been read: the exact status, the connection closed, the worker well.

let elbow: Elbow;
let backend: ScriptedBackend;
let https: BuiltListener;
let http: BuiltListener;
let hasty: BuiltListener;

beforeAll(async () => {
  elbow = await startElbow();
  backend = await scriptedBackend();
  https = await aListener(elbow, { members: [backend] });
  http = await aListener(elbow, { members: [backend], protocol: 'HTTP', port: 8080 });
  hasty = await aListener(elbow, {
    members: [backend],
    protocol: 'HTTP',
    port: 8081,
    fields: { client_timeout: 1 },
  });
});
beforeEach(() => backend.forget());
afterAll(async () => {
  await elbow?.stop();
  await backend?.stop();
});

const good = `GET /good HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`;

/** Sends the bytes on a connection of their own. @returns the final answer, after the listener has closed */
async function send(built: BuiltListener, { bytes }: HostileRequest): Promise<ReceivedAnswer> {
  const client = await built.connect();
  try {
    client.write(bytes);
    const answer = await finalAnswer(client);
    return answer;
  } finally {
    client.close();
  }
}

async function finalAnswer(client: RawClient): Promise<ReceivedAnswer> {
  await client.until(
    () =>
      client.answers.some((answer) => answer.status >= 200 && answer.isComplete) || client.ending !== null,
    'an answer',
  );
  const answer = client.answers.find(({ status, isComplete }) => status >= 200 && isComplete);
  if (answer === undefined) throw new Error(`no answer, the connection ended with ${client.ending}`);
  return answer;
}

describe.each(['HTTPS', 'HTTP'] as const)('on %s', (protocol) => {
  const listener = (): BuiltListener => (protocol === 'HTTPS' ? https : http);

  it.each(fixedCases)('$status for $name', async (hostile) => {
    const client = await listener().connect();
    client.write(hostile.bytes);
    const answer = await finalAnswer(client);
    expect(answer.status).toBe(hostile.status);
    expect(headerOf(answer, 'content-type')).toBe('text/html');
    expect(headerOf(answer, 'server') ?? '').not.toMatch(/\d/);
    expect(answer.body.toString()).toContain(`${hostile.status}`);
    if (hostile.status !== 405) {
      expect(headerOf(answer, 'connection')).toBe('close');
      await client.ended();
    }
    client.close();
    const answered = backend.requests.filter(({ state }) => state === 'answered');
    expect(answered.map(({ rawHead }) => rawHead)).toEqual([]);
    if (hostile.reachesMember !== true) expect(backend.requests).toEqual([]);
  });

  it('answers what was good before the bad, in order, and nothing after it', async () => {
    const client = await listener().connect();
    client.write(good);
    client.write('BROKEN\r\n\r\n');
    client.write(good);
    expect((await client.answer(0)).status).toBe(200);
    expect((await client.answer(1)).status).toBe(400);
    await client.ended();
    expect(client.answers).toHaveLength(2);
    expect(backend.requests).toHaveLength(1);
    client.close();
  });

  it.each([
    ['an unknown method', `PURGE /x HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`, /^PURGE \/x HTTP\/1\.1\r\n/],
    ['an underscore in a name', `GET / HTTP/1.1\r\nHost: ${serverName}\r\nx_y: 1\r\n\r\n`, /\r\nx_y: 1\r\n/],
    [
      'an absolute target, whose host wins',
      'GET http://other.example.test/p?q HTTP/1.1\r\nHost: ignored\r\n\r\n',
      /^GET \/p\?q HTTP\/1\.1\r\n(?:.*\r\n)*Host: other\.example\.test\r\n/i,
    ],
    ['OPTIONS *', `OPTIONS * HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`, /^OPTIONS \* HTTP\/1\.1\r\n/],
    [
      'bytes beyond ASCII in a value',
      `GET / HTTP/1.1\r\nHost: ${serverName}\r\nX: \xe9\xff\r\n\r\n`,
      /\r\nX: \xe9\xff\r\n/,
    ],
    [
      'a head just below the limit',
      `GET / HTTP/1.1\r\nHost: ${serverName}\r\nX: ${'a'.repeat(65_000)}\r\n\r\n`,
      /\r\nX: a{65000}\r\n/,
    ],
    ['HTTP/1.0 without a host', 'GET /old HTTP/1.0\r\n\r\n', /^GET \/old HTTP\/1\.[01]\r\n/],
  ])('forwards %s', async (_name, bytes, expected) => {
    const client = await listener().connect();
    client.write(bytes);
    expect((await client.answer()).status).toBe(200);
    client.close();
    expect(backend.requests).toHaveLength(1);
    expect(backend.requests[0]?.rawHead).toMatch(expected);
  });
});

describe('on the wrong port', () => {
  it.each(['GET', 'POST', 'PURGE'])('plain %s on the TLS port gets 400 that says so', async (method) => {
    const client = await https.connect({ tls: undefined as never });
    client.write(`${method} / HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`);
    const answer = await client.answer();
    expect(answer.status).toBe(400);
    expect(answer.body.toString()).toMatch(/plain HTTP.*HTTPS/i);
    await client.ended();
    expect(backend.requests).toEqual([]);
  });

  it.each([
    ['something that is neither TLS nor HTTP', '\x00\x01\x02\x03'],
    ['a TLS record of nonsense', `\x16\x03\x01\x02\x00${'\xee'.repeat(512)}`],
    ['a TLS record of an unknown version', `\x16\x09\x09\x00\x05hello`],
    ['a TLS record that claims too much', `\x16\x03\x01\xff\xff${'\x01'.repeat(100)}`],
  ])('closes on %s, and serves on', async (_name, bytes) => {
    const client = await https.connect({ tls: undefined as never });
    client.write(bytes);
    await client.ended(15_000);
    expect((await https.curl('/', '-o', '/dev/null', '-w', '%{http_code}')).stdout).toBe('200');
  });
});

describe('unfinished requests', () => {
  it.each([
    ['half a request line', 'GET / HT'],
    ['half a head', `GET / HTTP/1.1\r\nHost: ${serverName}\r\nX: y`],
    ['a head without its empty line', `GET / HTTP/1.1\r\nHost: ${serverName}\r\n`],
  ])('%s gets 408 when the request timeout is over', async (_name, bytes) => {
    const answer = await send(hasty, { name: '', bytes, status: 408 });
    expect(answer.status).toBe(408);
    expect(headerOf(answer, 'connection')).toBe('close');
    expect(backend.requests).toEqual([]);
  });

  it.each([
    ['half a body by length', `POST / HTTP/1.1\r\nHost: ${serverName}\r\nContent-Length: 10\r\n\r\nhalf`],
    ['half a chunk', `POST / HTTP/1.1\r\nHost: ${serverName}\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhalf`],
  ])('%s gets 408, and the member is told nothing that looks complete', async (_name, bytes) => {
    expect((await send(hasty, { name: '', bytes, status: 408 })).status).toBe(408);
    await backend.until(
      () => backend.requests.every(({ state }) => state === 'aborted'),
      'an abort at the member',
    );
  });

  it('a client that only connects is closed without a word', async () => {
    const client = await hasty.connect();
    expect(await client.ended()).toBe('end');
    expect(client.answers).toEqual([]);
  });

  it('a client that leaves in the middle of a head costs nothing', async () => {
    const client = await http.connect();
    client.write('GET / HT');
    client.reset();
    expect((await http.curl('/', '-o', '/dev/null', '-w', '%{http_code}')).stdout).toBe('200');
  });
});

describe('1,000 hostile requests', () => {
  const witnesses: RawClient[] = [];
  afterAll(() => witnesses.forEach((client) => client.close()));

  /** Connections over all workers that stay open: a worker that dies takes its own with it. */
  async function openWitnesses(): Promise<void> {
    const { listener } = https;
    await elbow.api.update('listener', listener.id, { keepalive_timeout: 4000 });
    for (let at = 0; at < 32; at++) witnesses.push(await https.connect());
    await expectAnswers(0);
    const { workers } = await elbow.askWorkers();
    for (const worker of workers)
      expect(worker).toMatchObject({ state: 'serving', connections: expect.toSatisfy((count) => count > 0) });
  }

  async function expectAnswers(index: number): Promise<void> {
    for (const client of witnesses) client.write(good);
    for (const client of witnesses) expect((await client.answer(index)).status).toBe(200);
  }

  it('each get their status; workers and log stay as they are', async () => {
    const node = (await elbow.pids()).node;
    await openWitnesses();
    await storm(1000, 1, [https, http]);
    expect((await elbow.pids()).node).toBe(node);
    await expectAnswers(1);
    expect(elbow.log).not.toMatch(
      /uncaught|unhandled|TypeError|RangeError|ReferenceError|\n\s+at .*\.ts:\d+|worker.*(?:replaced|died|exit)/i,
    );
  });

  it('leave nothing behind in memory', { timeout: 240_000 }, async () => {
    // A young heap of fixed size: what it takes at its leisure would hide what stays behind.
    const small = await startElbow({ workers: 1, env: { NODE_OPTIONS: '--max-semi-space-size=4' } });
    try {
      // Long timeouts: nothing may be kept until they are over.
      const fields = { client_timeout: 300, member_timeout: 300, keepalive_timeout: 4000 };
      const wish = { members: [backend], fields };
      const listeners = [
        await aListener(small, wish),
        await aListener(small, { ...wish, protocol: 'HTTP' as const, port: 8080 }),
      ] as const;
      const node = (await small.pids()).node;
      await storm(10_000, 1, listeners); // warm-up
      const growth = await leastGrowth(node, (index) => storm(10_000, 2 + index, listeners), { most: 1.1 });
      expect(growth).toBeLessThanOrEqual(1.1);
    } finally {
      await small.stop();
    }
  });
});

/** Sends `count` hostile requests, 16 at a time, a quarter of them to the first listener, and checks each status. */
async function storm(
  count: number,
  seed: number,
  [first, second]: readonly [BuiltListener, BuiltListener],
): Promise<void> {
  const requests = hostileRequests(count, seed);
  const wrong: string[] = [];
  let sent = 0;
  const lane = async (): Promise<void> => {
    for (const request of requests) {
      sent += 1;
      const answer = await send(sent % 4 === 0 ? first : second, request);
      if (answer.status !== request.status)
        wrong.push(`${answer.status}, not ${request.status}: ${request.name}`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, lane));
  expect(wrong).toEqual([]);
  expect(sent).toBe(count);
}
