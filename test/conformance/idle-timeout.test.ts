import type { ClientHttp2Session } from 'node:http2';
import {
  aListener,
  askHttp2,
  headerOf,
  openHttp2,
  poll,
  runCommand,
  scriptedBackend,
  serverName,
  startElbow,
} from '@elbow/testkit';
import type { BuiltListener, Elbow, RawClient, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// keepalive_timeout: how long a client connection may stay open between an answer and the next request.

let elbow: Elbow;
let member: ScriptedBackend;

beforeAll(async () => {
  elbow = await startElbow();
  member = await scriptedBackend();
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

const get = (target = '/'): string => `GET ${target} HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`;
const listenerWith = (keepalive_timeout: number, more: object = {}): Promise<BuiltListener> =>
  aListener(elbow, { members: [member], fields: { keepalive_timeout, http2_enable: true, ...more } });

/** Milliseconds from now until the connection ends, which must be in order. */
async function lifeOf(client: RawClient): Promise<number> {
  const startMs = performance.now();
  expect(await client.ended()).toBe('end');
  return performance.now() - startMs;
}

async function open(listener: BuiltListener): Promise<{ session: ClientHttp2Session; goaways: number[] }> {
  const session = await openHttp2(listener);
  const goaways: number[] = [];
  session.on('goaway', (code) => goaways.push(code));
  return { session, goaways };
}

const ask = (session: ClientHttp2Session, path = '/') =>
  askHttp2(session, { ':path': path, ':authority': serverName });
const gone = (session: ClientHttp2Session) =>
  poll(() => session.destroyed, { timeoutMs: 10_000, what: 'end of the HTTP/2 connection' });

describe.each(['HTTP', 'HTTPS'] as const)('%s, HTTP/1.1', (protocol) => {
  const build = (keepalive_timeout: number): Promise<BuiltListener> =>
    aListener(elbow, { protocol, members: [member], fields: { keepalive_timeout } });

  it('0: every answer says Connection: close, and the connection ends', async () => {
    const client = await (await build(0)).connect();
    client.write(get());
    expect(headerOf(await client.answer(), 'connection')).toBe('close');
    expect(await client.ended()).toBe('end');
  });

  it('1: the connection ends about 1 s after the answer, in silence', async () => {
    const client = await (await build(1)).connect();
    client.write(get());
    expect(headerOf(await client.answer(), 'connection')).not.toBe('close');
    expect(await lifeOf(client)).toBeGreaterThan(900);
    expect(client.answers).toHaveLength(1);
  });

  it('counts from the last answer, and not while a request is in progress', async () => {
    const client = await (await build(3)).connect();
    for (const index of [0, 1]) {
      client.write(get('/?delay=3500'));
      expect((await client.answer(index)).status).toBe(200);
    }
    expect(await lifeOf(client)).toBeGreaterThan(2900);
  });

  it('ends TLS with close_notify', async () => {
    if (protocol === 'HTTP') return;
    const { vip, port } = await build(1);
    const words = ['s_client', '-quiet', '-connect', `${vip}:${port}`, '-no_ign_eof', '-state'];
    const { stderr } = await runCommand('bash', [
      '-c',
      `(printf '${get().replaceAll('\r\n', '\\r\\n')}'; sleep 4) | openssl ${words.join(' ')} >/dev/null`,
    ]);
    expect(stderr).not.toContain('unexpected eof');
    expect(stderr).toMatch(/SSL3 alert read:warning:close notify/);
  });
});

describe('HTTP/2', () => {
  it('1: GOAWAY without an error about 1 s after the last answer, and the end', async () => {
    const { session, goaways } = await open(await listenerWith(1));
    expect((await ask(session, '/?delay=1500')).status).toBe(200);
    const startMs = performance.now();
    await gone(session);
    expect(performance.now() - startMs).toBeGreaterThan(900);
    expect(new Set(goaways)).toEqual(new Set([0]));
  });

  it('a PING is no request', async () => {
    const { session } = await open(await listenerWith(1));
    expect((await ask(session)).status).toBe(200);
    const timer = setInterval(() => session.ping(() => {}), 300);
    await gone(session);
    clearInterval(timer);
  });

  it('0: the connection ends after the answers that are open, and the first request has its time', async () => {
    const { session, goaways } = await open(await listenerWith(0));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const answers = await Promise.all(['/?delay=300', '/'].map((path) => ask(session, path)));
    expect(answers.map(({ status, ending }) => [status, ending])).toEqual([
      [200, 'complete'],
      [200, 'complete'],
    ]);
    await gone(session);
    expect(new Set(goaways)).toEqual(new Set([0]));
  });
});

describe('a change at run time', () => {
  it('holds for open connections from their next answer on', async () => {
    const listener = await listenerWith(60);
    const client = await listener.connect();
    client.write(get());
    await client.answer(0);
    await elbow.api.update('listener', listener.listener.id, { keepalive_timeout: 1 });
    client.write(get());
    await client.answer(1);
    expect(await lifeOf(client)).toBeGreaterThan(900);
    const other = await listener.connect();
    await elbow.api.update('listener', listener.listener.id, { keepalive_timeout: 0 });
    other.write(get());
    expect(headerOf(await other.answer(), 'connection')).toBe('close');
  });

  it('ends connections that are idle already, and leaves those that have not asked yet', async () => {
    const listener = await listenerWith(60);
    const client = await listener.connect();
    client.write(get());
    await client.answer(0);
    const fresh = await listener.connect();
    const { session, goaways } = await open(listener);
    expect((await ask(session)).status).toBe(200);
    await elbow.api.update('listener', listener.listener.id, { keepalive_timeout: 1 });
    expect(await lifeOf(client)).toBeGreaterThan(500);
    await gone(session);
    expect(new Set(goaways)).toEqual(new Set([0]));
    fresh.write(get());
    expect((await fresh.answer()).status).toBe(200);
  });
});
