import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { Chunk, ListenerChunk, PoolChunk } from '@elbow/plan';
import { sampleCertificate, sampleListener, sampleMember, samplePool } from '@elbow/plan/testing';
import { certificateKeyContext, seal } from '@elbow/secrets';
import { freePort, listenOn, testAuthority } from '@elbow/testkit';
import { createTicketRoots } from '@elbow/tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  arenaBytes,
  counterArenaBytes,
  type FromWorker,
  rateTableBytes,
  type ToWorker,
  WorkerControl,
  workerControlBytes,
  workerEntry,
} from './index.ts';

/** A worker as a node would start it, and the other half of the conversation. */
class TestWorker {
  readonly control = new SharedArrayBuffer(workerControlBytes(1));
  private readonly thread: Worker;

  constructor(engine: 'native' | 'node' = 'node') {
    const workerData = {
      worker: 0,
      workers: 1,
      control: this.control,
      sealingKey: new Uint8Array(32),
      ticketRoots: createTicketRoots(),
      rates: new SharedArrayBuffer(rateTableBytes),
      tls: { engine, replayFilter: null },
      connectionBudget: 100,
      compressionCpuPercent: 0,
      reusePort: true,
      accessLog: null,
    };
    this.thread = new Worker(workerEntry, { workerData });
  }

  async apply(revision: number, chunks: readonly Chunk[]): Promise<Extract<FromWorker, { type: 'applied' }>> {
    const put = chunks.map((chunk, slot) => ({
      kind: chunk.kind,
      id: chunk.id,
      hash: JSON.stringify(chunk),
      json: shared(chunk),
      slot: { arena: 0, slot, generation: 1 },
      ownerSlot: { arena: 0, slot: 99, generation: 1 },
      counterRows: Array.from({ length: 32 }, (_, at) => 1 + slot * 32 + at),
      memberSlots: Array.from({ length: 30 }, (_, at) => 100 + slot * 30 + at),
    }));
    const isFirst = revision === 1;
    const arenas = isFirst ? [{ index: 0, buffer: new SharedArrayBuffer(arenaBytes(1)) }] : [];
    const counterArenas = isFirst ? [{ index: 0, buffer: new SharedArrayBuffer(counterArenaBytes(1)) }] : [];
    this.tell({ type: 'plan', revision, put, remove: [], arenas, counterArenas });
    return this.hear('applied');
  }

  tell(message: ToWorker): void {
    this.thread.postMessage(message);
  }

  async hear<T extends FromWorker['type']>(type: T): Promise<Extract<FromWorker, { type: T }>> {
    for (;;) {
      const [message] = (await once(this.thread, 'message')) as [FromWorker];
      if (message.type === type) return message as Extract<FromWorker, { type: T }>;
    }
  }

  async stop(): Promise<void> {
    await this.thread.terminate();
  }
}

function shared(chunk: Chunk): SharedArrayBuffer {
  const text = Buffer.from(JSON.stringify(chunk));
  const buffer = new SharedArrayBuffer(text.length);
  new Uint8Array(buffer).set(text);
  return buffer;
}

const running: { stop(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});

async function aMember(name: string): Promise<{ port: number; seen: IncomingMessage[]; server: Server }> {
  const seen: IncomingMessage[] = [];
  const server = createServer((incoming, answer) => {
    seen.push(incoming);
    incoming.resume().on('end', () => answer.end(name));
  });
  running.push({ stop: () => void server.close().closeAllConnections() });
  return { port: (await listenOn(server)).port, seen, server };
}

function aListener(
  port: number,
  defaultPoolId: string | null,
  changes: Partial<ListenerChunk> = {},
): ListenerChunk {
  const plain = { address: '127.0.0.1', protocol: 'HTTP', tls: null } as const;
  return sampleListener({ ...plain, id: 'l', port, defaultPoolId, ...changes });
}

function aPool(ports: readonly number[]): PoolChunk {
  return samplePool({ id: 'p', members: ports.map((port) => sampleMember({ id: `m${port}`, port })) });
}

const noFlavor = {
  newConnectionsPerSecond: 0,
  concurrentConnections: 0,
  requestsPerSecond: 0,
  bitsPerSecond: 0,
};

/** A connection that has said nothing yet; it is admitted when it is not reset. */
/** An open connection that the worker has taken: it has answered a request on it. */
async function openTaken(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await once(socket, 'data');
  return socket;
}

async function get(port: number): Promise<string> {
  const sent = request({ host: '127.0.0.1', port, path: '/a?b=c', headers: { host: 'shop.example' } }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  let body = `${answer.statusCode} `;
  for await (const part of answer.setEncoding('utf8')) body += part;
  return body;
}

describe('a worker', () => {
  it('serves a plan, swaps pools between requests and beats', async () => {
    const worker = new TestWorker();
    running.push(worker);
    const [a, b, port] = await Promise.all([aMember('a'), aMember('b'), freePort()]);
    expect((await worker.apply(1, [aListener(port, 'p'), aPool([a.port, b.port])])).troubles).toEqual([]);
    expect([await get(port), await get(port), await get(port)].sort()).toEqual(['200 a', '200 a', '200 b']);
    expect(a.seen[0]?.headers).toMatchObject({
      host: 'shop.example',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'shop.example',
    });
    expect(a.seen[0]?.url).toBe('/a?b=c');
    await worker.apply(2, [aListener(port, 'p'), aPool([b.port])]);
    expect([await get(port), await get(port)]).toEqual(['200 b', '200 b']);
    const control = new WorkerControl(worker.control);
    expect(control.revision(0)).toBe(2);
    expect(control.beats(0)).toBeGreaterThan(0);
  });

  it('admits no more connections than the load balancer may have, over all of its listeners', async () => {
    const worker = new TestWorker();
    running.push(worker);
    const [member, one, other] = [await aMember('a'), await freePort(), await freePort()];
    const limits = { ...sampleListener().limits, flavor: { ...noFlavor, concurrentConnections: 2 } };
    const listeners = [aListener(one, 'p', { limits }), aListener(other, 'p', { id: 'l2', limits })];
    await worker.apply(1, [...listeners, aPool([member.port])]);
    const held = [await openTaken(one), await openTaken(other)];
    await expect(get(one)).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(get(other)).rejects.toMatchObject({ code: 'ECONNRESET' });
    const [first] = held;
    const gone = once(first!, 'close');
    first!.end('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    first!.resume();
    await gone;
    await vi.waitFor(async () => expect(await get(other)).toBe('200 a'));
    for (const socket of held) socket.destroy();
  });

  it('lets no more requests through than the load balancer may have, over all of its listeners', async () => {
    const worker = new TestWorker();
    running.push(worker);
    const [member, one, other] = [await aMember('a'), await freePort(), await freePort()];
    const limits = { ...sampleListener().limits, flavor: { ...noFlavor, requestsPerSecond: 1 } };
    const listeners = [aListener(one, 'p', { limits }), aListener(other, 'p', { id: 'l2', limits })];
    await worker.apply(1, [...listeners, aPool([member.port])]);
    const startedMs = performance.now();
    const answers: string[] = [];
    for (const port of [one, other, one, other]) answers.push(await get(port));
    const seconds = (performance.now() - startedMs) / 1000;
    expect(answers[0]).toBe('200 a');
    expect(member.seen.length).toBeLessThanOrEqual(1 + Math.ceil(seconds));
    const refused = answers.filter(
      (answer) => answer.startsWith('503 ') && answer.includes('too many requests'),
    );
    expect(refused.length + member.seen.length).toBe(4);
  });

  it('answers 503 without a pool and 502 when no member can be reached', async () => {
    const worker = new TestWorker();
    running.push(worker);
    const [port, dead, deader] = [await freePort(), await freePort(), await freePort()];
    await worker.apply(1, [aListener(port, null)]);
    expect(await get(port)).toMatch(/^503 /);
    await worker.apply(2, [aListener(port, 'p'), aPool([dead, deader])]);
    expect(await get(port)).toMatch(/^502 /);
  });

  it.each(['native', 'node'] as const)(
    'terminates TLS (%s), answers plain HTTP with 400 and keeps connections over a new certificate',
    async (engine) => {
      const worker = new TestWorker(engine);
      running.push(worker);
      const [a, port, authority] = [await aMember('a'), await freePort(), await testAuthority()];
      const ciphers = 'TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES128-GCM-SHA256';
      const tls = { ...sampleListener().tls!, maxVersion: 'TLSv1.3', ciphers } as const;
      const listener = aListener(port, 'p', { protocol: 'HTTPS', tls });
      const certificate = async (name: string): Promise<Chunk> => {
        const { certificatePem, keyPem } = await authority.issue([name]);
        const sealedKey = seal(new Uint8Array(32), keyPem, certificateKeyContext('certificate-1'));
        return sampleCertificate({ chainPem: certificatePem, sealedKey });
      };
      const { troubles } = await worker.apply(1, [listener, aPool([a.port]), await certificate('one.test')]);
      expect(troubles).toEqual([]);
      const dial = async (): Promise<TLSSocket> => {
        const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false });
        await once(socket, 'secureConnect');
        return socket;
      };
      const ask = async (socket: TLSSocket): Promise<string> => {
        socket.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
        return String((await once(socket, 'data'))[0]);
      };
      const held = await dial();
      running.push({ stop: () => void held.destroy() });
      expect(await ask(held)).toMatch(/^HTTP\/1.1 200 OK\r\n/);
      await worker.apply(2, [await certificate('two.test')]);
      const fresh = await dial();
      running.push({ stop: () => void fresh.destroy() });
      expect([held, fresh].map((socket) => socket.getPeerCertificate().subject.CN)).toEqual([
        'one.test',
        'two.test',
      ]);
      expect(await ask(held)).toMatch(/^HTTP\/1.1 200 OK\r\n/);
      const plain = connect(port, '127.0.0.1');
      plain.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
      expect(String((await once(plain, 'data'))[0])).toMatch(/^HTTP\/1.1 400 /);
      await once(plain, 'close');
    },
  );

  it('reports a port that is taken', async () => {
    const worker = new TestWorker();
    running.push(worker);
    const taken = await aMember('x');
    const { troubles } = await worker.apply(1, [aListener(taken.port, null)]);
    expect(troubles).toMatchObject([
      { kind: 'listener', id: 'l', reason: expect.stringContaining('EADDRINUSE') },
    ]);
  });
});
