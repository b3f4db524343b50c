import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { listenOn } from '@elbow/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PacedSocket } from './paced-socket.ts';

/** Both ends of a connection, the accepted one paced: every piece waits for `waitMs`. */
async function aPair(waitMs: number) {
  const taken = { received: 0, sending: 0, pieces: 0 };
  const server = createServer({ allowHalfOpen: true });
  const { port } = await listenOn(server);
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const peer = connect(port, '127.0.0.1');
  const [raw] = await accepted;
  onTestFinished(() => {
    peer.destroy();
    raw.destroy();
    server.close();
  });
  peer.on('error', () => {});
  const socket = new PacedSocket(raw, {
    received: (count) => {
      taken.received += count;
      taken.pieces++;
      return waitMs;
    },
    sending: (count) => {
      taken.sending += count;
      return waitMs;
    },
  });
  return { socket, peer, raw, taken };
}

async function digestOf(
  stream: { on(event: 'data', listener: (bytes: Buffer) => void): unknown },
  until: Promise<unknown>,
) {
  const digest = createHash('sha256');
  let length = 0;
  stream.on('data', (bytes) => {
    digest.update(bytes);
    length += bytes.length;
  });
  await until;
  return { length, digest: digest.digest('hex') };
}

const pieces = Array.from({ length: 40 }, (_, at) => Buffer.alloc(20_000 + at, at));
const whole = {
  length: Buffer.concat(pieces).length,
  digest: createHash('sha256').update(Buffer.concat(pieces)).digest('hex'),
};

describe.each([0, 2])('a paced socket that waits %i ms for each piece', (waitMs) => {
  it('sends everything in order, tells each write, says when it is full and when it has drained', async () => {
    const { socket, peer, taken } = await aPair(waitMs);
    const got = digestOf(peer, once(peer, 'end'));
    let told = 0;
    for (const bytes of pieces) {
      if (!socket.write(bytes, () => void told++)) await once(socket, 'drain');
      expect(socket.bytesWritten - socket.writableLength).toBeGreaterThanOrEqual(0);
    }
    await new Promise<void>((resolve) => socket.end(resolve));
    expect(socket.writable).toBe(false);
    expect(await got).toEqual(whole);
    expect([told, taken.sending]).toEqual([pieces.length, whole.length]);
  });

  it('reads everything in order, and nothing while it is paused', async () => {
    const { socket, peer, taken } = await aPair(waitMs);
    socket.pause();
    const got = digestOf(socket, once(socket, 'end'));
    for (const bytes of pieces) peer.write(bytes);
    peer.end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken.received).toBe(0);
    socket.resume();
    expect(await got).toEqual(whole);
    expect(taken.received).toBe(whole.length);
  });
});

describe('a paced socket', () => {
  it('that is destroyed gives back what it had queued and sends none of it', async () => {
    const { socket, peer } = await aPair(60_000);
    const got = digestOf(peer, once(peer, 'close'));
    const errors: unknown[] = [];
    expect(socket.write('held', 'latin1', (error) => errors.push(error))).toBe(true);
    expect(socket.write(Buffer.alloc(100_000), (error) => errors.push(error))).toBe(false);
    expect(socket.writableLength).toBe(100_004);
    const closed = once(socket, 'close');
    socket.destroy();
    await closed;
    expect((await got).length).toBe(0);
    expect(errors).toHaveLength(2);
    expect(errors.every((error) => error instanceof Error)).toBe(true);
    expect(socket.write('more')).toBe(false);
  });

  it('ends where its peer resets it', async () => {
    const { socket, peer } = await aPair(60_000);
    socket.on('error', () => {});
    socket.write('held');
    const closed = new Promise((resolve) => socket.on('close', resolve));
    peer.resetAndDestroy();
    await closed;
    expect(socket.writableLength).toBe(0);
  });
});
