import type { ClientHttp2Session } from 'node:http2';
import {
  aListener,
  headerOf,
  nodeMember,
  openHttp2,
  poll,
  readHttp2,
  scriptedBackend,
  serverName,
  startElbow,
  testAuthority,
} from '@elbow/testkit';
import type { BuiltListener, Elbow, RawClient, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// client_timeout: a request head counts from its first byte, a body from read to read.

let elbow: Elbow;
let member: ScriptedBackend;
let built: BuiltListener;

beforeAll(async () => {
  elbow = await startElbow();
  member = await scriptedBackend();
  built = await aListener(elbow, { members: [member], fields: { client_timeout: 1, http2_enable: true } });
});
beforeEach(() => member.forget());
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

const connect = (listener = built): Promise<RawClient> => forThisTest(listener.connect());

/** Sends `byte` every `everyMs` until the test is over. */
function trickle(client: RawClient, everyMs: number, byte = 'a'): void {
  const timer = setInterval(() => client.writeMore(byte), everyMs);
  onTestFinished(() => clearInterval(timer));
}

async function expect408(client: RawClient, startMs: number): Promise<void> {
  const answer = await client.answer(client.answers.length === 0 ? 0 : client.answers.length - 1);
  expect([answer.status, headerOf(answer, 'connection')]).toEqual([408, 'close']);
  expect(answer.body.toString()).toContain('408 Request Timeout');
  expect(performance.now() - startMs).toBeGreaterThan(900);
  expect(await client.ended()).toBe('end');
}

const post = (fields: string): string => `POST /up HTTP/1.1\r\nHost: ${serverName}\r\n${fields}\r\n`;

describe('HTTP/1.1', () => {
  it('half a head: 408, and the connection closes', async () => {
    const client = await connect();
    client.write(`GET / HTTP/1.1\r\nHost: ${serverName}\r\n`);
    await expect408(client, performance.now());
    expect(member.requests).toHaveLength(0);
  });

  it('a head that trickles in is not given more time', async () => {
    const client = await connect();
    client.write(`GET / HTTP/1.1\r\nHost: ${serverName}\r\nX: `);
    const startMs = performance.now();
    trickle(client, 200);
    await expect408(client, startMs);
    expect(performance.now() - startMs).toBeLessThan(5000);
  });

  it('the head of a later request as well', async () => {
    const client = await connect();
    client.write(`GET / HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`);
    await client.answer(0);
    client.write('GET / HT');
    await client.until(() => client.answers.length === 2, 'the second answer');
    expect((await client.answer(1)).status).toBe(408);
  });

  it.each([
    ['by length', 'Content-Length: 10\r\n', 'half'],
    ['chunked', 'Transfer-Encoding: chunked\r\n', '4\r\nhalf\r\n'],
    ['that never begins', 'Content-Length: 10\r\n', ''],
  ])('a body %s that stops: 408, and the member sees no complete request', async (_name, fields, body) => {
    const client = await connect();
    client.write(post(fields) + body);
    await expect408(client, performance.now());
    await member.until(() => member.requests[0]?.state === 'aborted', 'the abort');
  });

  it('a body that comes in small pieces, each in time, succeeds', async () => {
    const client = await connect();
    client.write(post('Content-Length: 10\r\n'));
    trickle(client, 300);
    expect((await client.answer()).status).toBe(200);
    expect(member.requests[0]?.body.toString()).toBe('aaaaaaaaaa');
  });

  it('a body that trickles below 500 bytes a second ends after ten timeouts', async () => {
    const client = await connect();
    client.write(post('Content-Length: 1000\r\n'));
    const startMs = performance.now();
    trickle(client, 300);
    expect((await client.answer(0, 30_000)).status).toBe(408);
    expect(performance.now() - startMs).toBeGreaterThan(9000);
  });

  it('a connection on which nothing came is closed without an answer', async () => {
    const client = await connect();
    expect(['end', 'reset']).toContain(await client.ended());
    expect(client.answers).toHaveLength(0);
  });

  it('does not run while the member holds the body up', async () => {
    let bytes = 0;
    const slow = await nodeMember((request, answer) => {
      setTimeout(() => {
        request.on('data', (part: Buffer) => (bytes += part.length));
        request.on('end', () => answer.end('late'));
      }, 2500);
    });
    const listener = await aListener(elbow, { members: [slow], fields: { client_timeout: 1 } });
    const client = await connect(listener);
    client.write(post('Content-Length: 30000000\r\n'));
    client.writeMore(Buffer.alloc(30_000_000));
    expect((await client.answer(0, 20_000)).status).toBe(200);
    expect(bytes).toBe(30_000_000);
    await slow.stop();
  });

  it('a client that takes nothing of its answer for that long is cut off', async () => {
    const client = await connect();
    client.socket.pause();
    client.write(`GET /?size=50000000 HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`);
    await member.until(() => member.requests[0]?.state === 'aborted', 'the end at the member');
  });
});

describe('HTTP/2', () => {
  const open = (): Promise<ClientHttp2Session> => forThisTest(openHttp2(built));
  /** For frames of the test's own. */
  async function connectHttp2(): Promise<RawClient> {
    const ca = (await testAuthority()).certificatePem;
    return forThisTest(built.connect({ tls: { ca, servername: serverName, alpn: ['h2'] } }));
  }
  const fields = { ':method': 'POST', ':path': '/up', ':authority': serverName };

  it('a body that stops: 408, and the connection goes on', async () => {
    const session = await open();
    const stream = session.request(fields, { endStream: false });
    const answer = readHttp2(stream);
    stream.write('half');
    expect((await answer).status).toBe(408);
    const next = session.request({ ...fields, ':method': 'GET' });
    expect((await readHttp2(next)).status).toBe(200);
  });

  it('half a header block ends the connection', async () => {
    const client = await connectHttp2();
    client.socket.removeAllListeners('data');
    client.socket.resume();
    client.writeMore('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0'); // preface, empty SETTINGS
    client.writeMore('\0\0\x40\x01\x05\0\0\0\x01\x82'); // HEADERS of 64 bytes, one of them there
    await client.ended();
  });

  it('a connection that brings no request is closed', async () => {
    const session = await open();
    await poll(() => session.destroyed, { timeoutMs: 10_000, what: 'the end of the connection' });
  });

  it('a client that reads nothing is cut off', async () => {
    const client = await connectHttp2();
    client.socket.removeAllListeners('data');
    client.socket.pause();
    // SETTINGS with a window of 2^31-1, a WINDOW_UPDATE of the connection, and GET /?size=50000000
    const path = '/?size=50000000';
    client.writeMore('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\x06\x04\0\0\0\0\0\0\x04\x7f\xff\xff\xff');
    client.writeMore('\0\0\x04\x08\0\0\0\0\0\x7f\x00\x00\x00');
    const block = `\x82\x87\x04${String.fromCharCode(path.length)}${path}\x01${String.fromCharCode(serverName.length)}${serverName}`;
    client.writeMore(`\0\0${String.fromCharCode(block.length)}\x01\x05\0\0\0\x01${block}`);
    await member.until(() => member.requests[0]?.state === 'aborted', 'the end at the member', 20_000);
  });
});

describe('a change at run time', () => {
  it('holds for the next request of an open connection', async () => {
    const listener = await aListener(elbow, { members: [member], fields: { client_timeout: 60 } });
    const client = await connect(listener);
    client.write(`GET / HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`);
    await client.answer(0);
    await elbow.api.update('listener', listener.listener.id, { client_timeout: 1 });
    client.write('GET / HTTP/1.1\r\n');
    expect((await client.answer(1)).status).toBe(408);
  });
});
