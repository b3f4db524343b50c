import {
  aListener,
  askOnce,
  type BuiltListener,
  type Elbow,
  expectStatus,
  poll,
  type RawClient,
  runLoad,
  scriptedBackend,
  type ScriptedBackend,
  startElbow,
} from '@elbow/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';

// A worker that ends in the middle of TLS traffic leaves the process, the other workers and their clients alone, also
// where native code holds its sockets. Its own thread is told to misbehave by way of the inspector.

const workers = 3;
/** A worker that says nothing for five seconds is replaced. */
const silenceMs = 30_000;
let elbow: Elbow;
let backend: ScriptedBackend;
let built: BuiltListener;

beforeEach(async () => {
  elbow = await startElbow({ workers, env: { NODE_OPTIONS: '--inspect-port=127.0.0.1:0' } });
  backend = await scriptedBackend();
  built = await aListener(elbow, { members: [backend] });
});
afterEach(async () => {
  await elbow?.stop();
  await backend?.stop();
});

it.each([
  ['throws', 'void setTimeout(() => { throw new Error("planted by a test"); })'],
  ['never comes back, and is terminated', 'void setTimeout(() => { for (;;); })'],
])('a worker under load %s: the process and the others go on', async (_, code) => {
  const { capabilities } = expectStatus(await elbow.api.call('GET', '/elbow/v1/capabilities'), 200).json;
  expect(capabilities.tls_engine).toBe('native');
  const { node } = await elbow.pids();
  const kept = await Promise.all(Array.from({ length: 24 }, () => built.connect()));
  await Promise.all(kept.map((client) => ask(client, 0)));
  const load = runLoad({ url: `${built.url}/`, clients: 24, durationSeconds: 9 });
  await backend.until(() => backend.requests.length > 300, 'traffic');
  const inspector = await inspect(elbow, node);
  await inspector.runInWorker(code);
  await poll(() => /worker died/.test(elbow.log), { timeoutMs: silenceMs, what: 'the death of a worker' });
  await elbow.untilReady();
  for (let at = 0; at < 30; at++) expect((await askOnce(built)).status).toBe(200);
  const outcomes = await Promise.all(kept.map((client) => ask(client, 1).catch(() => null)));
  const survivors = outcomes.filter((status) => status === 200).length;
  // By chance the worker may have had none of them, and never all.
  expect(survivors).toBeGreaterThan(0);
  expect(outcomes.filter((status) => status !== 200 && status !== null)).toEqual([]);
  expect((await load).succeeded).toBeGreaterThan(300);
  expect((await elbow.pids()).node).toBe(node);
  const { workers: answers } = await elbow.askWorkers();
  expect(answers.map(({ state }) => state)).toEqual(Array.from({ length: workers }, () => 'serving'));
  inspector.close();
  kept.forEach((client) => client.close());
});

/** One request on a connection that is kept. @returns the status; rejects when the connection is gone */
async function ask(client: RawClient, at: number): Promise<number> {
  client.write('GET / HTTP/1.1\r\nHost: www.example.test\r\n\r\n');
  return (await client.answer(at, 10_000)).status;
}

interface Inspector {
  /** Runs code in the first worker thread that there is. */
  runInWorker(code: string): Promise<void>;
  close(): void;
}

interface FromInspector {
  readonly method?: string;
  readonly params?: { readonly sessionId: string; readonly workerInfo: { readonly title: string } };
}

async function inspect(daemon: Elbow, pid: number): Promise<Inspector> {
  process.kill(pid, 'SIGUSR1');
  const url = await poll(() => /Debugger listening on (ws:\S+)/.exec(daemon.log)?.[1] ?? null, {
    timeoutMs: 10_000,
    what: 'the inspector',
  });
  const socket = new WebSocket(url);
  const threads: string[] = [];
  socket.addEventListener('message', ({ data }) => {
    const { method, params } = JSON.parse(String(data)) as FromInspector;
    if (method !== 'NodeWorker.attachedToWorker' || params === undefined) return;
    if (params.workerInfo.title.includes('elbow worker')) threads.push(params.sessionId);
  });
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const send = (method: string, params: object): void =>
    socket.send(JSON.stringify({ id: 1, method, params }));
  send('NodeWorker.enable', { waitForDebuggerOnStart: false });
  return {
    runInWorker: async (expression) => {
      const sessionId = await poll(() => threads[0] ?? null, { timeoutMs: 10_000, what: 'a worker thread' });
      const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } });
      send('NodeWorker.sendMessageToWorker', { sessionId, message });
    },
    close: () => socket.close(),
  };
}
