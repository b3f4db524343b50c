import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  aCertificate,
  aListener,
  aLoadBalancer,
  lossesOf,
  runLoad,
  scriptedBackend,
  startElbow,
} from '@elbow/testkit';
import type { ApiAnswer, BuiltListener, Elbow, LoadResult, ScriptedBackend } from '@elbow/testkit';
import { quantileOf } from './statistics.ts';

// `npm run bench:changes`: how long changes take to be live beside a thousand listeners, and whether requests are lost.

const LISTENERS = 1000;
const CHANGES = 1000;
const perLoadBalancer = 50;
const quotas = 'loadbalancer=-1,listener=-1,pool=-1,certificate=-1';

const dataDir = mkdtempSync(join(tmpdir(), 'elbow-changes-'));
const elbow = await startElbow({ workers: 2, dataDir, arguments: ['--quotas', quotas] });
const backends = await Promise.all(['a', 'b', 'c'].map((name) => scriptedBackend({ name })));
try {
  await measure();
} finally {
  await elbow.stop();
  await Promise.all(backends.map((backend) => backend.stop()));
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const createMs = await timed(() => addListeners(elbow));
  console.log(`${LISTENERS} listeners made in ${(createMs / 1000).toFixed(1)} s, each answered when live`);
  await elbow.stop();
  const startMs = await timed(() => elbow.start());
  console.log(`start to ready with ${LISTENERS} listeners: ${(startMs / 1000).toFixed(1)} s`);
  const built = await aListener(elbow, { members: backends.slice(0, 2).map(placeOf) });
  const loads: LoadResult[] = [];
  const progress = { isOver: false };
  const load = loadUntil(built, progress, loads);
  const live = await change(built);
  progress.isOver = true;
  await load;
  report(live, loads);
}

async function addListeners(daemon: Elbow): Promise<void> {
  for (let made = 0; made < LISTENERS; made += perLoadBalancer) {
    const loadBalancer = await aLoadBalancer(daemon);
    await Promise.all(
      Array.from({ length: perLoadBalancer }, (_, index) =>
        daemon.api.create('listener', {
          loadbalancer_id: loadBalancer.id,
          protocol: 'HTTP',
          protocol_port: 10_000 + index,
        }),
      ),
    );
  }
}

/** Load runs as long as changes do; h2load takes a time, not an event, so one short run follows another. */
async function loadUntil(
  built: BuiltListener,
  progress: { readonly isOver: boolean },
  loads: LoadResult[],
): Promise<void> {
  while (!progress.isOver)
    loads.push(await runLoad({ url: `${built.url}/`, clients: 8, durationSeconds: 4 }));
}

/** A mix of changes one after another. @returns milliseconds until each was live on all workers */
async function change(built: BuiltListener): Promise<readonly number[]> {
  const { api } = elbow;
  const members = `pools/${built.pool.id}/members`;
  const listener = `listeners/${built.listener.id}`;
  const first = built.members[0]!.id;
  const spare = (await aCertificate(elbow)).id;
  const certificates = [spare, built.certificate!.id];
  const live: number[] = [];
  const note = (answer: ApiAnswer): ApiAnswer => {
    if (answer.status >= 300) throw new Error(`${answer.status}: ${JSON.stringify(answer.json)}`);
    live.push(Number(answer.headers['x-elbow-live']));
    return answer;
  };
  for (let round = 0; live.length < CHANGES; round += 1) {
    const { address, port } = backends[2]!;
    const added = note(await api.call('POST', members, { member: { address, protocol_port: port } }));
    note(await api.call('PUT', `${members}/${first}`, { member: { weight: 1 + (round % 9) } }));
    const timers = { client_timeout: 30 + (round % 30), keepalive_timeout: 60 + (round % 30) };
    note(await api.call('PUT', listener, { listener: timers }));
    const shown = { default_tls_container_ref: certificates[round % 2] };
    note(await api.call('PUT', listener, { listener: shown }));
    const rules = [{ type: 'PATH', compare_type: 'STARTS_WITH', value: `/round-${round}/` }];
    const policy = {
      listener_id: built.listener.id,
      redirect_pool_id: built.pool.id,
      action: 'REDIRECT_TO_POOL',
      rules,
    };
    const made = note(await api.call('POST', 'l7policies', { l7policy: policy }));
    note(await api.call('DELETE', `l7policies/${made.json.l7policy.id}`));
    note(await api.call('DELETE', `${members}/${added.json.member.id}`));
  }
  return live;
}

function report(live: readonly number[], loads: readonly LoadResult[]): void {
  const pending = live.filter((ms) => Number.isNaN(ms)).length;
  const known = live.filter((ms) => !Number.isNaN(ms));
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => quantileOf(known, share));
  console.log(
    `${live.length} changes, live after p50 ${p50} ms, p99 ${p99} ms, at most ${most} ms; ${pending} pending`,
  );
  const lost = loads
    .map(lossesOf)
    .flatMap((losses) => Object.values(losses))
    .reduce((sum, count) => sum + count, 0);
  const total = loads.reduce((sum, { total: count }) => sum + count, 0);
  console.log(`${total} requests beside them, ${lost} failed`);
}

function placeOf({ address, port }: ScriptedBackend): { address: string; port: number } {
  return { address, port };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
