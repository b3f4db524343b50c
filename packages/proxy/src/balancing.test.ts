import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ListenerChunk, PoolChunk } from '@elbow/plan';
import { sampleHealthCheck } from '@elbow/plan/testing';
import { freePort, listenOn } from '@elbow/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { aListener, aPool, TestNode } from './testing/test-node.ts';

const POOL = aPool([]).id;
const healthCheck = sampleHealthCheck();

const running: { stop(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});

interface Member {
  readonly port: number;
  readonly seen: IncomingMessage[];
  readonly sockets: Socket[];
}

type Handler = (incoming: IncomingMessage, answer: ServerResponse) => void;

/** A member that answers with its name unless told otherwise. */
async function aMember(
  name: string,
  handle: Handler = (_, answer) => void answer.end(name),
): Promise<Member> {
  const [seen, sockets]: [IncomingMessage[], Socket[]] = [[], []];
  const server = createServer((incoming, answer) => {
    seen.push(incoming);
    handle(incoming, answer);
  });
  server.on('connection', (socket) => sockets.push(socket));
  running.push({ stop: () => void server.close().closeAllConnections() });
  return { port: (await listenOn(server)).port, seen, sockets };
}

interface Answer {
  readonly status: number;
  readonly body: string;
  /** The whole `Set-Cookie` lines. */
  readonly setCookies: readonly string[];
  /** What a browser would send back. */
  readonly cookies: string;
}

/** One request on a connection of its own. */
async function get(port: number, cookie = ''): Promise<Answer> {
  const headers = cookie === '' ? {} : { cookie };
  const sent = request({ host: '127.0.0.1', port, agent: false, headers }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  let body = '';
  for await (const part of answer.setEncoding('utf8')) body += part;
  const setCookies = answer.headers['set-cookie'] ?? [];
  const cookies = setCookies.map((line) => line.split(';')[0]).join('; ');
  return { status: answer.statusCode!, body, setCookies, cookies };
}

async function bodies(port: number, count: number): Promise<string> {
  let all = '';
  for (let i = 0; i < count; i++) all += (await get(port)).body;
  return all;
}

const count = (text: string, name: string): number => text.split(name).length - 1;

async function aNode(
  pool: PoolChunk,
  { workers = 1, listener = {} }: { workers?: number; listener?: Partial<ListenerChunk> } = {},
): Promise<{ node: TestNode; port: number }> {
  const [node, port] = [new TestNode(workers), await freePort()];
  running.push(node);
  await node.apply(aListener(port, POOL, listener), pool);
  return { node, port };
}

describe('two workers', () => {
  it('share requests among members exactly by weight', async () => {
    const members = await Promise.all(['a', 'b', 'c'].map((name) => aMember(name)));
    const weighted = members.map(({ port }, at) => ({ port, weight: [5, 3, 2][at]! }));
    const { port } = await aNode(aPool(weighted), { workers: 2 });
    const answers = await bodies(port, 60);
    expect(['a', 'b', 'c'].map((name) => count(answers, name))).toEqual([30, 18, 12]);
  });

  it('follow the health of members with the next request, and answer 503 when nobody is left', async () => {
    const members = await Promise.all(['a', 'b'].map((name) => aMember(name)));
    const { node, port } = await aNode(aPool(members, { healthCheck }), { workers: 2 });
    node.find(POOL, 0, 'offline');
    expect(await bodies(port, 6)).toBe('bbbbbb');
    node.find(POOL, 1, 'offline');
    expect((await get(port)).status).toBe(503);
    await node.apply(aPool(members, { healthCheck, isFailOpen: true }));
    expect(count(await bodies(port, 6), 'a')).toBe(3);
    await node.apply(aPool(members, { healthCheck }));
    node.find(POOL, 0, 'online');
    expect(await bodies(port, 6)).toBe('aaaaaa');
  });

  it('keep an address with its member', async () => {
    const members = await Promise.all(['a', 'b', 'c'].map((name) => aMember(name)));
    const { port } = await aNode(aPool(members, { algorithm: 'SOURCE_IP' }), { workers: 2 });
    const answers = await bodies(port, 6);
    expect(answers).toBe(answers[0]!.repeat(6));
  });
});

describe('least connections', () => {
  it('send to the member with fewest requests in flight, and count each of them once', async () => {
    const held: ServerResponse[] = [];
    const slow = await aMember('slow', (_, answer) => void held.push(answer));
    const quick = await aMember('quick');
    const { node, port } = await aNode(aPool([slow, quick], { algorithm: 'LEAST_CONNECTIONS' }), {
      workers: 2,
    });
    // Whichever comes first gets the slow one, and is held there.
    const both = [get(port), get(port)];
    while (slow.seen.length === 0 || quick.seen.length === 0) await new Promise(setImmediate);
    await Promise.race(both);
    expect(await bodies(port, 10)).toBe('quick'.repeat(10));
    expect([0, 1].map((index) => node.member(POOL, index).inFlight)).toEqual([1, 0]);
    held.forEach((answer) => answer.end('slow'));
    expect((await Promise.all(both)).map(({ body }) => body).toSorted()).toEqual(['quick', 'slow']);
    expect([0, 1].map((index) => node.member(POOL, index).inFlight)).toEqual([0, 0]);
  });

  it('count no request whose client left, and none that failed', async () => {
    const member = await aMember('a', () => undefined);
    const { node, port } = await aNode(aPool([member, { port: await freePort() }]));
    const leaving = request({ host: '127.0.0.1', port, agent: false }).on('error', () => undefined);
    leaving.end();
    while (member.seen.length === 0) await new Promise(setImmediate);
    expect(node.member(POOL, 0).inFlight).toBe(1);
    leaving.destroy();
    if (!member.sockets[0]!.closed) await once(member.sockets[0]!, 'close');
    const other = get(port);
    while (member.seen.length < 2) await new Promise(setImmediate);
    expect([0, 1].map((index) => node.member(POOL, index).inFlight)).toEqual([1, 0]);
    member.sockets[1]!.resetAndDestroy();
    expect((await other).status).toBe(502);
    expect([0, 1].map((index) => node.member(POOL, index).inFlight)).toEqual([0, 0]);
  });
});

describe('a cookie of the load balancer', () => {
  const stickiness = { kind: 'cookie', lifetimeMs: 1_200_000 } as const;

  it('keeps a client with its member and is not shown to it', async () => {
    const members = await Promise.all(['a', 'b', 'c'].map((name) => aMember(name)));
    const { port } = await aNode(aPool(members, { stickiness }), { workers: 2 });
    const first = await get(port, 'own=1');
    expect(first.setCookies).toEqual([
      expect.stringMatching(/^LBSESSION-pool1234=[\w.-]+; Path=\/; Max-Age=1200; HttpOnly; SameSite=Lax$/),
    ]);
    for (let i = 0; i < 6; i++) {
      const again = await get(port, `own=1; ${first.cookies}; other=2`);
      expect([again.body, again.setCookies]).toEqual([first.body, []]);
    }
    const own = members['abc'.indexOf(first.body)]!;
    expect(own.seen.at(-1)?.headers.cookie).toBe('own=1; other=2');
    expect((await get(port, 'LBSESSION-pool1234=made-up')).setCookies).toHaveLength(1);
  });

  it('is issued anew when its member is out of service or cannot be reached', async () => {
    const members = await Promise.all(['a', 'b'].map((name) => aMember(name)));
    const { node, port } = await aNode(aPool(members, { stickiness, healthCheck }));
    const first = await get(port);
    const at = 'ab'.indexOf(first.body);
    node.find(POOL, at, 'offline');
    const moved = await get(port, first.cookies);
    expect(moved.body).not.toBe(first.body);
    expect((await get(port, moved.cookies)).setCookies).toEqual([]);
    node.find(POOL, at, 'online');
    expect((await get(port, moved.cookies)).body).toBe(moved.body);
    const gone = members.map((member, index) => ({ port: index === at ? member.port : 1 }));
    await node.apply(aPool(gone, { stickiness }));
    const failedOver = await get(port, moved.cookies);
    expect([failedOver.body, failedOver.setCookies.length]).toEqual([first.body, 1]);
  });

  it('means 504 at once when its member does not answer in time', async () => {
    let isSilent = false;
    const name =
      (own: string): Handler =>
      (_, answer) =>
        void (isSilent || answer.end(own));
    const members = await Promise.all(['a', 'b'].map((own) => aMember(own, name(own))));
    const timers = { idleMs: 60_000, requestMs: 60_000, responseMs: 300, connectMs: 5000 };
    const { port } = await aNode(aPool(members, { stickiness }), { listener: { timers } });
    const { cookies } = await get(port);
    isSilent = true;
    const before = members.map(({ seen }) => seen.length);
    expect((await get(port, cookies)).status).toBe(504);
    const asked = members.map(({ seen }, index) => seen.length - before[index]!);
    expect(asked.toSorted()).toEqual([0, 1]);
    expect((await get(port)).status).toBe(504);
    expect(members.map(({ seen }, index) => seen.length - before[index]!).toSorted()).toEqual([1, 2]);
  });
});

describe('a cookie of the application', () => {
  it('keeps its client with the member that set it, together with its companion', async () => {
    const sets =
      (own: string): Handler =>
      (incoming, answer) => {
        if (incoming.headers.cookie === undefined)
          answer.setHeader('set-cookie', 'SID=1; Path=/; Max-Age=600');
        answer.end(own);
      };
    const members = await Promise.all(['a', 'b'].map((own) => aMember(own, sets(own))));
    const stickiness = { kind: 'application-cookie', name: 'SID' } as const;
    const { port } = await aNode(aPool(members, { stickiness }));
    const first = await get(port);
    expect(first.setCookies[1]).toMatch(
      /^LBAPP-pool1234=[\w.-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/,
    );
    for (let i = 0; i < 4; i++) expect((await get(port, first.cookies)).body).toBe(first.body);
    const alone = [await get(port, 'SID=1'), await get(port, 'SID=1')].map(({ body }) => body);
    expect(alone.toSorted()).toEqual(['a', 'b']);
    expect(members[0]!.seen.at(-1)?.headers.cookie).toBe('SID=1');
  });
});

describe('a member', () => {
  it('is left out for a while when it cannot be connected to, if the pool wants that', async () => {
    const [good, dead] = [await aMember('a'), await freePort()];
    const passiveEjection = { failures: 3, durationMs: 60_000 };
    const { node, port } = await aNode(aPool([{ port: dead }, good], { passiveEjection }));
    expect(await bodies(port, 20)).toBe('a'.repeat(20));
    expect(node.member(POOL, 0).ejectedUntilMs).toBeGreaterThan(Date.now());
    expect(node.member(POOL, 0).failures).toBe(0);
    await node.apply(aPool([{ port: dead }, good]));
    expect(await bodies(port, 10)).toBe('a'.repeat(10));
    expect(node.member(POOL, 0).failures).toBe(5);
  });

  it('of weight 0 loses its idle connections at once and finishes what it has', async () => {
    let finish = (): void => undefined;
    const draining = await aMember('a', (incoming, answer) => {
      if (incoming.url === '/idle') answer.end('a');
      else finish = () => void answer.end('late');
    });
    const other = await aMember('b');
    const { node, port } = await aNode(aPool([draining, { port: other.port, weight: 0 }]));
    const ask = async (path: string): Promise<string> => {
      const sent = request({ host: '127.0.0.1', port, path, agent: false }).end();
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      let body = '';
      for await (const part of answer.setEncoding('utf8')) body += part;
      return body;
    };
    const late = ask('/late');
    while (draining.seen.length === 0) await new Promise(setImmediate);
    await ask('/idle');
    const [busy, idle] = draining.sockets;
    await node.apply(aPool([{ port: draining.port, weight: 0 }, other]));
    if (!idle!.closed) await once(idle!, 'close');
    expect(busy!.closed).toBe(false);
    expect(await ask('/idle')).toBe('b');
    finish();
    expect(await late).toBe('late');
    if (!busy!.closed) await once(busy!, 'close');
  });

  it('of weight 0 keeps its tunnels for now', async () => {
    const server = createServer().on('upgrade', (_, socket: Socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n');
      socket.write(`Sec-WebSocket-Accept: x\r\n\r\n`);
      socket.pipe(socket);
    });
    running.push({ stop: () => void server.close().closeAllConnections() });
    const member = await listenOn(server);
    const { node, port } = await aNode(aPool([member]));
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-version': '13',
    };
    const sent = request({ host: '127.0.0.1', port, headers }).end();
    const [, tunnel] = (await once(sent, 'upgrade')) as [IncomingMessage, Socket];
    running.push({ stop: () => void tunnel.destroy() });
    expect(node.member(POOL, 0).inFlight).toBe(1);
    await node.apply(aPool([{ ...member, weight: 0 }]));
    tunnel.write('still here');
    expect(String((await once(tunnel, 'data'))[0])).toBe('still here');
    expect((await get(port)).status).toBe(503);
    tunnel.end();
    await once(tunnel, 'close');
    expect(node.member(POOL, 0).inFlight).toBe(0);
  });
});
