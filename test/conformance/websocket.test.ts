import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { aListener, headerOf, nodeMember, patternBytes, poll, serverName, startElbow } from '@elbow/testkit';
import type { BuiltListener, Elbow, NodeMember, RawClient, UpgradeListener } from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// WebSocket over HTTP/1.1: an upgrade, then a tunnel. The frames are bytes to the load balancer.

let elbow: Elbow;
let member: NodeMember;
let built: BuiltListener;
let onUpgrade: UpgradeListener;
let upgrades: { headers: string[]; socket: Socket }[] = [];

const accept =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n';
const echo: UpgradeListener = (_request, socket, head) => {
  socket.write(accept);
  if (head.length > 0) socket.write(head);
  socket.pipe(socket);
};

beforeAll(async () => {
  elbow = await startElbow();
  member = await nodeMember(
    (request, answer) => void answer.end(JSON.stringify(request.headers)),
    (request, socket, head) => {
      upgrades.push({ headers: request.rawHeaders, socket });
      onUpgrade(request, socket, head);
    },
  );
  built = await aListener(elbow, { members: [member], fields: { member_timeout: 1, http2_enable: true } });
});
beforeEach(() => {
  upgrades = [];
  onUpgrade = echo;
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

const upgrade = (more = '', token = 'websocket'): string =>
  `GET /ws HTTP/1.1\r\nHost: ${serverName}\r\nUpgrade: ${token}\r\nConnection: keep-alive, Upgrade\r\n` +
  `Sec-WebSocket-Key: k\r\nSec-WebSocket-Version: 13\r\n${more}\r\n`;

/** A client that has sent `bytes`, and everything that came back after the head. */
async function start(bytes: string, listener = built): Promise<{ client: RawClient; tunnel: () => Buffer }> {
  const client = await forThisTest(listener.connect());
  const parts: Buffer[] = [];
  client.socket.on('data', (part: Buffer) => parts.push(part));
  client.write(bytes);
  const tunnel = (): Buffer => {
    const all = Buffer.concat(parts);
    return all.subarray(all.indexOf('\r\n\r\n') + 4);
  };
  return { client, tunnel };
}

const until = (holds: () => boolean, what: string): Promise<boolean> =>
  poll(holds, { timeoutMs: 10_000, what });

describe('the upgrade', () => {
  it('reaches the member with both fields and every Sec-WebSocket field, and its 101 the client', async () => {
    const { client } = await start(upgrade('Sec-WebSocket-Protocol: chat\r\n'));
    await client.until(() => client.answers.length === 1, 'the answer');
    expect(client.answers[0]).toMatchObject({ status: 101 });
    expect(headerOf(client.answers[0]!, 'upgrade')).toBe('websocket');
    expect(headerOf(client.answers[0]!, 'connection')?.toLowerCase()).toBe('upgrade');
    expect(headerOf(client.answers[0]!, 'sec-websocket-accept')).toBe('x');
    const seen = upgrades[0]?.headers.map((each) => each.toLowerCase()) ?? [];
    for (const text of [
      'upgrade',
      'websocket',
      'sec-websocket-key',
      'sec-websocket-protocol',
      'x-forwarded-for',
    ])
      expect(seen).toContain(text);
  });

  it.each([
    ['another token', upgrade('', 'h2c')],
    ['another method', upgrade().replace('GET', 'POST')],
    ['no Connection: upgrade', upgrade().replace('keep-alive, Upgrade', 'keep-alive')],
    ['HTTP/1.0', upgrade().replace('HTTP/1.1', 'HTTP/1.0')],
  ])('is stripped off: %s', async (_what, bytes) => {
    const { client } = await start(bytes);
    const { status, body } = await client.answer();
    expect([status, JSON.parse(body.toString()).upgrade]).toEqual([200, undefined]);
    expect(upgrades).toHaveLength(0);
  });

  it('may be refused by the member, and the connection goes on', async () => {
    onUpgrade = (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno');
    const { client } = await start(upgrade());
    expect(await client.answer()).toMatchObject({ status: 403, body: Buffer.from('no') });
    client.write(`GET / HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`);
    expect((await client.answer(1)).status).toBe(200);
  });

  it('that nobody asked for is 502, and not a byte behind it reaches the client', async () => {
    const rogue = await nodeMember((request) => request.socket.end(`${accept}secret of another`));
    const { client, tunnel } = await start(
      `GET / HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`,
      await aListener(elbow, { members: [rogue] }),
    );
    expect((await client.answer()).status).toBe(502);
    expect(tunnel().toString()).not.toContain('secret');
    await rogue.stop();
  });
});

describe('the tunnel', () => {
  it('carries bytes both ways, those that came with the upgrade too', async () => {
    const { client, tunnel } = await start(`${upgrade()}early`);
    await until(() => tunnel().toString() === 'early', 'the early bytes');
    client.writeMore('\x81\x05hello');
    await until(() => tunnel().toString('latin1') === 'early\x81\x05hello', 'the echo');
  });

  it('carries 5 MB each way unchanged', async () => {
    const { client } = await start(upgrade());
    await client.until(() => client.answers.length === 1, 'the answer');
    const bytes = patternBytes(5_000_000);
    const echoed = createHash('sha256');
    let count = 0;
    client.socket.removeAllListeners('data').on('data', (part: Buffer) => {
      count += part.length;
      echoed.update(part);
    });
    client.writeMore(bytes);
    await poll(() => count >= bytes.length, { timeoutMs: 30_000, what: () => `every byte; have ${count}` });
    expect(echoed.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('ends when the client leaves, and when the member leaves', async () => {
    const one = await start(upgrade());
    await until(() => upgrades.length === 1, 'the upgrade');
    one.client.close();
    await until(() => upgrades[0]?.socket.destroyed === true, 'the end at the member');
    const two = await start(upgrade());
    await until(() => upgrades.length === 2, 'the upgrade');
    upgrades[1]?.socket.end('bye');
    expect(await two.client.ended()).toBe('end');
    expect(two.tunnel().toString()).toBe('bye');
  });

  it('ends after the response timeout in which no byte passed, in order', async () => {
    const { client } = await start(upgrade());
    await client.until(() => client.answers.length === 1, 'the answer');
    const startMs = performance.now();
    expect(await client.ended()).toBe('end');
    expect(performance.now() - startMs).toBeGreaterThan(900);
    await until(() => upgrades[0]?.socket.destroyed === true, 'the end at the member');
  });

  it.each(['client', 'member'] as const)('lives as long as the %s sends something', async (who) => {
    onUpgrade = (_request, socket) => void socket.write(accept);
    const { client } = await start(upgrade());
    await client.until(() => client.answers.length === 1, 'the answer');
    const timer = setInterval(
      () => (who === 'client' ? client.writeMore('p') : upgrades[0]?.socket.write('p')),
      300,
    );
    await new Promise((resolve) => setTimeout(resolve, 2500));
    clearInterval(timer);
    expect(client.ending).toBeNull();
  });

  it('outlives the request and idle timeouts of the listener, and a change of the listener', async () => {
    const fields = { member_timeout: 60, client_timeout: 1, keepalive_timeout: 1 };
    const listener = await aListener(elbow, { members: [member], fields });
    const { client, tunnel } = await start(upgrade(), listener);
    await client.until(() => client.answers.length === 1, 'the answer');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await elbow.api.update('listener', listener.listener.id, { keepalive_timeout: 0, http2_enable: true });
    client.writeMore('still here');
    await until(() => tunnel().toString() === 'still here', 'the echo');
  });
});

describe('over HTTP/2', () => {
  it('extended CONNECT is not offered, and CONNECT is refused', async () => {
    const { stdout } = await built.curl(
      '/',
      '--http2',
      '-X',
      'CONNECT',
      '-o',
      '/dev/null',
      '-w',
      '%{http_version} %{http_code}',
    );
    expect(stdout).toBe('2 405');
  });
});
