import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { HoldingRelay, runOrThrow, SClientTalk, testAuthority, Waiters } from '@elbow/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { nativeTicketKey } from './native-context.ts';
import { createReplayFilter, takeEarlyDataAfter } from './native-replay-filter.ts';
import { BUILD_MS, buildForTests, type TestWish } from './native-testing.ts';
import type { TestWorkerData, TestWorkerReport } from './native-testing-worker.ts';

const REQUEST = 'GET /early HTTP/1.1\r\n\r\n';
const DEADLINE_MS = 15_000;
let folder: string;
let settings: TestWish;
let authorityPem: string;
const toStop: (() => unknown)[] = [];

beforeAll(async () => {
  buildForTests();
  folder = mkdtempSync(join(tmpdir(), 'elbow-early-'));
  writeFileSync(join(folder, 'request'), REQUEST);
  const authority = await testAuthority();
  authorityPem = authority.certificatePem;
  const ticketKeys = [nativeTicketKey(Buffer.alloc(32, 1), 'early')];
  settings = { pair: await authority.issue(['early.example']), wish: { takesEarlyData: true, ticketKeys } };
}, BUILD_MS);

// Every step starts programs, on machines that are busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A worker with an engine, and everything it reported. */
class WorkerNode {
  readonly reports: TestWorkerReport[] = [];
  readonly changes = new Waiters();
  port = 0;

  constructor(worker: Worker) {
    worker.on('message', (report: TestWorkerReport) => {
      this.reports.push(report);
      if (report.kind === 'listening') this.port = report.port;
      this.changes.changed();
    });
  }

  count(kind: TestWorkerReport['kind']): number {
    return this.reports.filter((report) => report.kind === kind).length;
  }

  get earlyRequests(): number {
    return this.reports.filter((report) => report.kind === 'data' && report.isEarly).length;
  }

  until(holds: () => boolean, what: string): Promise<void> {
    return this.changes.until(holds, DEADLINE_MS, () => `${what}: ${JSON.stringify(this.reports)}`);
  }
}

interface NodeWish {
  readonly settings?: TestWish['wish'];
  readonly does?: TestWorkerData['does'];
}

async function startNode(replayFilter: SharedArrayBuffer | null, wish: NodeWish = {}): Promise<WorkerNode> {
  const workerData: TestWorkerData = {
    listener: { ...settings, wish: { ...settings.wish, ...wish.settings } },
    replayFilter,
    does: wish.does ?? 'facts',
  };
  const worker = new Worker(new URL('./native-testing-worker.ts', import.meta.url), {
    workerData,
    execArgv: [],
  });
  toStop.push(() => worker.terminate());
  const node = new WorkerNode(worker);
  await node.until(() => node.port !== 0, 'listening');
  return node;
}

function open(port: number, words: readonly string[]): SClientTalk {
  const client = new SClientTalk({ vip: '127.0.0.1', port }, ['-servername', 'early.example', ...words]);
  toStop.push(() => client.kill());
  return client;
}

function holdingRelay(port: number): HoldingRelay {
  const relay = new HoldingRelay({ host: '127.0.0.1', port });
  toStop.push(() => relay.stop());
  return relay;
}

/** A full handshake. @returns the file with its ticket */
async function ticketFrom(port: number, words: readonly string[] = []): Promise<string> {
  const file = join(folder, `ticket-${toStop.length}-${port}`);
  const client = open(port, ['-sess_out', file, ...words]);
  client.send('question\n');
  await client.sees(/"isResumed":false/); // the answer comes after the tickets
  await client.leave();
  return file;
}

function earlyWords(ticket: string): readonly string[] {
  return ['-sess_in', ticket, '-early_data', join(folder, 'request')];
}

/** Sends recorded bytes as they are, and leaves once the server has answered them. */
async function replay(flight: Buffer, node: WorkerNode): Promise<void> {
  const before = node.count('closed');
  const socket = connect(node.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(flight);
  await once(socket, 'data');
  socket.destroy();
  await node.until(() => node.count('closed') > before, 'end of the replayed connection');
}

/** A first flight with early data, as it went over the wire to `node`. */
async function recordFlight(node: WorkerNode): Promise<Buffer> {
  const ticket = await ticketFrom(node.port);
  const relay = holdingRelay(node.port);
  const client = open(await relay.listen(), earlyWords(ticket));
  await node.until(() => node.earlyRequests === 1, 'the early request');
  relay.release();
  await client.sees(/Early data was accepted/);
  await client.leave();
  return Buffer.concat(relay.firstFlight);
}

describe('early data', () => {
  it('is delivered and answered before the client has finished the handshake', async () => {
    const node = await startNode(createReplayFilter({ quietSeconds: 0 }));
    const ticket = await ticketFrom(node.port);
    const relay = holdingRelay(node.port);
    const client = open(await relay.listen(), earlyWords(ticket));
    await node.until(() => node.earlyRequests === 1, 'the early request');
    // The server's flight and, in records of their own after it, the answer: more than 300 bytes of JSON.
    await relay.changes.until(() => relay.heldBytes > 400, DEADLINE_MS, 'the early answer');
    expect(node.reports).toContainEqual({ kind: 'data', isEarly: true, text: REQUEST });
    expect(node.count('handshakeDone')).toBe(0);
    relay.release();
    await node.until(() => node.count('handshakeDone') === 1, 'the end of the handshake');
    await client.sees(/"earlyData":"accepted".*"isEarly":true/);
    await client.sees(/Early data was accepted/);
    client.send('later\n');
    await client.sees(/"earlyData":"accepted".*"isEarly":false/);
    await client.leave();
  });

  it('can be answered in full and closed before the handshake is over, which goes on while nobody reads', async () => {
    const filter = createReplayFilter({ quietSeconds: 0 });
    const ticket = await ticketFrom((await startNode(filter)).port);
    const node = await startNode(filter, { does: 'answer and end' });
    const relay = holdingRelay(node.port);
    const client = open(await relay.listen(), earlyWords(ticket));
    await relay.changes.until(() => relay.heldBytes > 300_000, DEADLINE_MS, 'the early answer');
    expect(node.count('handshakeDone')).toBe(0);
    relay.release();
    await client.sees(/ the end/);
    expect(client.output.includes(`${'x'.repeat(300_000)} the end`)).toBe(true);
    await node.until(() => node.count('closed') === 1, 'the end of the connection');
    expect(node.count('handshakeDone')).toBe(1);
  });

  it('is taken by another worker than the one that gave the ticket', async () => {
    const filter = createReplayFilter({ quietSeconds: 0 });
    const [first, second] = await Promise.all([startNode(filter), startNode(filter)]);
    const ticket = await ticketFrom(first.port);
    const client = open(second.port, earlyWords(ticket));
    await client.sees(/Early data was accepted/);
    await second.until(() => second.count('data') === 1, 'the early request');
    await client.leave();
  });

  it('is delivered once: a copy is refused by the same worker and by another', async () => {
    const filter = createReplayFilter({ quietSeconds: 0 });
    const [first, second] = await Promise.all([startNode(filter), startNode(filter)]);
    // Another filter in another process would know nothing of it: what refuses the copy is the shared memory.
    const control = await startNode(createReplayFilter({ quietSeconds: 0 }));
    const flight = await recordFlight(first);
    await replay(flight, first);
    await replay(flight, second);
    expect([first.earlyRequests, second.earlyRequests]).toEqual([1, 0]);
    await replay(flight, control);
    await control.until(() => control.earlyRequests === 1, 'the copy where nothing is shared');
  });

  it('is refused while the filter is young, full, or absent, and the handshake goes on without it', async () => {
    const young = await startNode(createReplayFilter());
    const full = await startNode(createReplayFilter({ quietSeconds: 0, cells: 8 }));
    const absent = await startNode(null);
    for (const node of [young, full, absent]) {
      const client = open(node.port, earlyWords(await ticketFrom(node.port)));
      await client.sees(/Early data was rejected/);
      client.send('again\n');
      await client.sees(/"isResumed":true,"earlyData":"refused".*"isEarly":false/);
      expect(node.earlyRequests).toBe(0);
      await client.leave();
    }
  });

  it('can be left to a successor while the node runs', async () => {
    const filter = createReplayFilter({ quietSeconds: 0 });
    const node = await startNode(filter);
    const ticket = await ticketFrom(node.port);
    takeEarlyDataAfter(filter, Infinity);
    const refused = open(node.port, earlyWords(ticket));
    await refused.sees(/Early data was rejected/);
    await refused.leave();
    takeEarlyDataAfter(filter, 0);
    const taken = open(node.port, earlyWords(ticket));
    await taken.sees(/Early data was accepted/);
    await taken.leave();
  });

  it('is not offered where clients show certificates, nor over TLS 1.2', async () => {
    const clients = { authoritiesPem: authorityPem, revocationsPem: null };
    const node = await startNode(createReplayFilter({ quietSeconds: 0 }), { settings: { clients } });
    const ticket = await ticketFrom(node.port);
    expect(await runOrThrow('openssl', ['sess_id', '-in', ticket, '-noout', '-text'])).not.toMatch(
      /Max Early Data: [^0]/,
    );
    const unasked = await startNode(createReplayFilter({ quietSeconds: 0 }));
    const old = open(unasked.port, ['-tls1_2']);
    old.send('question\n');
    await old.sees(/"version":"TLSv1.2"/);
    await old.leave();
  });
});
