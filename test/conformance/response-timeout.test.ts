import type { ClientHttp2Session } from 'node:http2';
import type { ServerResponse } from 'node:http';
import {
  aListener,
  askHttp2,
  nodeMember,
  openHttp2,
  poll,
  readHttp2,
  scriptedBackend,
  serverName,
  startElbow,
} from '@elbow/testkit';
import type { BuiltListener, Elbow, NodeMember, RawClient } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// member_timeout: for a member to begin its answer, and between two reads of it.

let elbow: Elbow;
let member: NodeMember;
let built: BuiltListener;

/** What the path asks for: nothing, one byte every 400 ms, half an answer, or 3 MB. */
function answer(path: string, response: ServerResponse): void {
  if (path === '/silent') return;
  if (path === '/quick') return void response.end('quick');
  if (path === '/large') return void response.end(Buffer.alloc(20_000_000));
  response.writeHead(200);
  response.write('a');
  if (path === '/half') return;
  let left = 6;
  const timer = setInterval(() => {
    response.write('b');
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    response.end();
  }, 400);
}

beforeAll(async () => {
  elbow = await startElbow();
  member = await nodeMember((request, response) => {
    request.resume();
    if (request.method === 'POST') request.on('end', () => answer(request.url ?? '', response));
    else answer(request.url ?? '', response);
  });
  built = await aListener(elbow, { members: [member], fields: { member_timeout: 1, http2_enable: true } });
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

const connect = (listener = built): Promise<RawClient> => forThisTest(listener.connect());
const open = (): Promise<ClientHttp2Session> => forThisTest(openHttp2(built));
const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`;
const fields = (path: string) => ({ ':path': path, ':authority': serverName });

it('a member that says nothing: 504 after that time, and the connection goes on', async () => {
  const client = await connect();
  const startMs = performance.now();
  client.write(get('/silent'));
  expect((await client.answer()).status).toBe(504);
  expect(performance.now() - startMs).toBeGreaterThan(900);
  client.write(get('/quick'));
  expect((await client.answer(1)).status).toBe(200);
  const session = await open();
  expect(await askHttp2(session, fields('/silent'))).toMatchObject({ status: 504, ending: 'complete' });
});

it('a member that goes on in time takes as long as it likes', async () => {
  const client = await connect();
  client.write(get('/slow'));
  expect((await client.answer()).body.toString()).toBe('abbbbbb');
});

describe('a member that stops in the middle', () => {
  it('HTTP/1.1: the connection is cut', async () => {
    const client = await connect();
    client.write(get('/half'));
    await client.ended();
    expect(client.answers[0]).toMatchObject({ status: 200, isComplete: false });
  });

  it('HTTP/2: the stream is reset, the connection goes on', async () => {
    const session = await open();
    expect(await askHttp2(session, fields('/half'))).toMatchObject({ status: 200, ending: 2 });
    expect((await askHttp2(session, fields('/quick'))).status).toBe(200);
  });
});

describe('does not run', () => {
  it('while the client is still sending', async () => {
    const client = await connect();
    client.write(`POST /quick HTTP/1.1\r\nHost: ${serverName}\r\nContent-Length: 5\r\n\r\n`);
    for (const byte of 'hello') {
      await new Promise((resolve) => setTimeout(resolve, 500));
      client.writeMore(byte);
    }
    expect((await client.answer()).status).toBe(200);
  });

  it('while the client is slow to read, HTTP/1.1', async () => {
    const client = await connect();
    let bytes = 0;
    client.socket.removeAllListeners('data').on('data', (part: Buffer) => (bytes += part.length));
    client.socket.pause();
    client.write(get('/large'));
    await new Promise((resolve) => setTimeout(resolve, 2500));
    client.socket.resume();
    await poll(() => bytes > 20_000_000 || client.ending !== null, { timeoutMs: 10_000, what: 'every byte' });
    expect(client.ending).toBeNull();
  });

  it('while the client is slow to read, HTTP/2', async () => {
    const session = await open();
    const stream = session.request(fields('/large'));
    stream.pause();
    const whole = readHttp2(stream);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    stream.resume();
    const { body, ending } = await whole;
    expect([body.length, ending]).toEqual([20_000_000, 'complete']);
  });
});

it('other members are asked first: 504 once every one of them was silent, each asked once', async () => {
  const silent = await Promise.all(
    [1, 2, 3].map(() => forThisTest(scriptedBackend({ script: () => ({ kind: 'silence' }) }))),
  );
  const listener = await aListener(elbow, { members: silent, fields: { member_timeout: 1 } });
  const client = await connect(listener);
  const startMs = performance.now();
  client.write(get('/'));
  expect((await client.answer()).status).toBe(504);
  expect(performance.now() - startMs).toBeGreaterThan(2900);
  expect(silent.map(({ requests }) => requests.length)).toEqual([1, 1, 1]);
});

it('a change at run time holds for the next request of an open connection', async () => {
  const listener = await aListener(elbow, { members: [member], fields: { member_timeout: 60 } });
  const client = await connect(listener);
  client.write(get('/quick'));
  await client.answer(0);
  await elbow.api.update('listener', listener.listener.id, { member_timeout: 1 });
  client.write(get('/silent'));
  expect((await client.answer(1)).status).toBe(504);
});
