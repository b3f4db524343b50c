import {
  aCertificate,
  aListener,
  expectStatus,
  lossesOf,
  noLoss,
  runLoad,
  scriptedBackend,
  startElbow,
} from '@elbow/testkit';
import type { ApiAnswer, BuiltListener, Elbow, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

// Nothing reloads: a change is there for the next request, on every worker, and costs no request.

let elbow: Elbow;
let backends: readonly ScriptedBackend[];
let built: BuiltListener;

beforeAll(async () => {
  elbow = await startElbow({ workers: 4 });
  backends = await Promise.all(['a', 'b', 'c'].map((name) => scriptedBackend({ name })));
  built = await aListener(elbow, { members: backends.slice(0, 2).map(place) });
});
afterAll(async () => {
  await elbow?.stop();
  await Promise.all((backends ?? []).map((backend) => backend.stop()));
});

function place({ address, port }: ScriptedBackend): { address: string; port: number } {
  return { address, port };
}

/** The answer came after every worker had the change, and says how long that took. */
async function expectLive(answer: ApiAnswer, status: number): Promise<void> {
  expectStatus(answer, status);
  expect(answer.headers['x-elbow-live']).toMatch(/^\d+$/);
  expect(Number(answer.headers['x-elbow-live'])).toBeLessThanOrEqual(2000);
  const { delivered, workers } = await elbow.askWorkers();
  expect(workers.map(({ state, revision }) => ({ state, revision }))).toEqual(
    Array.from({ length: 4 }, () => ({ state: 'serving', revision: delivered })),
  );
}

function change(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
  return elbow.api.call(method, path, body);
}

it('members come, change and go while requests flow: none fails, every worker has each change when it is answered', async () => {
  const pool = `pools/${built.pool.id}/members`;
  const [a, , c] = backends;
  const load = runLoad({ url: `${built.url}/`, clients: 16, durationSeconds: 6 });
  const progress = { isOver: false };
  void load.finally(() => (progress.isOver = true)).catch(() => {});
  await a?.until(() => a.requests.length > 50, 'traffic');
  let round = 0;
  while (!progress.isOver && round < 20) {
    const added = await change('POST', pool, { member: { address: c?.address, protocol_port: c?.port } });
    await expectLive(added, 201);
    const { id } = added.json.member;
    for (const weight of [0, 5, 1])
      await expectLive(await change('PUT', `${pool}/${id}`, { member: { weight } }), 200);
    await expectLive(
      await change('PUT', `pools/${built.pool.id}`, { pool: { name: `round ${round}` } }),
      200,
    );
    await expectLive(
      await change('PUT', `listeners/${built.listener.id}`, { listener: { client_timeout: 30 + round } }),
      200,
    );
    await expectLive(await change('DELETE', `${pool}/${id}`), 204);
    if (!progress.isOver) round += 1;
  }
  expect(round).toBeGreaterThanOrEqual(1);
  const result = await load;
  expect(lossesOf(result)).toEqual(noLoss);
  expect(result.total).toBeGreaterThan(100);
});

it('what was answered holds for the very next request', async () => {
  const pool = `pools/${built.pool.id}/members`;
  const [a, b] = backends;
  const [first] = built.members;
  await expectLive(await change('PUT', `${pool}/${first?.id}`, { member: { weight: 0 } }), 200);
  for (const backend of backends) backend.forget();
  await runLoad({ url: `${built.url}/`, clients: 16, requests: 400 });
  expect([a?.requests.length, b?.requests.length]).toEqual([0, 400]);
  await expectLive(await change('PUT', `${pool}/${first?.id}`, { member: { weight: 3 } }), 200);
  for (const backend of backends) backend.forget();
  await runLoad({ url: `${built.url}/`, clients: 16, requests: 400 });
  expect([a?.requests.length, b?.requests.length]).toEqual([300, 100]);
});

it('a connection that is open keeps the certificate it began with, and outlives the change', async () => {
  const before = await built.connect();
  const serial = serialOf(before);
  const other = await aCertificate(elbow, 'rsa');
  await expectLive(
    await change('PUT', `listeners/${built.listener.id}`, {
      listener: { default_tls_container_ref: other.id },
    }),
    200,
  );
  before.write('GET / HTTP/1.1\r\nHost: www.example.test\r\n\r\n');
  expect((await before.answer()).status).toBe(200);
  expect(serialOf(before)).toBe(serial);
  const after = await built.connect();
  expect(serialOf(after)).not.toBe(serial);
  before.close();
  after.close();
});

it('listeners come and go beside one that is under load', async () => {
  const load = runLoad({ url: `${built.url}/`, clients: 8, durationSeconds: 3 });
  for (let at = 0; at < 8; at++) {
    const body = { loadbalancer_id: built.loadBalancer.id, protocol: 'HTTP', protocol_port: 9100 + at };
    const made = await change('POST', 'listeners', { listener: body });
    await expectLive(made, 201);
    await expectLive(await change('DELETE', `listeners/${made.json.listener.id}`), 204);
  }
  expect(lossesOf(await load)).toEqual(noLoss);
});

function serialOf({ socket }: Awaited<ReturnType<BuiltListener['connect']>>): string {
  if (!('getPeerCertificate' in socket)) throw new Error('not a TLS connection');
  return socket.getPeerCertificate().serialNumber;
}
