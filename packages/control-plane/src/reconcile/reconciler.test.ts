import { once } from 'node:events';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  sampleHttpListener,
  sampleHttpsListener,
  sampleLoadBalancer,
  sampleTree,
} from './testing/sample-tree.ts';
import { encodeMessage, type HealthCheck } from '@elbow/plan';
import { openStore, type Store } from '@elbow/store';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReconciler, type Reconciler } from './reconciler.ts';
import { hash, ScriptedNode } from './testing/scripted-node.ts';
import { changeMember, storeTree } from './testing/stored-tree.ts';

const aCheck: HealthCheck = {
  type: 'TCP',
  port: null,
  domainName: null,
  virtualAddress: null,
  path: '/',
  method: 'GET',
  expectedCodes: [],
  intervalMs: 3000,
  timeoutMs: 3000,
  healthyThreshold: 1,
  unhealthyThreshold: 1,
  sourceAddresses: [],
};

let directory: string;
let socketPath: string;
let store: Store;
let reconciler: Reconciler;
let events: string[];
const nodes: ScriptedNode[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'elbow-reconcile-'));
  socketPath = join(directory, 'run', 'node.sock');
  store = await openStore({ directory: ':memory:' });
  events = [];
  reconciler = make(store);
});

afterEach(async () => {
  vi.useRealTimers();
  for (const node of nodes.splice(0)) await node.close();
  await reconciler.stop();
  await store.close();
  await rm(directory, { recursive: true });
});

function make(store: Store): Reconciler {
  const log = (level: string, message: string, facts?: object) =>
    void events.push(`${level} ${message} ${JSON.stringify(facts)}`);
  return createReconciler({ store, socketPath, hash, nowMs: Date.now, log });
}

async function connect(id?: string, plan?: ScriptedNode['plan']): Promise<ScriptedNode> {
  const node = await ScriptedNode.connect(socketPath, id, plan);
  nodes.push(node);
  return node;
}

/** A started reconciler, the sample tree stored, and a node that serves it. */
async function servedTree(): Promise<ScriptedNode> {
  const revision = await storeTree(store);
  await reconciler.start();
  const node = await connect();
  await node.follow();
  expect(await reconciler.whenLive(revision, 5_000)).toBe(true);
  return node;
}

describe('delivery', () => {
  it('brings everything that is stored to a node that has nothing', async () => {
    const revision = await storeTree(store);
    await reconciler.start();
    const node = await connect();
    const message = await node.follow();
    expect(message.manifest.revision).toBe(revision);
    expect(Object.keys(message.chunks)).toHaveLength(3);
    expect(node.plan.pools.get('pool-1')?.members).toHaveLength(2);
  });

  it('sends only the chunk that a change made anew', async () => {
    const node = await servedTree();
    const revision = await changeMember(store, { port: 9000 });
    reconciler.notify();
    const message = await node.follow();
    expect(Object.values(message.chunks)).toMatchObject([{ kind: 'pool' }]);
    expect(message.manifest.revision).toBe(revision);
    expect(await reconciler.whenLive(revision, 5_000)).toBe(true);
  });

  it('moves the revision of a node when a touch changed nothing', async () => {
    const node = await servedTree();
    const { revision } = await store.write(async (writer) => writer.touch('lb-1'));
    reconciler.notify();
    expect(await node.follow()).toMatchObject({ manifest: { revision }, chunks: {} });
  });

  it('takes away what is gone or switched off', async () => {
    const node = await servedTree();
    await store.write(async (writer) => {
      await writer.update('loadBalancer', sampleLoadBalancer({ isAdminStateUp: false }));
      writer.touch('lb-1');
    });
    reconciler.notify();
    expect((await node.follow()).manifest.entries).toEqual([]);
  });

  it('sends no chunk again after a restart of the control process', async () => {
    const node = await servedTree();
    await reconciler.stop();
    await once(node.socket, 'close');
    reconciler = make(store);
    await reconciler.start();
    const again = await connect('node-1', node.plan);
    const message = await again.follow();
    expect(message.chunks).toEqual({});
    expect(again.plan).toEqual(node.plan);
    expect(await reconciler.whenLive(node.plan.revision, 5_000)).toBe(true);
  });

  it('merges changes while a plan is not acknowledged', async () => {
    const node = await servedTree();
    await changeMember(store, { port: 9001 });
    reconciler.notify();
    const first = await node.nextPlan();
    for (const port of [9002, 9003, 9004]) {
      await changeMember(store, { port });
      reconciler.notify();
    }
    const newest = (await store.changesSince(0)).revision;
    expect(node.unread).toBe(0);
    node.apply(first);
    const second = await node.follow();
    expect(second.manifest.revision).toBe(newest);
    expect(await reconciler.whenLive(newest, 5_000)).toBe(true);
    expect(node.unread).toBe(0);
  });

  it('does not wait for ever for a node that does not acknowledge', async () => {
    const node = await servedTree();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await changeMember(store, { port: 9001 });
    reconciler.notify();
    await node.nextPlan();
    const revision = await changeMember(store, { port: 9002 });
    reconciler.notify();
    expect(node.unread).toBe(0);
    vi.advanceTimersByTime(2_000);
    expect((await node.nextPlan()).manifest.revision).toBe(revision);
  });

  it('finds a change that nobody told it about', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const node = await servedTree();
    const revision = await changeMember(store, { port: 9000 });
    vi.advanceTimersByTime(30_000);
    expect((await node.nextPlan()).manifest.revision).toBe(revision);
  });

  it('finds a change that was not even touched', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const node = await servedTree();
    await store.write((writer) =>
      writer.update('loadBalancer', sampleLoadBalancer({ isAdminStateUp: false })),
    );
    vi.advanceTimersByTime(30_000);
    expect((await node.nextPlan()).manifest.entries).toEqual([]);
  });
});

describe('whenLive', () => {
  it('is false after the time limit while no node is there, and true at once for nothing', async () => {
    await reconciler.start();
    expect(await reconciler.whenLive(1, 20)).toBe(false);
    expect(await reconciler.whenLive(0, 20)).toBe(true);
  });

  it('waits for a node that comes later', async () => {
    const revision = await storeTree(store);
    await reconciler.start();
    const live = reconciler.whenLive(revision, 5_000);
    await (await connect()).follow();
    expect(await live).toBe(true);
  });

  it('waits for every node, and not for one that left', async () => {
    const node = await servedTree();
    const other = await connect('node-2');
    await other.follow();
    await changeMember(store, { port: 9000 });
    const { revision } = await store.changesSince(0);
    reconciler.notify();
    const live = vi.fn<(isLive: boolean) => void>();
    const waiting = reconciler.whenLive(revision, 5_000).then(live);
    await node.follow();
    await vi.waitFor(() => expect(reconciler.nodes()[0]?.observation?.revision).toBe(revision));
    await other.nextPlan();
    expect(live).not.toHaveBeenCalled();
    await other.close();
    await waiting;
    expect(live).toHaveBeenCalledWith(true);
  });

  it('does not believe a node about revisions that this store never had', async () => {
    await storeTree(store);
    await reconciler.start();
    const node = await connect();
    const message = await node.nextPlan();
    node.plan = { ...node.plan, revision: 900 };
    node.observe();
    expect(await reconciler.whenLive(message.manifest.revision, 50)).toBe(false);
    node.apply(message);
    expect(await reconciler.whenLive(message.manifest.revision, 5_000)).toBe(true);
  });

  it('does not call a revision live whose changes could not be read', async () => {
    const revision = await storeTree(store);
    let isBroken = true;
    const shaky: Store = {
      ...store,
      closed: store.closed,
      changesSince: (after) => store.changesSince(after),
      write: (work) => store.write(work),
      close: () => store.close(),
      read: (work) => (isBroken ? Promise.reject(new Error('disk on fire')) : store.read(work)),
    };
    reconciler = make(shaky);
    await reconciler.start();
    const node = await connect();
    expect(await reconciler.whenLive(revision, 50)).toBe(false);
    expect(node.unread).toBe(0);
    expect(reconciler.readiness()).toEqual({ isReady: false, reason: 'the first plan is not made yet' });
    expect(events.join('\n')).toContain('disk on fire');
    isBroken = false;
    reconciler.notify();
    await node.follow();
    expect(await reconciler.whenLive(revision, 5_000)).toBe(true);
  });
});

describe('what is known about nodes', () => {
  it('is ready when every worker serves the newest plan', async () => {
    await reconciler.start();
    expect(reconciler.readiness()).toMatchObject({ isReady: false, reason: 'no node is connected' });
    const node = await connect();
    await node.follow();
    await vi.waitFor(() => expect(reconciler.readiness().isReady).toBe(true));
    const workers = [...node.workers(), { id: 1, revision: 0, state: 'starting' as const, connections: 0 }];
    node.send({ type: 'observed', observation: { revision: 0, workers, troubles: [] } });
    await vi.waitFor(() => expect(reconciler.readiness().reason).toContain('1 of 2 workers'));
  });

  it('asks every worker of every node, now', async () => {
    const node = await servedTree();
    const asking = reconciler.askWorkers();
    node.send({ type: 'workers', id: await node.nextQuestion(), workers: node.workers() });
    expect(await asking).toEqual([{ nodeId: 'node-1', workers: node.workers() }]);
    const unanswered = reconciler.askWorkers();
    await node.nextQuestion();
    await node.close();
    expect(await unanswered).toEqual([{ nodeId: 'node-1', workers: [] }]);
  });

  it('knows what nodes found out about members, as of their last word', async () => {
    const node = await servedTree();
    const found = { memberId: 'member-1', status: 'ONLINE' as const, sinceMs: 5, reason: null };
    expect(reconciler.memberHealth('member-1')).toBeNull();
    node.send({ type: 'health', isWhole: true, members: [found, { ...found, memberId: 'member-2' }] });
    await vi.waitFor(() => expect(reconciler.memberHealth('member-1')).toEqual(found));
    const reason = { code: 'CONNECT_REFUSED' as const, message: 'refused', expected: null, actual: null };
    const down = { ...found, status: 'OFFLINE' as const, reason };
    node.send({ type: 'health', isWhole: false, members: [down] });
    await vi.waitFor(() => expect(reconciler.memberHealth('member-1')).toEqual(down));
    expect(reconciler.memberHealth('member-2')).toMatchObject({ status: 'ONLINE' });
    node.send({ type: 'health', isWhole: true, members: [down] });
    await vi.waitFor(() => expect(reconciler.memberHealth('member-2')).toBeNull());
    await node.close();
    await vi.waitFor(() => expect(reconciler.memberHealth('member-1')).toBeNull());
  });

  it('believes the worst that one of the nodes says of a member', async () => {
    const [one, two] = [await servedTree(), await connect('node-2')];
    const found = { memberId: 'member-1', sinceMs: 5, reason: null };
    one.send({ type: 'health', isWhole: true, members: [{ ...found, status: 'ONLINE' }] });
    two.send({ type: 'health', isWhole: true, members: [{ ...found, status: 'OFFLINE' }] });
    await vi.waitFor(() => expect(reconciler.memberHealth('member-1')?.status).toBe('OFFLINE'));
    two.send({ type: 'health', isWhole: true, members: [] });
    await vi.waitFor(() => expect(reconciler.memberHealth('member-1')?.status).toBe('ONLINE'));
  });

  it('has a node check a member', async () => {
    const node = await servedTree();
    const asking = reconciler.checkMember('pool-1', 'member-1');
    const transcript = { isHealthy: true, reason: null, steps: [{ atMs: 0, text: 'connected' }] };
    node.send({ type: 'checked', id: await node.nextQuestion(), transcript });
    expect(await asking).toEqual(transcript);
    const unserved = reconciler.checkMember('pool-1', 'member-9');
    node.send({ type: 'checked', id: await node.nextQuestion(), transcript: null });
    expect(await unserved).toBeNull();
  });

  it('has every node try a place', async () => {
    const [one, two] = [await servedTree(), await connect('node-2')];
    await two.follow();
    const asking = reconciler.probe({ address: '10.0.0.9', port: 80, check: aCheck });
    const transcript = { isHealthy: true, reason: null, steps: [{ atMs: 0, text: 'connected' }] };
    one.send({ type: 'checked', id: await one.nextQuestion(), transcript });
    two.send({ type: 'checked', id: await two.nextQuestion(), transcript: null });
    expect(await asking).toEqual([
      { nodeId: expect.any(String), transcript },
      { nodeId: 'node-2', transcript: null },
    ]);
  });

  it('joins what does not compile and what a node cannot serve', async () => {
    await storeTree(
      store,
      sampleTree({ listeners: [sampleHttpListener(), sampleHttpsListener({ securityPolicy: 'none' })] }),
    );
    await reconciler.start();
    const node = await connect();
    await node.follow();
    node.observe([{ kind: 'listener', id: 'listener-http', reason: 'port 80 is taken' }]);
    await vi.waitFor(() => expect(reconciler.troubles()).toHaveLength(2));
    expect(reconciler.troubles()).toEqual([
      { kind: 'listener', id: 'listener-https', reason: 'security policy none does not exist' },
      { kind: 'listener', id: 'listener-http', reason: 'port 80 is taken' },
    ]);
  });

  it('remembers what nodes can do while none is there', async () => {
    await reconciler.start();
    expect(reconciler.capabilities()).toMatchObject({
      lowestPort: 1,
      earlyData: false,
      whyNoEarlyData: 'no node is connected',
      http2: false,
    });
    const node = await connect();
    await node.nextPlan();
    expect(reconciler.capabilities()).toMatchObject({ lowestPort: 1024, earlyData: false, http2: true });
    expect(reconciler.capabilities().whyNoEarlyData).toMatch(/^node \S+: not built$/);
    await node.close();
    await vi.waitFor(() => expect(reconciler.nodes()).toEqual([]));
    expect(reconciler.capabilities().http2).toBe(true);
  });

  it('lets the newest connection speak for a node', async () => {
    const node = await servedTree();
    const again = await connect('node-1', node.plan);
    await again.follow();
    await vi.waitFor(() => expect(node.socket.destroyed).toBe(true));
    expect(reconciler.nodes()).toHaveLength(1);
  });

  it('sends a refused plan once more in full, then says why it is not served', async () => {
    const node = await servedTree();
    const revision = await changeMember(store, { port: 9000 });
    reconciler.notify();
    const refusal = { type: 'refused', revision, reason: 'a rule of mine', hashes: [] } as const;
    expect(Object.keys((await node.nextPlan()).chunks)).toHaveLength(1);
    node.send(refusal);
    expect(Object.keys((await node.nextPlan()).chunks)).toHaveLength(3);
    node.send(refusal);
    await vi.waitFor(() => expect(events.filter((event) => event.includes('refused'))).toHaveLength(2));
    expect(reconciler.readiness().reason).toContain('a rule of mine');
    expect(node.unread).toBe(0);
    await changeMember(store, { port: 9001 });
    reconciler.notify();
    await node.follow();
    await vi.waitFor(() => expect(reconciler.readiness().isReady).toBe(true));
  });
});

describe('the socket', () => {
  it('is for this user alone, and replaces what an earlier process left', async () => {
    await mkdir(dirname(socketPath), { mode: 0o755 });
    await writeFile(socketPath, 'stale');
    await reconciler.start();
    expect((await stat(socketPath)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(socketPath))).mode & 0o777).toBe(0o700);
  });

  it('says why it cannot be opened', async () => {
    await writeFile(dirname(socketPath), 'in the way');
    await expect(reconciler.start()).rejects.toThrow(/EEXIST|ENOTDIR/);
  });

  const hello = {
    id: 'x',
    availabilityZone: '',
    processId: 1,
    runtime: '',
    capabilities: { lowestPort: 0, earlyData: false, whyNoEarlyData: '', tlsEngine: 'node', http2: false },
  };

  it.each<[string, Uint8Array]>([
    ['bytes that are no message', new TextEncoder().encode('\0\0\0\x04GET ')],
    ['a message of another protocol', encodeMessage({ type: 'plan' })],
    ['a report before the hello', encodeMessage({ type: 'workers', id: 1, workers: [] })],
    [
      'a second hello',
      Buffer.concat([1, 2].map(() => encodeMessage({ type: 'hello', node: hello, revision: 0, hashes: [] }))),
    ],
    ['an announcement of four gigabytes', new Uint8Array([255, 255, 255, 255])],
  ])('drops a peer that sends %s', async (_, bytes) => {
    const node = await servedTree();
    const peer = createConnection(socketPath);
    peer.on('error', () => {});
    peer.resume();
    peer.write(bytes);
    await once(peer, 'close');
    expect(events.join('\n')).toContain('warn dropped a node');
    const revision = await changeMember(store, { port: 9000 });
    reconciler.notify();
    await node.follow();
    expect(await reconciler.whenLive(revision, 5_000)).toBe(true);
  });
});
