import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  aListener,
  expectStatus,
  headerOf,
  HoldingRelay,
  runOrThrow,
  SClientTalk,
  scriptedBackend,
  startElbow,
  testAuthority,
  type TlsPlace,
} from '@elbow/testkit';
import type { BuiltListener, Elbow, ScriptedBackend, SeenRequest } from '@elbow/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeListener, storeAuthorities } from './tls-setup.ts';

// Row "0-RTT": requests in TLS 1.3 early data reach a member before the handshake is complete, once, and marked.

let elbow: Elbow;
let backend: ScriptedBackend;
let listener: BuiltListener;
let folder: string;
let files = 0;
const toStop: (() => unknown)[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'elbow-early-'));
  elbow = await startElbow({ arguments: ['--access-log', 'all', '--access-log-format', 'json'] });
  backend = await scriptedBackend();
  listener = await aListener(elbow, {
    members: [backend],
    fields: { ssl_early_data_enable: true, http2_enable: true },
  });
});
afterAll(async () => {
  await elbow?.stop();
  await backend?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true });
});
beforeEach(() => backend.forget());
afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop();
});

function talk(place: TlsPlace, words: readonly string[]): SClientTalk {
  const client = new SClientTalk(place, words);
  toStop.push(() => client.kill());
  return client;
}

/** A full handshake without a request. @returns the file with its ticket */
async function ticketFrom(place: TlsPlace, ...words: readonly string[]): Promise<string> {
  const file = join(folder, `ticket-${files++}`);
  // With -msg it writes at once what it prints.
  const client = talk(place, ['-msg', '-sess_out', file, ...words]);
  await client.sees(/New Session Ticket arrived/);
  await client.leave();
  return file;
}

interface EarlyWish {
  readonly place?: TlsPlace;
  readonly words?: readonly string[];
}

interface EarlyTalk {
  readonly client: SClientTalk;
  readonly relay: HoldingRelay;
}

/** Sends `request` as early data and stays without the server's answer until the relay is released. */
async function sayEarly(request: string | Buffer, wish: EarlyWish = {}): Promise<EarlyTalk> {
  const { place = listener, words = [] } = wish;
  const file = join(folder, `request-${files++}`);
  writeFileSync(file, request);
  const ticket = await ticketFrom(place, ...words);
  const relay = new HoldingRelay({ host: place.vip, port: place.port });
  toStop.push(() => relay.stop());
  const early = ['-ign_eof', '-sess_in', ticket, '-early_data', file, ...words];
  return { client: talk({ vip: '127.0.0.1', port: await relay.listen() }, early), relay };
}

function ask(method: string, path: string, fields = ''): string {
  return `${method} ${path} HTTP/1.1\r\nHost: h\r\n${fields}\r\n`;
}

/** The server has answered the hello, so it has read what came with it. */
async function untilAnswered({ relay }: EarlyTalk): Promise<void> {
  await relay.changes.until(() => relay.heldBytes > 0, 10_000, 'the flight of the server');
  // Requests of others, over all workers, show that time has passed at the member too.
  for (let count = 0; count < 4; count++) await listener.curl('/meanwhile', '-o', '/dev/null');
}

function earlyField(request: SeenRequest): string | undefined {
  return headerOf(request, 'early-data');
}

function seen(path: string): readonly SeenRequest[] {
  return backend.requests.filter(({ target }) => target === path);
}

it('is there: what a node cannot do would be told with its reason', async () => {
  const { capabilities } = expectStatus(await elbow.api.call('GET', '/elbow/v1/capabilities'), 200).json;
  expect(capabilities).toMatchObject({ early_data: true, early_data_reason: null, tls_engine: 'native' });
});

describe('a request that may be repeated', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])(
    '%s reaches the member before the handshake is over',
    async (method) => {
      const path = `/early-${method}`;
      const { client, relay } = await sayEarly(ask(method, path));
      await backend.until(() => seen(path).length === 1, 'the early request');
      expect(earlyField(seen(path)[0]!)).toBe('1');
      expect(client.output).not.toContain('Early data was');
      relay.release();
      await client.sees(/Early data was accepted/);
      await client.sees(/HTTP\/1\.1 200 /);
      client.send(ask('GET', '/later'));
      await backend.until(() => seen('/later').length === 1, 'the next request');
      expect(earlyField(seen('/later')[0]!)).toBeUndefined();
      backend.forget();
    },
  );

  it('is answered before the handshake is over', async () => {
    backend.script = () => ({ kind: 'answer', body: 100_000 });
    const early = await sayEarly(ask('GET', '/long'));
    await early.relay.changes.until(() => early.relay.heldBytes > 100_000, 10_000, 'the early answer');
    early.relay.release();
    await early.client.sees(/Early data was accepted/);
  });

  it('reaches it over HTTP/2 too', async () => {
    // Preface and settings, then HEADERS with END_STREAM: GET https://h/ in static entries of HPACK.
    const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    const settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    const headers = [0, 0, 6, 1, 5, 0, 0, 0, 1, 0x82, 0x87, 0x84, 0x41, 1, 0x68];
    const frames = Buffer.concat([preface, Buffer.from([...settings, ...headers])]);
    const { client, relay } = await sayEarly(frames, { words: ['-alpn', 'h2'] });
    await backend.until(() => seen('/').length === 1, 'the early request');
    expect(earlyField(seen('/')[0]!)).toBe('1');
    relay.release();
    await client.sees(/Early data was accepted/);
  });

  it('is marked in the log', async () => {
    const { client, relay } = await sayEarly(ask('GET', '/logged'));
    relay.release();
    await client.sees(/HTTP\/1\.1 200 /);
    await client.leave();
    await expect
      .poll(async () => runOrThrow('cat', [join(elbow.dataDir, 'log', 'access.log')]), { timeout: 10_000 })
      .toMatch(/"router_request_uri":"\/logged".*"early_data":1/);
  });

  it('whose member says Too Early: that is what the client gets', async () => {
    backend.script = (request) =>
      earlyField(request) === '1'
        ? { kind: 'answer', status: 425, reason: 'Too Early', body: 'not so fast' }
        : { kind: 'answer', body: 'fine' };
    const { client, relay } = await sayEarly(ask('GET', '/425'));
    relay.release();
    await client.sees(/HTTP\/1\.1 425 Too Early[^]*not so fast/);
    client.send(ask('GET', '/425'));
    await client.sees(/HTTP\/1\.1 200 [^]*fine/);
    expect(seen('/425')).toHaveLength(2);
  });
});

describe('a request that may not be repeated', () => {
  beforeEach(() => {
    backend.script = () => ({ kind: 'answer', body: 'done' });
  });

  it.each([
    ['POST', ask('POST', '/held', 'Content-Length: 12000\r\n') + 'x'.repeat(12_000), 12_000],
    ['POST in chunks', `${ask('POST', '/held', 'Transfer-Encoding: chunked\r\n')}5\r\nhello\r\n0\r\n\r\n`, 5],
    ['PUT', `${ask('PUT', '/held', 'Content-Length: 2\r\n')}ok`, 2],
    ['DELETE', ask('DELETE', '/held'), 0],
    ['GET with a body', `${ask('GET', '/held', 'Content-Length: 2\r\n')}ok`, 2],
  ])('%s waits for the end of the handshake', async (_what, request, bodyBytes) => {
    const early = await sayEarly(request);
    await untilAnswered(early);
    expect(seen('/held')).toHaveLength(0);
    early.relay.release();
    await early.client.sees(/HTTP\/1\.1 200 [^]*done/);
    expect(early.client.output).toContain('Early data was accepted');
    expect(seen('/held')).toHaveLength(1);
    expect([earlyField(seen('/held')[0]!), seen('/held')[0]!.bodyBytes]).toEqual([undefined, bodyBytes]);
  });

  it('is not read on behind one that is', async () => {
    const early = await sayEarly(ask('GET', '/first') + ask('DELETE', '/second') + ask('GET', '/third'));
    await untilAnswered(early);
    expect([seen('/first').length, seen('/second').length, seen('/third').length]).toEqual([1, 0, 0]);
    early.relay.release();
    await backend.until(() => seen('/third').length === 1, 'the last request');
    expect(
      backend.requests.filter(({ target }) => target !== '/meanwhile').map(({ target }) => target),
    ).toEqual(['/first', '/second', '/third']);
  });

  it('never reaches a member when its handshake is not finished', async () => {
    const early = await sayEarly(ask('POST', '/lost', 'Content-Length: 0\r\n'));
    await untilAnswered(early);
    early.client.kill();
    for (let count = 0; count < 4; count++) await listener.curl('/meanwhile', '-o', '/dev/null');
    expect(seen('/lost')).toHaveLength(0);
  });
});

it('a recorded first flight reaches a member once, whichever worker gets the copies', async () => {
  backend.script = () => ({ kind: 'answer', body: 'once' });
  const { client, relay } = await sayEarly(ask('GET', '/recorded'));
  await backend.until(() => seen('/recorded').length === 1, 'the early request');
  relay.release();
  await client.sees(/Early data was accepted/);
  const flight = Buffer.concat(relay.firstFlight);
  await Promise.all(
    Array.from({ length: 24 }, async () => {
      const socket = connect({ host: listener.vip, port: listener.port });
      socket.on('error', () => {});
      socket.write(flight);
      await once(socket, 'data');
      socket.destroy();
    }),
  );
  for (let count = 0; count < 8; count++) await listener.curl('/meanwhile', '-o', '/dev/null');
  expect(seen('/recorded')).toHaveLength(1);
});

it('a second member is asked only when the handshake is over', async () => {
  const [one, other] = [await scriptedBackend(), await scriptedBackend()];
  toStop.push(
    () => one.stop(),
    () => other.stop(),
  );
  for (const each of [one, other]) each.script = () => ({ kind: 'reset' });
  const pair = await aListener(elbow, { members: [one, other], fields: { ssl_early_data_enable: true } });
  const early = await sayEarly(ask('GET', '/reset'), { place: pair });
  const asked = (): number => one.requests.length + other.requests.length;
  await Promise.race([
    one.until(() => one.requests.length > 0, 'the first attempt'),
    other.until(() => other.requests.length > 0, 'the first attempt'),
  ]);
  await untilAnswered(early);
  expect(asked()).toBe(1);
  early.relay.release();
  await early.client.sees(/HTTP\/1\.1 502 /);
  expect([one.requests.length, other.requests.length]).toEqual([1, 1]);
});

it('what clients say of early data themselves is removed, but on plain listeners', async () => {
  backend.script = () => ({ kind: 'answer', body: 'x' });
  await listener.curl('/claimed', '-H', 'Early-Data: 1', '-o', '/dev/null');
  expect(earlyField(seen('/claimed')[0]!)).toBeUndefined();
  const plain = await aListener(elbow, { members: [backend], protocol: 'HTTP', port: 8080 });
  await plain.curl('/plain', '-H', 'Early-Data: 1', '-o', '/dev/null');
  expect(earlyField(seen('/plain')[0]!)).toBe('1');
});

describe('where there is none', () => {
  async function mostEarlyBytes(place: TlsPlace): Promise<string> {
    const text = await runOrThrow('openssl', ['sess_id', '-in', await ticketFrom(place), '-noout', '-text']);
    return /Max Early Data: (\d+)/.exec(text)?.[1] ?? '0';
  }

  it('tickets do not offer it: switched off, and where clients show certificates', async () => {
    const other = await aListener(elbow, { members: [backend], fields: { ssl_early_data_enable: true } });
    expect(await mostEarlyBytes(other)).toBe('16384');
    const ca = await storeAuthorities(elbow, (await testAuthority()).certificatePem);
    await changeListener(elbow, other.listener.id, { client_ca_tls_container_ref: ca.id });
    expect(await mostEarlyBytes(other)).toBe('0');
    await changeListener(elbow, other.listener.id, {
      client_ca_tls_container_ref: null,
      ssl_early_data_enable: false,
    });
    expect(await mostEarlyBytes(other)).toBe('0');
  });

  it('old tickets are refused when it is switched off, and the request comes once more', async () => {
    const other = await aListener(elbow, { members: [backend], fields: { ssl_early_data_enable: true } });
    const ticket = await ticketFrom(other);
    await changeListener(elbow, other.listener.id, { ssl_early_data_enable: false });
    const file = join(folder, `request-${files++}`);
    writeFileSync(file, ask('GET', '/refused'));
    const client = talk(other, ['-ign_eof', '-sess_in', ticket, '-early_data', file]);
    await client.sees(/Early data was rejected/);
    client.send(ask('GET', '/refused'));
    await backend.until(() => seen('/refused').length === 1, 'the request');
    expect(earlyField(seen('/refused')[0]!)).toBeUndefined();
  });
});

describe('the switch', () => {
  const refusal = (field: string) => expect.stringContaining(field);

  it.each([
    ['tls-1-2', 400],
    ['tls-1-2-fs', 400],
    ['tls-1-2-fs-with-1-3', 200],
    ['tls-1-0-with-1-3', 200],
  ])('with policy %s: %d', async (policy, status) => {
    const fields = { tls_ciphers_policy: policy, ssl_early_data_enable: true };
    const answer = await elbow.api.call('PUT', `listeners/${listener.listener.id}`, { listener: fields });
    expectStatus(answer, status);
    if (status === 400) expect(answer.text).toEqual(refusal('ssl_early_data_enable'));
  });

  it('holds a policy of your own to TLS 1.3', async () => {
    const ciphers = ['ECDHE-ECDSA-AES128-GCM-SHA256', 'TLS_AES_128_GCM_SHA256'];
    const wish = { name: 'early', protocols: ['TLSv1.2', 'TLSv1.3'], ciphers };
    const made = await elbow.api.call('POST', 'security-policies', { security_policy: wish });
    const policy = expectStatus(made, 201).json.security_policy;
    const own = await aListener(elbow, {
      members: [backend],
      fields: { security_policy_id: policy.id, ssl_early_data_enable: true },
    });
    const answer = await elbow.api.call('PUT', `security-policies/${policy.id}`, {
      security_policy: { protocols: ['TLSv1.2'] },
    });
    expectStatus(answer, 400);
    expect(answer.text).toEqual(refusal(own.listener.id));
  });

  it('is for HTTPS only', async () => {
    const plain = { loadbalancer_id: listener.loadBalancer.id, protocol: 'HTTP', protocol_port: 8088 };
    const answer = await elbow.api.call('POST', 'listeners', {
      listener: { ...plain, ssl_early_data_enable: true },
    });
    expectStatus(answer, 400);
    expect(answer.text).toEqual(refusal('ssl_early_data_enable'));
  });
});

it('node:tls has none: the capability says why, and so does the refusal', async () => {
  const plain = await startElbow({ workers: 1, arguments: ['--tls-engine', 'node'] });
  try {
    const { capabilities } = expectStatus(await plain.api.call('GET', '/elbow/v1/capabilities'), 200).json;
    expect(capabilities).toMatchObject({ early_data: false, tls_engine: 'node' });
    expect(capabilities.early_data_reason).toContain('tls_engine is set to node');
    const built = await aListener(plain, { members: [backend] });
    const answer = await plain.api.call('PUT', `listeners/${built.listener.id}`, {
      listener: { ssl_early_data_enable: true },
    });
    expectStatus(answer, 400);
    expect(answer.text).toContain('tls_engine is set to node');
  } finally {
    await plain.stop();
  }
});
