import { once } from 'node:events';
import { connect as connectTcp, createServer, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { aListener, leastGrowth, listenOn, scriptedBackend, startElbow, testAuthority } from '@elbow/testkit';
import type { BuiltListener, Elbow, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeServer } from './tls-setup.ts';

// What a listener's TLS side makes of clients that are slow, broken or hostile.

let elbow: Elbow;
let backend: ScriptedBackend;
let listener: BuiltListener;
let hello: Buffer;

beforeAll(async () => {
  elbow = await startElbow();
  backend = await scriptedBackend();
  const authority = await testAuthority();
  const named = await Promise.all(
    ['*.a.test', 'b.test', '*.deep.a.test'].map(async (domain) =>
      storeServer(elbow, await authority.issue([domain]), domain),
    ),
  );
  listener = await aListener(elbow, {
    members: [backend],
    fields: {
      sni_container_refs: named.map(({ id }) => id),
      sni_match_algo: 'longest_suffix',
      insert_headers: { 'X-Forwarded-Tls-Ja4-enable': true },
    },
  });
  hello = await helloOf('x.a.test');
});
afterAll(async () => {
  await elbow?.stop();
  await backend?.stop();
});

/** The first message of a client of node:tls. */
async function helloOf(servername: string): Promise<Buffer> {
  const trap = createServer();
  const { port } = await listenOn(trap);
  const client = connectTls({ host: '127.0.0.1', port, servername });
  client.on('error', () => {});
  const [socket] = (await once(trap, 'connection')) as [Socket];
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  client.destroy();
  socket.destroy();
  trap.close();
  return bytes;
}

function dial(): Socket {
  const socket = connectTcp({ host: listener.vip, port: listener.port });
  socket.on('error', () => {});
  return socket;
}

/** Sends bytes and takes the first answer, or none within a second. */
async function say(bytes: Buffer): Promise<Buffer> {
  const socket = dial();
  let answer = Buffer.alloc(0);
  socket.on('data', (part: Buffer) => {
    answer = Buffer.concat([answer, part]);
    socket.destroy();
  });
  socket.setTimeout(1000, () => socket.destroy());
  socket.end(bytes);
  await once(socket, 'close');
  return answer;
}

async function shake(servername: string): Promise<string> {
  const place = { host: listener.vip, port: listener.port, rejectUnauthorized: false };
  const socket = connectTls({ ...place, servername });
  await once(socket, 'secureConnect');
  const name = socket.getPeerX509Certificate()?.subject ?? '';
  socket.end();
  await once(socket, 'close');
  return name;
}

/** The same numbers in every run (xorshift32). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

async function inBatches(count: number, act: (index: number) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < count; start += 25)
    await Promise.all(Array.from({ length: Math.min(25, count - start) }, (_, i) => act(start + i)));
}

describe('a client that leaves', () => {
  it('within the handshake is forgotten at once', async () => {
    const socket = dial();
    socket.write(hello);
    await once(socket, 'data');
    socket.end();
    const startMs = performance.now();
    await once(socket, 'close');
    // Not after the ten seconds that a handshake may take.
    expect(performance.now() - startMs).toBeLessThan(5000);
  });
});

describe('a hello', () => {
  it('may come in single bytes', async () => {
    const socket = dial();
    socket.setNoDelay(true);
    await once(socket, 'connect');
    for (const byte of hello.subarray(0, 200)) {
      socket.write(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    socket.write(hello.subarray(200));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    // A handshake record with a server hello.
    expect([answer[0], answer[5]]).toEqual([22, 2]);
    socket.destroy();
  });

  it('of more than 16 KiB is refused with an alert as soon as it says so', async () => {
    expect([...(await say(Buffer.from([22, 3, 1, 0x40, 0, 1, 0, 0x40, 1])))]).toEqual([
      21, 3, 1, 0, 2, 2, 47,
    ]);
  });

  it('that is none gets an alert or a page', async () => {
    expect((await say(Buffer.from([22, 3, 1, 0, 1, 2])))[0]).toBe(21);
    expect((await say(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toString()).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('that does not come ends the connection within seconds', async () => {
    const startMs = performance.now();
    const [silent, slow] = [dial(), dial()];
    slow.write(hello.subarray(0, 100));
    const dripping = setInterval(() => slow.write(Buffer.from([0])), 500);
    await Promise.all([once(silent, 'close'), once(slow, 'close')]);
    clearInterval(dripping);
    expect(performance.now() - startMs).toBeGreaterThan(4000);
    expect(performance.now() - startMs).toBeLessThan(20_000);
  });
});

it('a handshake that is not finished ends the connection within seconds', async () => {
  const socket = dial();
  socket.write(hello);
  socket.resume();
  const startMs = performance.now();
  await once(socket, 'close');
  expect(performance.now() - startMs).toBeLessThan(25_000);
});

/** Ten thousand of each in the full run. */
const soakSize = process.env['ELBOW_FULL'] === undefined ? 1000 : 10_000;

it(`survives ${soakSize} handshakes with any names, as many corrupt hellos and wrong messages, and serves on`, async () => {
  const { node } = await elbow.pids();
  const next = numbersFrom(20_261_125);
  const labels = ['a', 'b', 'deep', 'test', 'xn--p1ai', '*', '-', 'x'.repeat(63)];
  const anyName = (): string =>
    Array.from({ length: 1 + next(6) }, () => labels[next(labels.length)]).join('.');
  const names = Array.from({ length: soakSize }, anyName);
  const corruptHello = async (): Promise<void> => {
    const broken = Buffer.from(hello);
    for (let changes = 1 + next(8); changes > 0; changes--) broken[next(broken.length)] = next(256);
    await say(broken.subarray(0, 1 + next(broken.length)));
  };
  /** An alert, a cipher change, data or a second hello where Finished should come. */
  const wrongMessage = async (): Promise<void> => {
    const content = Buffer.from(Array.from({ length: 1 + next(40) }, () => next(256)));
    const head = Buffer.from([20 + next(4), 3, 3, 0, content.length]);
    await say(Buffer.concat([hello, next(5) === 0 ? hello : Buffer.concat([head, content])]));
  };
  // To warm up: heaps and caches have a size that they come back to.
  await inBatches(1000, (index) => shake(names[index]!));
  const round = async (): Promise<void> => {
    await inBatches(soakSize, (index) => shake(names[index]!));
    await inBatches(soakSize / 2, corruptHello);
    await inBatches(soakSize / 2, wrongMessage);
  };
  expect(await leastGrowth(node, round, { most: 1.1 })).toBeLessThanOrEqual(1.1);
  expect(await shake('q.a.test')).toBe('CN=*.a.test');
  expect((await elbow.pids()).node).toBe(node);
  const { workers } = await elbow.askWorkers();
  expect(workers.map(({ state }) => state)).toEqual(Array(elbow.workers).fill('serving'));
  expect((await listener.curl('/', '-o', '/dev/null', '-w', '%{http_code}')).stdout).toBe('200');
}, 1_200_000);
