import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { testAuthority, Waiters } from '@elbow/testkit';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { NativeSettings } from './native-context.ts';
import { NativeEngine, type NativeListenerEvents } from './native-engine.ts';
import type { NativeSocket } from './native-socket.ts';
import {
  BUILD_MS,
  buildForTests,
  listenForTest,
  realHello,
  type TestListener,
  testSettings,
  heard,
} from './native-testing.ts';

const MIB = 1024 * 1024;
const TOTAL_BYTES = 64 * MIB;
/** Short for the test that waits for them, long for handshakes on a machine that is busy with other tests. */
const HELLO_MS = 2500;
const HANDSHAKE_MS = 5000;
const MOST_HANDSHAKES = 16;
const MOST_WAITING = 200;
const DEADLINE_MS = 15_000;
let engine: NativeEngine;
let settings: NativeSettings;
let listeners: TestListener[] = [];

// Other tests keep the machine busy.
vi.setConfig({ testTimeout: 60_000 });

beforeAll(async () => {
  buildForTests();
  engine = new NativeEngine({
    replayFilter: null,
    helloMs: HELLO_MS,
    handshakeMs: HANDSHAKE_MS,
    mostHandshakes: MOST_HANDSHAKES,
    mostWaiting: MOST_WAITING,
  });
  settings = testSettings(await (await testAuthority()).issue(['traffic.example']));
}, BUILD_MS);

afterEach(() => {
  for (const listener of listeners) listener.close();
  listeners = [];
});

function listen(wish: Partial<NativeListenerEvents>): TestListener {
  const listener = listenForTest(engine, settings, wish);
  listeners.push(listener);
  return listener;
}

function tlsClient(port: number): TLSSocket {
  return connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false, allowHalfOpen: true } as object);
}

/** A client and the server's socket of the same connection. */
async function pair(): Promise<{ client: TLSSocket; server: NativeSocket }> {
  const { promise, resolve } = Promise.withResolvers<NativeSocket>();
  const client = tlsClient(listen({ onSecure: resolve }).port);
  await once(client, 'secureConnect');
  return { client, server: await promise };
}

/** The close of a socket, whether or not an error comes before it. */
function closeOf(socket: NativeSocket): Promise<void> {
  socket.on('error', () => {});
  return new Promise((resolve) => void socket.once('close', () => resolve()));
}

/** Bytes that differ from place to place. */
function block(index: number, size = 256 * 1024): Buffer {
  return Buffer.alloc(size, `block ${index} of the body;`);
}

describe('backpressure', () => {
  it('bounds what waits for a client that does not read, and delivers all once it does', async () => {
    const { client, server } = await pair();
    const sent = createHash('sha256');
    let sentBytes = 0;
    let most = 0;
    const send = (): void => {
      while (sentBytes < TOTAL_BYTES) {
        const bytes = block(sentBytes / MIB);
        sent.update(bytes);
        sentBytes += bytes.length;
        const goesOn = server.write(bytes);
        most = Math.max(most, server.writableLength);
        if (!goesOn) return;
      }
      server.end();
    };
    server.on('drain', send);
    client.pause();
    send();
    expect(sentBytes).toBeLessThan(TOTAL_BYTES / 2);
    const received = createHash('sha256');
    client.on('data', (bytes: Buffer) => received.update(bytes)).resume();
    await once(client, 'end');
    expect(received.digest('hex')).toBe(sent.digest('hex'));
    expect(server.bytesWritten).toBe(TOTAL_BYTES);
    expect(most).toBeLessThan(MIB);
    client.end();
    await heard(server.resume(), 'close');
  });

  it('stops reading while it is paused', async () => {
    const { client, server } = await pair();
    const received = createHash('sha256');
    const sent = createHash('sha256');
    server.on('data', (bytes: Buffer) => received.update(bytes));
    server.pause();
    for (let index = 0; index < TOTAL_BYTES / MIB; index++) {
      const bytes = block(index, MIB);
      sent.update(bytes);
      client.write(bytes);
    }
    client.end();
    // Only what fits into the kernel's buffers leaves the client.
    await once(await pair().then(({ client: other }) => other.end()), 'finish');
    expect(client.writableLength).toBeGreaterThan(TOTAL_BYTES / 2);
    expect(server.bytesRead).toBeLessThan(MIB);
    server.resume();
    await heard(server, 'end');
    expect(received.digest('hex')).toBe(sent.digest('hex'));
    expect(server.bytesRead).toBe(TOTAL_BYTES);
    server.destroy();
  });

  it('calls back for every write, in order, and counts what waits', async () => {
    const { client, server } = await pair();
    client.pause();
    const order: number[] = [];
    for (let index = 0; index < 64; index++) server.write(block(index), () => order.push(index));
    expect(order.length).toBeLessThan(64);
    expect(server.writableLength).toBeGreaterThan(MIB);
    client.resume();
    await heard(server, 'drain');
    expect(order).toEqual([...Array(64).keys()]);
    expect(server.writableLength).toBe(0);
    const closed = closeOf(server);
    client.destroy();
    await closed;
  });

  it('holds data and the end for a listener that comes late', async () => {
    const { client, server } = await pair();
    client.end('all of it');
    await once(client, 'finish');
    const parts: string[] = [];
    server.pause();
    server.on('data', (bytes: Buffer) => parts.push(bytes.toString()));
    server.resume();
    await heard(server, 'end');
    expect(parts.join('')).toBe('all of it');
    server.end();
    await heard(server, 'close');
  });
});

describe('the end of a connection', () => {
  it('goes each way by itself', async () => {
    const { client, server } = await pair();
    const received: string[] = [];
    server.on('data', (bytes: Buffer) => received.push(bytes.toString()));
    server.end('server is done');
    const [bytes] = (await once(client, 'data')) as [Buffer];
    expect(bytes.toString()).toBe('server is done');
    client.resume();
    await once(client, 'end');
    expect(server.writable).toBe(false);
    client.end('client goes on');
    await heard(server, 'close');
    expect(received.join('')).toBe('client goes on');
    expect(server.isTruncated).toBe(false);
  });

  it('tells a cut from a clean end', async () => {
    const { client, server } = await pair();
    server.resume();
    // This closes the socket under TLS, so FIN comes without close_notify.
    const ended = heard(server, 'end');
    client.destroy();
    await ended;
    expect(server.isTruncated).toBe(true);
  });

  it('reports a client that resets, once', async () => {
    const { promise, resolve } = Promise.withResolvers<NativeSocket>();
    const listener = listen({ onSecure: resolve });
    const raw = connectTcp(listener.port, '127.0.0.1');
    const client = connectTls({ socket: raw, rejectUnauthorized: false });
    client.on('error', () => {});
    const server = await promise;
    const events: string[] = [];
    server.on('data', () => {});
    server.on('error', (error: NodeJS.ErrnoException) => events.push(error.code ?? ''));
    const closed = closeOf(server);
    raw.resetAndDestroy();
    await closed;
    expect(events).toEqual(['ECONNRESET']);
    expect(server.write('too late')).toBe(false);
  });

  it('cuts without close_notify when destroyed, and resets when asked to', async () => {
    const cut = await pair();
    cut.server.destroy();
    await Promise.all([closeOf(cut.server), once(cut.client.resume(), 'end')]);
    cut.client.destroy();
    const reset = await pair();
    const error = once(reset.client, 'error') as Promise<[NodeJS.ErrnoException]>;
    reset.server.resetAndDestroy();
    expect((await error)[0].code).toBe('ECONNRESET');
  });

  it('survives being closed from within its own events', async () => {
    for (const event of ['data', 'end', 'drain'] as const) {
      const { client, server } = await pair();
      server.on(event, () => server.destroy());
      if (event !== 'data') server.resume();
      if (event === 'drain') while (server.write(block(0)));
      client.on('error', () => {});
      client.resume();
      const closed = closeOf(server);
      client.end('some bytes');
      await closed;
      client.destroy();
    }
  });

  it('calls back with an error for what it could not send', async () => {
    const { client, server } = await pair();
    client.pause();
    while (server.write(block(0)));
    const { promise, resolve } = Promise.withResolvers<Error | null | undefined>();
    server.write('never sent', resolve);
    server.destroy();
    expect(await promise).toBeInstanceOf(Error);
    client.destroy();
  });
});

describe('before TLS', () => {
  it('refuses with a reset whom the listener does not want', async () => {
    const seen: string[] = [];
    const listener = listen({
      onAccept: (socket) => {
        seen.push(`${socket.remoteAddress} ${socket.remotePort}`);
        return false;
      },
    });
    const client = connectTcp(listener.port, '127.0.0.1');
    const { promise, resolve } = Promise.withResolvers<NodeJS.ErrnoException>();
    client.on('error', resolve);
    expect((await promise).code).toBe('ECONNRESET');
    expect(seen).toEqual([expect.stringMatching(/^127\.0\.0\.1 \d+$/)]);
    expect(engine.counts.handshakes).toBe(0);
  });

  it('hands plain HTTP over with all its bytes', async () => {
    const { promise, resolve } = Promise.withResolvers<{ plain: Socket; socket: NativeSocket }>();
    const listener = listen({ onPlain: (plain, socket) => resolve({ plain, socket }) });
    const client = connectTcp(listener.port, '127.0.0.1');
    client.write('GET / HTTP/1.1\r\n\r\n');
    const { plain, socket } = await promise;
    const [bytes] = (await once(plain, 'data')) as [Buffer];
    expect(bytes.toString()).toBe('GET / HTTP/1.1\r\n\r\n');
    expect(plain.remotePort).toBe(client.localPort);
    const closed = heard(socket, 'close');
    plain.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    const [answer] = (await once(client, 'data')) as [Buffer];
    expect(answer.toString()).toContain('400');
    client.end();
    await closed;
  });

  it('closes silent and slow clients in time', async () => {
    const closed = new Waiters();
    let count = 0;
    const listener = listen({
      onAccept: (socket) => {
        socket.once('close', () => {
          count++;
          closed.changed();
        });
        return true;
      },
    });
    const silent = connectTcp(listener.port, '127.0.0.1');
    const slow = connectTcp(listener.port, '127.0.0.1');
    slow.write(Buffer.from([0x16, 0x03, 0x01]));
    slow.on('error', () => {});
    await once(silent.resume(), 'close');
    await closed.until(() => count === 2, DEADLINE_MS, 'both closed');
    expect(listener.failures).toEqual(['the client hello took too long']);
    slow.destroy();
  });

  it('lets only so many handshakes run at once, and the others wait', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const secured: NativeSocket[] = [];
    let most = 0;
    const listener = listen({
      onSecure: (socket) => {
        // This one's handshake is over, and another has not begun yet.
        most = Math.max(most, engine.counts.handshakes + 1);
        secured.push(socket);
        if (secured.length === 200) resolve();
      },
    });
    const clients = Array.from({ length: 200 }, () => tlsClient(listener.port));
    await promise;
    expect(most).toBe(MOST_HANDSHAKES);
    expect(engine.counts.handshakes).toBe(0);
    const closes = secured.map((socket) => closeOf(socket.on('end', () => socket.end()).resume()));
    for (const client of clients) client.destroy();
    await Promise.all(closes);
  });

  it('turns clients away when too many wait already, and serves on when they are gone', async () => {
    const listener = listen({});
    const hello = await realHello();
    const closed = new Waiters();
    let count = 0;
    // Each says hello and no more, so that none ends by itself.
    const clients = Array.from({ length: MOST_HANDSHAKES + MOST_WAITING + 5 }, () => {
      const client = connectTcp(listener.port, '127.0.0.1', () => client.write(hello));
      return client
        .on('error', () => {})
        .on('close', () => {
          count++;
          closed.changed();
        });
    });
    await closed.until(() => count === 5, DEADLINE_MS, 'all that are too many are closed');
    expect(listener.failures).toEqual(Array(5).fill('too many handshakes wait'));
    for (const each of clients) each.destroy();
    const client = tlsClient(listener.port);
    await once(client, 'secureConnect');
    client.destroy();
  });
});
