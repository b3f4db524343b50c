import {
  aListener,
  askHttp2,
  freeAddress,
  headerOf,
  openHttp2,
  openRawClient,
  readHttp2,
  scriptedBackend,
  serverName,
  startElbow,
} from '@elbow/testkit';
import type {
  BuiltListener,
  Elbow,
  Http2Answer,
  RawClient,
  ReceivedAnswer,
  ScriptedBackend,
} from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// Answers that the load balancer makes itself, over both versions of HTTP.

let elbow: Elbow;
let member: ScriptedBackend;
let good: BuiltListener;
/** By what is wrong with them: listeners whose pools cannot serve. */
let broken: Readonly<Record<'refused' | 'silent' | 'empty' | 'garbled', BuiltListener>>;
const backends: ScriptedBackend[] = [];

beforeAll(async () => {
  elbow = await startElbow();
  member = await scriptedBackend();
  const silent = await scriptedBackend({ script: () => ({ kind: 'silence' }) });
  const garbled = await scriptedBackend({
    script: () => ({ kind: 'raw', bytes: 'garbage\r\n\r\n', ending: 'end' }),
  });
  backends.push(member, silent, garbled);
  const fields = { http2_enable: true, member_timeout: 1, client_timeout: 1 };
  good = await aListener(elbow, { members: [member], fields });
  broken = {
    refused: await aListener(elbow, { members: [{ address: freeAddress(), port: 9 }], fields }),
    silent: await aListener(elbow, { members: [silent], fields }),
    empty: await aListener(elbow, { fields }),
    garbled: await aListener(elbow, { members: [garbled], fields }),
  };
});
beforeEach(() => member.forget());
afterAll(async () => {
  await elbow?.stop();
  await Promise.all(backends.map((each) => each.stop()));
});

async function ask(
  listener: BuiltListener,
  bytes: string,
  method = 'GET',
): Promise<ReceivedAnswer & RawClientEnd> {
  const client = await forThisTest(listener.connect());
  client.write(bytes, method);
  const answer = await client.answer();
  return { ...answer, client };
}
interface RawClientEnd {
  readonly client: RawClient;
}

const open = (listener: BuiltListener) => forThisTest(openHttp2(listener));

const host = `Host: ${serverName}\r\n`;
const get = `GET / HTTP/1.1\r\n${host}\r\n`;

/** What every page has in common. */
function expectPage(
  answer: { status: number; body: Buffer },
  fields: (name: string) => string | undefined,
): void {
  expect(fields('content-type')).toBe('text/html');
  expect(fields('server')).toBe('elbow');
  expect(fields('content-length')).toBe(String(answer.body.length));
  expect(answer.body.toString()).toContain(`<h1>${answer.status} `);
  expect(answer.body.toString()).not.toMatch(/node|\d+\.\d+\.\d+/i); // neither versions nor addresses
}

describe('HTTP/1.1', () => {
  const long = 'a'.repeat(17_000);
  const huge = 10 * 1024 ** 3 + 1;
  const closing: readonly (readonly [number, string, string])[] = [
    [400, 'a head over 64 KiB', `GET / HTTP/1.1\r\n${host}${`X: ${'a'.repeat(8000)}\r\n`.repeat(9)}\r\n`],
    [400, 'no Host', 'GET / HTTP/1.1\r\n\r\n'],
    [405, 'TRACE', `TRACE / HTTP/1.1\r\n${host}\r\n`],
    [405, 'CONNECT', `CONNECT ${serverName}:443 HTTP/1.1\r\n${host}\r\n`],
    [408, 'half a head', `GET / HTTP/1.1\r\n${host}`],
    [413, 'a body over 10 GiB', `POST / HTTP/1.1\r\n${host}Content-Length: ${huge}\r\n\r\n`],
    [414, 'a long URL', `GET /${long} HTTP/1.1\r\n${host}\r\n`],
    [417, 'an unknown expectation', `GET / HTTP/1.1\r\n${host}Expect: a miracle\r\n\r\n`],
    [501, 'another transfer coding', `POST / HTTP/1.1\r\n${host}Transfer-Encoding: gzip\r\n\r\n`],
    [505, 'another version', `GET / HTTP/3.0\r\n${host}\r\n`],
  ];
  it.each(closing)('%i for %s, and the connection closes', async (status, _what, bytes) => {
    const answer = await ask(good, bytes);
    expect(answer.status).toBe(status);
    expectPage(answer, (name) => headerOf(answer, name));
    expect(headerOf(answer, 'connection')).toBe('close');
    expect(await answer.client.ended()).toBe('end');
    expect(member.requests).toHaveLength(0);
  });

  it.each([
    [502, 'refused'],
    [502, 'garbled'],
    [503, 'empty'],
    [504, 'silent'],
  ] as const)('%i when the member is %s, and the connection goes on', async (status, kind) => {
    const answer = await ask(broken[kind], get);
    expect(answer.status).toBe(status);
    expectPage(answer, (name) => headerOf(answer, name));
    answer.client.write(get);
    expect((await answer.client.answer(1)).status).toBe(status);
  });

  it('to HEAD has no body', async () => {
    const answer = await ask(broken.empty, `HEAD / HTTP/1.1\r\n${host}\r\n`, 'HEAD');
    expect([answer.status, answer.body.length]).toEqual([503, 0]);
    answer.client.write(get);
    expect((await answer.client.answer(1)).status).toBe(503);
  });

  it('to HTTP/1.0 closes the connection', async () => {
    const answer = await ask(broken.empty, `GET / HTTP/1.0\r\n${host}\r\n`);
    expect([answer.status, headerOf(answer, 'connection')]).toEqual([503, 'close']);
    expect(await answer.client.ended()).toBe('end');
  });

  it('plain HTTP on the TLS port is answered 400, with a page that says so', async () => {
    const client = await forThisTest(openRawClient({ host: good.vip, port: good.port }));
    client.write(get);
    const answer = await client.answer();
    expect([answer.status, headerOf(answer, 'connection')]).toEqual([400, 'close']);
    expect(answer.body.toString()).toContain('plain HTTP request was sent to an HTTPS port');
  });
});

describe('HTTP/2', () => {
  const fields = { ':path': '/', ':authority': serverName };
  const expectPageOf = (answer: Http2Answer, status: number): void => {
    expect([answer.status, answer.ending]).toEqual([status, 'complete']);
    expectPage(answer, (name) => answer.headers[name] as string | undefined);
    expect(answer.headers['connection']).toBeUndefined();
  };

  it.each([
    [400, { ...fields, ...Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`x-${at}`, 'v'])) }],
    [405, { ...fields, ':method': 'TRACE' }],
    [413, { ...fields, ':method': 'POST', 'content-length': String(10 * 1024 ** 3 + 1) }],
    [414, { ...fields, ':path': `/${'a'.repeat(17_000)}` }],
    [417, { ...fields, expect: 'a miracle' }],
  ])('%i for %o, and the connection goes on', async (status, wrong) => {
    const session = await open(good);
    const stream = session.request(wrong, { endStream: status !== 413 });
    const answer = await readHttp2(stream);
    expectPageOf(answer, status);
    expect((await askHttp2(session, fields)).status).toBe(200);
    expect(member.requests).toHaveLength(1);
  });

  it('408 for a body that stops', async () => {
    const session = await open(good);
    const stream = session.request({ ...fields, ':method': 'POST' }, { endStream: false });
    const answer = readHttp2(stream);
    stream.write('half');
    expectPageOf(await answer, 408);
  });

  it.each([
    [502, 'refused'],
    [502, 'garbled'],
    [503, 'empty'],
    [504, 'silent'],
  ] as const)('%i when the member is %s', async (status, kind) => {
    expectPageOf(await askHttp2(await open(broken[kind]), fields), status);
  });

  it('to HEAD has no body', async () => {
    const answer = await askHttp2(await open(broken.empty), { ...fields, ':method': 'HEAD' });
    expect([answer.status, answer.body.length, answer.isHeadOnly]).toEqual([503, 0, true]);
  });
});

it('a client that leaves before the answer gets nothing, and its member is let go', async () => {
  const waiting = await broken.silent.connect();
  waiting.write(get);
  const silent = backends[1]!;
  const before = silent.requests.length;
  await silent.until(
    () => silent.requests.length > before || silent.requests.at(-1)?.state === 'arrived',
    'the request',
  );
  waiting.close();
  await silent.until(() => silent.requests.at(-1)?.state === 'aborted', 'the end at the member');
});

it('statuses of members are theirs, with their body and fields', async () => {
  member.script = () => ({
    kind: 'answer',
    status: 503,
    headers: [['Retry-After', '7']],
    body: 'of the member',
  });
  const answer = await ask(good, get);
  expect([answer.status, headerOf(answer, 'retry-after'), answer.body.toString()]).toEqual([
    503,
    '7',
    'of the member',
  ]);
});
