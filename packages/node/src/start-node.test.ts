import { once } from 'node:events';
import { createServer as createHttpServer, request } from 'node:http';
import type { ServerResponse } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LogLevel, Observation } from '@elbow/plan';
import { freePort, listenOn } from '@elbow/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startNode } from './start-node.ts';
import type { NodeOptions, RunningNode } from './start-node.ts';
import { listenerChunk, planOf, poolChunk } from './testing/chunks.ts';
import { ScriptedControl } from './testing/scripted-control.ts';

const flawedWorker = new URL('./testing/flawed-worker.ts', import.meta.url);
const WORKERS = 4;
const BODY = 'from the member';

let control: ScriptedControl;
let dataDir: string;
let member: Server;
let logged: { level: LogLevel; message: string }[];
const running: RunningNode[] = [];

beforeEach(async () => {
  control = new ScriptedControl();
  await control.listen();
  dataDir = mkdtempSync(join(tmpdir(), 'elbow-node-data-'));
  member = createHttpServer((_request, response) => response.end(BODY)).listen(0, '127.0.0.1');
  await once(member, 'listening');
  logged = [];
});

afterEach(async () => {
  for (const node of running.splice(0)) await node.close(0);
  await control.close();
  member.close();
  rmSync(dataDir, { recursive: true });
});

function settingsFor(workers: number): NodeOptions['settings'] {
  return {
    dataDir,
    workers,
    availabilityZone: 'az1',
    tlsEngine: 'node',
    resolvers: [],
    compressionCpuPercent: 0,
    admin: { host: '127.0.0.1', port: 8700 },
    allowsLoopbackMembers: true,
    allowsLinkLocalMembers: false,
  };
}

async function start(options: Partial<NodeOptions> = {}): Promise<RunningNode> {
  const node = await startNode({
    settings: settingsFor(WORKERS),
    socketPath: control.socketPath,
    sealingKey: new Uint8Array(32),
    features: { http2: false },
    log: (level, message) => logged.push({ level, message }),
    ...options,
  });
  running.push(node);
  return node;
}

function get(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, agent: false }, (response) => {
      let text = '';
      response.setEncoding('latin1').on('data', (part: string) => (text += part));
      response.on('end', () => resolve(text));
    })
      .on('error', reject)
      .end();
  });
}

function memberPort(): number {
  return (member.address() as AddressInfo).port;
}

/** A connection that was admitted: it has got an answer, and stays open. */
function holdConnection(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
    socket.once('data', () => resolve(socket));
    socket.once('close', () => reject(new Error('closed without an answer')));
    socket.on('error', reject);
  });
}

async function untilRefused(port: number): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (!isOpen) return;
    await delay(10);
  }
  throw new Error(`port ${port} is still open`);
}

const allServe =
  (revision: number) =>
  ({ observation }: { observation: Observation }): boolean =>
    observation.revision === revision && observation.workers.every(({ state }) => state === 'serving');

const served = (revision: number) => (message: { observation: { revision: number } }) =>
  message.observation.revision === revision;

describe('startNode', { timeout: 60_000 }, () => {
  it('serves a plan from the control process and says so once every worker does', async () => {
    const port = await freePort();
    await start();
    await control.hear('hello', ({ revision, hashes }) => revision === 0 && hashes.length === 0);
    control.sayPlan(
      planOf(7, [listenerChunk({ id: 'web', port, defaultPoolId: 'p' }), poolChunk('p', [memberPort()])]),
    );
    const { observation } = await control.hear('observed', served(7));
    expect(observation.troubles).toEqual([]);
    expect(await get(port)).toBe(BODY);
    control.say({ type: 'ask-workers', id: 3 });
    const { workers } = await control.hear('workers', ({ id }) => id === 3);
    expect(workers.map(({ id, revision, state }) => ({ id, revision, state }))).toEqual(
      Array.from({ length: WORKERS }, (_, id) => ({ id, revision: 7, state: 'serving' })),
    );
  });

  it('serves the plan of the last run without a control process, and names its chunks when one comes', async () => {
    const port = await freePort();
    const plan = planOf(5, [
      listenerChunk({ id: 'web', port, defaultPoolId: 'p' }),
      poolChunk('p', [memberPort()]),
    ]);
    const first = await start();
    await control.hear('hello');
    control.sayPlan(plan);
    await control.hear('observed', served(5));
    running.splice(0);
    await first.close(0);
    await expect(get(port)).rejects.toThrow('ECONNREFUSED');
    const second = await start({ socketPath: join(control.directory, 'nobody.sock') });
    expect(second.isServing).toBe(true);
    expect(await get(port)).toBe(BODY);
    running.splice(0);
    await second.close(0);
    await start();
    const { hashes } = await control.hear('hello', ({ revision }) => revision === 5);
    expect([...hashes].sort()).toEqual([...plan.chunks.keys()].sort());
  });

  it('sets a broken plan file aside and starts with nothing', async () => {
    const first = await start();
    running.splice(0);
    await first.close(0);
    const file = join(dataDir, 'plan', 'plan.json');
    writeFileSync(file, readFileSync(file).subarray(0, 20));
    expect((await start()).isServing).toBe(true);
    await control.hear('hello', ({ revision }) => revision === 0);
    expect(logged).toContainEqual({ level: 'error', message: 'the plan file is broken and was set aside' });
    expect(readFileSync(`${file}.broken`).length).toBe(20);
  });

  it('refuses a plan that breaks a rule, keeps the one before and stays connected', async () => {
    const port = await freePort();
    await start();
    await control.hear('hello');
    control.sayPlan(
      planOf(1, [listenerChunk({ id: 'web', port, defaultPoolId: 'p' }), poolChunk('p', [memberPort()])]),
    );
    await control.hear('observed', served(1));
    control.sayPlan(planOf(2, [listenerChunk({ id: 'web', port, defaultPoolId: 'missing' })]));
    const { revision, hashes } = await control.hear('refused');
    expect({ revision, hashes: hashes.length }).toEqual({ revision: 2, hashes: 2 });
    expect(await get(port)).toBe(BODY);
  });

  it('leaves out a listener whose port another program has, with the reason, and serves the rest', async () => {
    const taken = createServer();
    const { port: takenPort } = await listenOn(taken);
    const port = await freePort();
    await start();
    await control.hear('hello');
    const chunks = [listenerChunk({ id: 'web', port }), listenerChunk({ id: 'late', port: takenPort })];
    control.sayPlan(planOf(1, chunks));
    const { observation } = await control.hear('observed', served(1));
    expect(observation.troubles).toEqual([
      { kind: 'listener', id: 'late', reason: expect.stringContaining('already in use by another program') },
    ]);
    expect(await get(port)).toContain('503');
    taken.close();
    await once(taken, 'close');
    control.sayPlan(planOf(2, chunks));
    expect((await control.hear('observed', served(2))).observation.troubles).toEqual([]);
    expect(await get(takenPort)).toContain('503');
  });

  it('takes over a port from one of its own listeners to another', async () => {
    const port = await freePort();
    await start();
    await control.hear('hello');
    control.sayPlan(planOf(1, [listenerChunk({ id: 'old', port })]));
    await control.hear('observed', served(1));
    control.sayPlan(
      planOf(2, [listenerChunk({ id: 'new', port, defaultPoolId: 'p' }), poolChunk('p', [memberPort()])]),
    );
    expect((await control.hear('observed', served(2))).observation.troubles).toEqual([]);
    expect(await get(port)).toBe(BODY);
  });

  it('says hello again after the connection was lost, and serves on meanwhile', async () => {
    const port = await freePort();
    await start();
    await control.hear('hello');
    control.sayPlan(
      planOf(4, [listenerChunk({ id: 'web', port, defaultPoolId: 'p' }), poolChunk('p', [memberPort()])]),
    );
    await control.hear('observed', served(4));
    control.hangUp();
    expect(await get(port)).toBe(BODY);
    await control.hear('hello', ({ revision }) => revision === 4);
  });

  it('drops a control process that talks nonsense, dials again and serves on', async () => {
    const port = await freePort();
    await start();
    const first = await control.hear('hello');
    control.sayPlan(planOf(1, [listenerChunk({ id: 'web', port })]));
    await control.hear('observed', served(1));
    control.say({ type: 'nonsense' });
    const second = await control.hear('hello', (hello) => hello !== first);
    expect(second.revision).toBe(1);
    expect(await get(port)).toContain('503');
  });

  it('answers a plan that changes nothing', async () => {
    const port = await freePort();
    await start();
    await control.hear('hello');
    const plan = planOf(1, [listenerChunk({ id: 'web', port })]);
    control.sayPlan(plan);
    await control.hear('observed', allServe(1));
    control.heard.length = 0;
    control.sayPlan(plan);
    await control.hear('observed', allServe(1));
  });

  it.each(['throws', 'eats'])(
    'rolls back a listener that %s in two workers, and serves the rest',
    async (flaw) => {
      const [port, flawedPort] = [await freePort(), await freePort()];
      await start({ entry: flawedWorker, workerHeapMb: 24 });
      await control.hear('hello');
      const good = [listenerChunk({ id: 'web', port, defaultPoolId: 'p' }), poolChunk('p', [memberPort()])];
      control.sayPlan(planOf(1, good));
      await control.hear('observed', served(1));
      control.sayPlan(planOf(2, [...good, listenerChunk({ id: flaw, port: flawedPort })]));
      const { observation } = await control.hear('observed', allServe(2));
      expect(observation.troubles).toEqual([
        { kind: 'listener', id: flaw, reason: expect.stringContaining('rolled back: two workers died') },
      ]);
      expect(await get(port)).toBe(BODY);
      await expect(get(flawedPort)).rejects.toThrow('ECONNREFUSED');
      const kept = JSON.parse(readFileSync(join(dataDir, 'plan', 'plan.json'), 'utf8')) as {
        manifest: { entries: unknown[] };
      };
      expect(kept.manifest.entries).toHaveLength(2);
    },
  );

  it('replaces a worker that hangs', async () => {
    const [port, flawedPort] = [await freePort(), await freePort()];
    await start({ entry: flawedWorker, settings: settingsFor(2) });
    await control.hear('hello');
    control.sayPlan(planOf(1, [listenerChunk({ id: 'web', port })]));
    await control.hear('observed', served(1));
    control.sayPlan(
      planOf(2, [listenerChunk({ id: 'web', port }), listenerChunk({ id: 'hangs', port: flawedPort })]),
    );
    await control.hear('observed', ({ observation }) => observation.revision === 2);
    expect(logged).toContainEqual({ level: 'error', message: 'worker died' });
    expect(await get(port)).toContain('503');
  });

  it('gives back the places of connections that died with their workers, exactly', async () => {
    const [port, flawedPort] = [await freePort(), await freePort()];
    await start({ entry: flawedWorker });
    await control.hear('hello');
    const limits = { newConnectionsPerSecond: 0, concurrentConnections: 4, flavor: null };
    const web = listenerChunk({ id: 'web', port, limits });
    control.sayPlan(planOf(1, [web]));
    await control.hear('observed', served(1));
    const held = await Promise.all(Array.from({ length: 4 }, () => holdConnection(port)));
    await expect(holdConnection(port)).rejects.toThrow();
    const gone = Promise.all(held.map((socket) => once(socket, 'close')));
    // Every worker is given this plan, so every worker dies of it.
    control.sayPlan(planOf(2, [web, listenerChunk({ id: 'throws', port: flawedPort })]));
    await gone;
    await control.hear('observed', allServe(2));
    const again = await Promise.all(Array.from({ length: 4 }, () => holdConnection(port)));
    await expect(holdConnection(port)).rejects.toThrow();
    for (const socket of again) socket.destroy();
  });

  it('lets an answer in flight finish when it is closed', async () => {
    const port = await freePort();
    const node = await start();
    await control.hear('hello');
    control.sayPlan(
      planOf(1, [listenerChunk({ id: 'web', port, defaultPoolId: 'p' }), poolChunk('p', [memberPort()])]),
    );
    await control.hear('observed', served(1));
    const arrived = new Promise<ServerResponse>((resolve) => {
      member.removeAllListeners('request').once('request', (_request, response) => resolve(response));
    });
    const answer = get(port);
    const response = await arrived;
    running.splice(0);
    const closed = node.close(10_000);
    await untilRefused(port);
    response.end('late but whole');
    expect(await answer).toBe('late but whole');
    await closed;
  });
});
