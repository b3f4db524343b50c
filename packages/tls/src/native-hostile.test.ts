import { once } from 'node:events';
import { type AddressInfo, connect as connectTcp, createServer } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { testAuthority } from '@elbow/testkit';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { nativeTicketKey } from './native-context.ts';
import { NativeEngine } from './native-engine.ts';
import { createReplayFilter } from './native-replay-filter.ts';
import {
  BUILD_MS,
  buildForTests,
  listenForTest,
  realHello,
  type TestListener,
  testSettings,
  type TestWish,
} from './native-testing.ts';
import type { TestWorkerData, TestWorkerReport } from './native-testing-worker.ts';

const RUNS = 400;
let wanted: TestWish;
let listener: TestListener;
let engine: NativeEngine;

// Other tests keep the machine busy.
vi.setConfig({ testTimeout: 60_000 });

beforeAll(async () => {
  buildForTests();
  const pair = await (await testAuthority()).issue(['hostile.example']);
  const ticketKeys = [nativeTicketKey(Buffer.alloc(32, 3), 'hostile')];
  wanted = { pair, wish: { takesEarlyData: true, ticketKeys } };
  engine = new NativeEngine({ replayFilter: createReplayFilter({ quietSeconds: 0 }) });
  listener = listenForTest(engine, testSettings(wanted.pair, wanted.wish));
}, BUILD_MS);

/** Sends bytes and a FIN. @returns what came back before the server closed */
async function sendRaw(port: number, bytes: Buffer): Promise<Buffer> {
  const socket = connectTcp(port, '127.0.0.1');
  const answer: Buffer[] = [];
  socket.on('error', () => {});
  socket.on('data', (part: Buffer) => answer.push(part));
  const closed = new Promise((resolve) => void socket.once('close', resolve));
  socket.end(bytes);
  await closed;
  return Buffer.concat(answer);
}

async function secureClient(port: number): Promise<TLSSocket> {
  const client = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false });
  client.on('error', () => {});
  await once(client, 'secureConnect');
  return client;
}

describe('hostile bytes', () => {
  it('do no harm as corrupt hellos', async () => {
    const hello = await realHello();
    const mutation = fc.record({ at: fc.nat(hello.length - 1), to: fc.nat(255) });
    const wish = {
      mutations: fc.array(mutation, { maxLength: 4 }),
      length: fc.integer({ min: 1, max: hello.length }),
    };
    await fc.assert(
      fc.asyncProperty(fc.record(wish), async ({ mutations, length }) => {
        const bytes = Buffer.from(hello);
        for (const { at, to } of mutations) bytes[at] = to;
        bytes[0] = 0x16;
        await sendRaw(listener.port, bytes.subarray(0, length));
      }),
      { numRuns: RUNS },
    );
    expect(listener.failures.length).toBeGreaterThan(RUNS / 2);
    (await secureClient(listener.port)).destroy();
    expect(engine.counts.handshakes).toBeLessThanOrEqual(1);
  });

  it.each([
    ['a hello that says it is longer than 16 KiB', [22, 3, 1, 0x40, 0, 1, 0, 0x40, 1], 47],
    ['a message that is no hello', [22, 3, 1, 0, 1, 2], 10],
  ])('get an alert at once for %s', async (_what, bytes, alert) => {
    expect([...(await sendRaw(listener.port, Buffer.from(bytes)))]).toEqual([21, 3, 1, 0, 2, 2, alert]);
  });

  it('may cut a hello into records of one byte', async () => {
    const hello = await realHello();
    const records = [...hello.subarray(5)].map((byte) => Buffer.from([22, 3, 1, 0, 1, byte]));
    const answer = await sendRaw(listener.port, Buffer.concat(records));
    // A handshake record with a server hello.
    expect([answer[0], answer[5]]).toEqual([22, 2]);
  });

  it('are answered with an alert', async () => {
    const garbage = Buffer.from('160301000401000000', 'hex');
    const answer = await sendRaw(listener.port, garbage);
    // Record type 21, level fatal.
    expect(answer[0]).toBe(21);
    expect(answer[5]).toBe(2);
  });

  it('are not read without end as a hello', async () => {
    const before = listener.failures.length;
    const record = Buffer.concat([Buffer.from('1603014000', 'hex'), Buffer.alloc(16_384, 1)]);
    record.set(Buffer.from('0100fff0', 'hex'), 5);
    const answer = await sendRaw(listener.port, Buffer.concat([record, record, record]));
    expect(answer.toString('hex')).toBe('1503010002022f');
    expect(listener.failures.length).toBe(before + 1);
  });

  it('end an open connection with an error', async () => {
    const server = createServer((near) => {
      const far = connectTcp(listener.port, '127.0.0.1');
      near.pipe(far).pipe(near);
      near.on('error', () => {});
      far.on('error', () => {});
      spoil = () => far.write(Buffer.from('170303001000112233445566778899aabbccddeeff', 'hex'));
    }).listen(0, '127.0.0.1');
    let spoil = (): unknown => undefined;
    await once(server, 'listening');
    const client = await secureClient((server.address() as AddressInfo).port);
    client.write('?');
    await once(client, 'data');
    const failed = new Promise<Error>((resolve) => void client.once('error', resolve));
    spoil();
    expect((await failed).message).toMatch(/alert bad record mac/);
    server.close();
  });
});

describe('a worker', () => {
  async function startFlood(): Promise<{ worker: Worker; port: number }> {
    const workerData: TestWorkerData = { listener: wanted, replayFilter: null, does: 'flood' };
    const file = new URL('./native-testing-worker.ts', import.meta.url);
    const worker = new Worker(file, { workerData, execArgv: [] });
    const [report] = (await once(worker, 'message')) as [TestWorkerReport];
    return { worker, port: report.kind === 'listening' ? report.port : 0 };
  }

  it('can be terminated under load, again and again', async () => {
    for (let round = 0; round < 5; round++) {
      const { worker, port } = await startFlood();
      const clients = await Promise.all(Array.from({ length: 10 }, () => secureClient(port)));
      // Some are in the middle of a handshake, one has not begun, and the others receive as fast as they can.
      const silent = connectTcp(port, '127.0.0.1').on('error', () => {});
      const half = connectTcp(port, '127.0.0.1').on('error', () => {});
      half.write(Buffer.from('1603010200010001fc', 'hex'));
      const closes = [...clients, silent, half].map(
        (client) => new Promise((done) => client.once('close', done)),
      );
      const flowing = clients.map((client) => once(client, 'data'));
      for (const client of clients) client.write('go');
      await Promise.all(flowing);
      expect(await worker.terminate()).toBe(1);
      await Promise.all(closes);
    }
    // The engine of this thread is as before.
    (await secureClient(listener.port)).destroy();
  });

  it('leaves the process without a listener of its own', async () => {
    const { worker, port } = await startFlood();
    await worker.terminate();
    const [error] = (await once(connectTcp(port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });
});
