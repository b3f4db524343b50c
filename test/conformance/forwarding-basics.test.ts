import { createHash } from 'node:crypto';
import {
  aListener,
  freeAddress,
  headerOf,
  patternBytes,
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
  Reply,
  ScriptedBackend,
  SeenRequest,
} from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

// One request from the client to a member and its answer back: what both sides see, byte for byte where it matters.

let elbow: Elbow;
let one: ScriptedBackend;
let two: ScriptedBackend;
let both: BuiltListener;
let single: BuiltListener;
let member: ScriptedBackend;

beforeAll(async () => {
  elbow = await startElbow();
  one = await scriptedBackend({ name: 'one' });
  two = await scriptedBackend({ name: 'two' });
  member = await scriptedBackend({ name: 'single' });
  both = await aListener(elbow, { members: [one, two] });
  single = await aListener(elbow, { members: [member] });
});
beforeEach(() => {
  for (const backend of [one, two, member]) backend.forget();
  member.script = defaultScript;
});
afterAll(async () => {
  await elbow?.stop();
  await Promise.all([one, two, member].map((backend) => backend?.stop()));
});

let defaultScript: (request: SeenRequest) => Reply | Promise<Reply>;
beforeAll(() => {
  defaultScript = member.script;
});

const get = (target = '/', fields = ''): string =>
  `GET ${target} HTTP/1.1\r\nHost: ${serverName}\r\n${fields}\r\n`;

async function ask(
  bytes: string | Buffer,
  method = 'GET',
): Promise<Awaited<ReturnType<RawClient['answer']>>> {
  const client = await single.connect();
  try {
    client.write(bytes, method);
    return await client.answer();
  } finally {
    client.close();
  }
}

describe('members take turns', () => {
  it('equal weights: exactly half each, over all workers and connections', async () => {
    const load = await runLoad({ url: `${both.url}/`, clients: 16, requests: 1000 });
    expect(load).toMatchObject({ succeeded: 1000, failed: 0, statuses: { '2xx': 1000 } });
    expect([one.requests.length, two.requests.length]).toEqual([500, 500]);
  });

  it('weights 5, 3 and 2: exactly 500, 300 and 200 of 1,000', async () => {
    const backends = await Promise.all([5, 3, 2].map(() => scriptedBackend()));
    const members = backends.map((backend, at) => ({
      address: backend.address,
      port: backend.port,
      weight: [5, 3, 2][at] ?? 0,
    }));
    const weighted = await aListener(elbow, { members });
    const load = await runLoad({ url: `${weighted.url}/`, clients: 8, requests: 1000 });
    expect(load.statuses['2xx']).toBe(1000);
    expect(backends.map((backend) => backend.requests.length)).toEqual([500, 300, 200]);
    await Promise.all(backends.map((backend) => backend.stop()));
  });

  it('weight 0 gets no request', async () => {
    const resting = await aListener(elbow, { members: [{ ...place(one), weight: 0 }, place(two)] });
    await runLoad({ url: `${resting.url}/`, clients: 4, requests: 100 });
    expect([one.requests.length, two.requests.length]).toEqual([0, 100]);
  });

  it('connections to members are used again: far fewer than requests', async () => {
    const before = member.connectionsMade;
    await runLoad({ url: `${single.url}/`, clients: 8, requests: 800 });
    expect(member.requests).toHaveLength(800);
    expect(member.connectionsMade - before).toBeLessThanOrEqual(64);
  });
});

describe('the request a member sees', () => {
  it('has the method, target, host and fields of the client, and the client in X-Forwarded-For', async () => {
    await ask(get('/a%2Fb/../c?x=%20&y', 'X-Mixed-Case: Va lue\r\naccept: */*\r\nCookie: a=b; c=d\r\n'));
    const [request] = member.requests;
    expect(request?.rawHead.split('\r\n')[0]).toBe('GET /a%2Fb/../c?x=%20&y HTTP/1.1');
    expect(request?.rawHead).toContain('\r\nX-Mixed-Case: Va lue\r\n');
    expect(request?.rawHead).toContain('\r\naccept: */*\r\n');
    expect(request?.rawHead).toContain('\r\nCookie: a=b; c=d\r\n');
    expect(request && headerOf(request, 'host')).toBe(serverName);
    expect(request && headerOf(request, 'x-forwarded-for')).toMatch(/^127\.\d+\.\d+\.\d+$/);
    expect(request && headerOf(request, 'x-forwarded-host')).toBe(serverName);
  });

  it('appends the peer to X-Forwarded-For lines of the client, joined in their order', async () => {
    const from = freeAddress();
    const client = await single.connect({ from });
    client.write(
      get('/', 'X-Forwarded-For: 192.0.2.1\r\nX-Other: 1\r\nX-Forwarded-For: 192.0.2.2, 192.0.2.3\r\n'),
    );
    await client.answer();
    client.close();
    const [request] = member.requests;
    expect(request && headerOf(request, 'x-forwarded-for')).toBe(`192.0.2.1, 192.0.2.2, 192.0.2.3, ${from}`);
  });

  it('has lost the fields that are for one hop, and those that Connection names', async () => {
    const hop =
      'Connection: keep-alive, X-Secret-Hop\r\nX-Secret-Hop: 1\r\nKeep-Alive: timeout=5\r\nProxy-Authorization: x\r\nTE: gzip\r\nUpgrade: h2c\r\n';
    await ask(get('/', hop));
    const names = member.requests[0]?.headers.map(([name]) => name.toLowerCase()) ?? [];
    for (const gone of ['x-secret-hop', 'keep-alive', 'proxy-authorization', 'te', 'upgrade'])
      expect(names).not.toContain(gone);
  });

  it.each([
    ['the load balancer id', 'X-Forwarded-ELB-ID', () => single.loadBalancer.id],
    ['the listener port', 'X-Forwarded-Port', () => '8443'],
    ['the protocol', 'X-Forwarded-Proto', () => 'https'],
    ['the client address', 'X-Real-IP', () => expect.stringMatching(/^127\./)],
  ])('carries %s when that is switched on, over whatever the client sent', async (_what, name, value) => {
    await elbow.api.update('listener', single.listener.id, { insert_headers: { [name]: true } });
    await ask(get('/', `${name}: forged\r\n`));
    expect(member.requests[0] && headerOf(member.requests[0], name)).toEqual(value());
    await elbow.api.update('listener', single.listener.id, { insert_headers: { [name]: false } });
    member.forget();
    await ask(get('/', `${name}: from the client\r\n`));
    expect(member.requests[0] && headerOf(member.requests[0], name)).toBe('from the client');
  });
});

describe('bodies', () => {
  const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

  it.each([0, 1, 1000, 65_536, 3_000_000])('upload of %i bytes by length arrives whole', async (bytes) => {
    const body = patternBytes(bytes);
    const head = `PUT /up HTTP/1.1\r\nHost: ${serverName}\r\nContent-Length: ${bytes}\r\n\r\n`;
    expect((await ask(Buffer.concat([Buffer.from(head), body]))).status).toBe(200);
    const [request] = member.requests;
    expect([request?.bodyBytes, request?.bodySha256]).toEqual([bytes, sha256(body)]);
    expect(request && headerOf(request, 'content-length')).toBe(`${bytes}`);
  });

  it('chunked upload arrives whole, its extensions and trailers gone', async () => {
    const chunks = '5;name=value\r\nhello\r\n1\r\n \r\n00A\r\n0123456789\r\n0\r\nX-Trailer: 1\r\n\r\n';
    await ask(`POST /up HTTP/1.1\r\nHost: ${serverName}\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`);
    const [request] = member.requests;
    expect(request?.body.toString()).toBe('hello 0123456789');
    expect(request?.framing).toBe('chunked');
    expect(request && headerOf(request, 'x-trailer')).toBeUndefined();
  });

  it.each(['length', 'chunked', 'close'] as const)(
    'a large answer framed by %s reaches curl whole',
    async (framing) => {
      const { code, stdout } = await single.curl(
        `/?size=3000000&framing=${framing}`,
        '-w',
        '\n%{http_code} %{size_download}',
      );
      expect(code).toBe(0);
      expect(stdout.slice(-12)).toBe('\n200 3000000');
      expect(sha256(Buffer.from(stdout.slice(0, 3_000_000)))).toBe(sha256(patternBytes(3_000_000)));
    },
  );

  it.each([204, 304])('an answer with status %i has none, and the connection goes on', async (status) => {
    const client = await single.connect();
    client.write(get(`/?status=${status}`));
    client.write(get('/next'));
    expect((await client.answer(0)).status).toBe(status);
    expect((await client.answer(1)).status).toBe(200);
    client.close();
  });

  it('an answer to HEAD keeps its length and has no body', async () => {
    const { stdout } = await single.curl('/?size=1234', '--head');
    expect(stdout).toMatch(/content-length: 1234\r\n/i);
    expect(member.requests[0]?.method).toBe('HEAD');
    const client = await single.connect();
    client.write(`HEAD /?size=7 HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`, 'HEAD');
    client.write(get('/?size=3'));
    expect(headerOf(await client.answer(0), 'content-length')).toBe('7');
    expect((await client.answer(1)).body.toString()).toBe('012');
    client.close();
  });

  it('100 Continue is sent to a client that waits for it', async () => {
    const client = await single.connect();
    client.write(
      `POST / HTTP/1.1\r\nHost: ${serverName}\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n`,
    );
    await client.until(() => client.answers[0]?.status === 100, '100 Continue');
    client.writeMore('hello');
    expect((await client.answer(1)).status).toBe(200);
    expect(member.requests[0]?.body.toString()).toBe('hello');
    client.close();
  });

  it('status, reason and fields of the member reach the client, repeated ones too', async () => {
    const headers = [
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['X-Odd', 'v'],
      ['Server', 'theirs'],
      ['Keep-Alive', 'timeout=9'],
    ] as const;
    member.script = () => ({ kind: 'answer', status: 418, reason: 'Teapot', headers, body: 'short' });
    const answer = await ask(get());
    expect([answer.status, answer.reason, answer.body.toString()]).toEqual([418, 'Teapot', 'short']);
    expect(headerOf(answer, 'set-cookie')).toBe('a=1, b=2');
    expect(headerOf(answer, 'server')).toBe('theirs');
    expect(headerOf(answer, 'keep-alive')).toBeUndefined();
  });
});

describe('one connection', () => {
  it('carries 50 pipelined requests, answered in their order', async () => {
    const client = await single.connect();
    client.write(Array.from({ length: 50 }, (_, at) => get(`/${at}?delay=${at % 5}`)).join(''));
    await client.answer(49);
    const targets = client.answers.map(({ body }) => JSON.parse(body.toString()).target);
    expect(targets).toEqual(Array.from({ length: 50 }, (_, at) => `/${at}?delay=${at % 5}`));
    client.close();
  });

  it('takes a request byte by byte', async () => {
    const client = await single.connect();
    for (const byte of get('/slow', 'X: y\r\n')) client.writeMore(byte);
    expect((await client.answer()).status).toBe(200);
    client.close();
  });

  it('is closed after the answer when the client asks for it, and after HTTP/1.0', async () => {
    for (const bytes of [
      get('/', 'Connection: close\r\n'),
      `GET / HTTP/1.0\r\nHost: ${serverName}\r\n\r\n`,
    ]) {
      const client = await single.connect();
      client.write(bytes);
      expect((await client.answer()).status).toBe(200);
      expect(await client.ended()).toBe('end');
    }
  });
});

describe('somebody leaves', () => {
  it('a client that goes away before the answer: the member loses its connection', async () => {
    member.script = () => ({ kind: 'silence' });
    const client = await single.connect();
    client.write(get('/wait'));
    await member.until(() => member.requests.length === 1, 'the request');
    client.reset();
    await member.until(() => member.requests[0]?.state === 'aborted', 'the abort');
  });

  it('a client that goes away in the middle of its body: the member sees no complete request', async () => {
    const client = await single.connect();
    client.write(
      `POST / HTTP/1.1\r\nHost: ${serverName}\r\nContent-Length: 100000\r\n\r\n${'x'.repeat(50_000)}`,
    );
    await member.until(() => (member.requests[0]?.bodyBytes ?? 0) > 0, 'some of the body');
    client.reset();
    await member.until(() => member.requests[0]?.state === 'aborted', 'the abort');
  });

  const cuts: readonly (readonly [string, string])[] = [
    ['by length', 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf'],
    ['chunked', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf'],
    ['chunked, between chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'],
  ];
  it.each(
    cuts.flatMap(([name, bytes]) =>
      (['end', 'reset'] as const).map((ending) => [name, ending, bytes] as const),
    ),
  )('a member that ends its answer early (%s, %s): the client can tell', async (_name, ending, bytes) => {
    member.script = () => ({ kind: 'raw', bytes, ending });
    const client = await single.connect();
    client.write(get());
    await client.ended();
    expect(client.answers[0]?.isComplete ?? false).toBe(false);
    const { code } = await single.curl('/', '-o', '/dev/null');
    expect([18, 52, 56]).toContain(code);
  });

  it('after all of that the listener serves', async () => {
    expect((await ask(get())).status).toBe(200);
  });
});

describe('pages of the load balancer', () => {
  const page = async (
    built: BuiltListener,
  ): Promise<{ status: number; type: string | undefined; body: string }> => {
    const client = await built.connect();
    client.write(get());
    const answer = await client.answer();
    client.close();
    return { status: answer.status, type: headerOf(answer, 'content-type'), body: answer.body.toString() };
  };

  it('502 when the member refuses connections', async () => {
    const gone = await scriptedBackend();
    const built = await aListener(elbow, { members: [gone] });
    await gone.stop();
    expect(await page(built)).toEqual({
      status: 502,
      type: 'text/html',
      body: expect.stringContaining('502'),
    });
  });

  it.each([
    ['answers nonsense', 'nonsense\r\n\r\n'],
    ['answers with a status that is none', 'HTTP/1.1 2x0 OK\r\n\r\n'],
    ['sends a head over 64 KiB', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(70_000)}\r\n\r\n`],
    ['sends two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
  ])('502 when the member %s', async (_what, bytes) => {
    member.script = () => ({ kind: 'raw', bytes, ending: 'end' });
    expect(await page(single)).toMatchObject({ status: 502, type: 'text/html' });
  });

  it('502 when the member closes without an answer', async () => {
    member.script = () => ({ kind: 'reset' });
    expect((await page(single)).status).toBe(502);
  });

  it('503 when the pool has no member, or none with a weight', async () => {
    const empty = await aListener(elbow);
    expect(await page(empty)).toEqual({
      status: 503,
      type: 'text/html',
      body: expect.stringContaining('503'),
    });
    await elbow.api.addMember(empty.pool.id, { address: one.address, protocol_port: one.port, weight: 0 });
    expect((await page(empty)).status).toBe(503);
  });

  it('503 when the listener has no pool', async () => {
    const built = await aListener(elbow, { members: [one] });
    expect((await page(built)).status).toBe(200);
    await elbow.api.update('listener', built.listener.id, { default_pool_id: null });
    expect((await page(built)).status).toBe(503);
  });

  it('504 when the member does not answer within the response timeout', async () => {
    const silent = await scriptedBackend({ script: () => ({ kind: 'silence' }) });
    const built = await aListener(elbow, { members: [silent], fields: { member_timeout: 1 } });
    expect(await page(built)).toEqual({
      status: 504,
      type: 'text/html',
      body: expect.stringContaining('504'),
    });
    await silent.until(
      () => silent.requests.every(({ state }) => state === 'aborted'),
      'the connection given up',
    );
    await silent.stop();
  });

  it('a status of the member is passed on, not replaced', async () => {
    for (const status of [400, 404, 500, 502, 503, 504]) {
      member.script = (): Answer => ({ kind: 'answer', status, body: 'of the member' });
      const answer = await ask(get());
      expect([answer.status, answer.body.toString()]).toEqual([status, 'of the member']);
    }
  });
});

function place({ address, port }: ScriptedBackend): { address: string; port: number } {
  return { address, port };
}
