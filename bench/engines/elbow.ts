import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApiClient, expectStatus } from '@elbow/testkit';
import type { Credentials } from '@elbow/testkit';
import type { BenchCase } from '../cases.ts';
import { waitUntilUp } from '../child-processes.ts';
import { freePorts } from '../ports.ts';
import { addListener } from './elbow-listener.ts';
import type { House } from './elbow-listener.ts';
import type { Bench, Engine, Target } from './engine.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the cases with large tables need more of than there is by default. */
const quotas = 'l7policies_per_listener=10000,l7policy=-1,ipgroup_max_length=100000,member=-1';

/** Starts the daemon as users do, with one worker, and sets it up through its API alone. */
export async function startElbow(bench: Bench, name: 'elbow' | 'elbow-node-tls'): Promise<Engine> {
  const [adminPort] = await freePorts(1);
  const admin = `127.0.0.1:${adminPort}`;
  const dataDir = join(bench.dir, name);
  const engine = name === 'elbow' ? 'auto' : 'node';
  const settings = ['--data-dir', dataDir, '--admin', admin, '--workers', '1', '--tls-engine', engine];
  const program = bench.children.start({
    name,
    command: process.execPath,
    args: [join(root, 'apps/elbow/src/main.ts'), 'serve', ...settings, '--quotas', quotas],
    cpu: bench.engineCpu,
    env: bench.profileDir === undefined ? {} : profiled(bench.profileDir),
  });
  const untilReady = () => waitUntilUp(program, () => isReady(admin), 30_000);
  await untilReady();
  const api = new ApiClient((await readJson(join(dataDir, 'credentials.json'))) as Credentials);
  const house: House = { ...(await buildHouse(api, bench)), untilReady };
  return {
    name,
    version: ((await readJson(join(root, 'package.json'))) as { version: string }).version,
    rootPid: program.pid,
    logPath: program.logPath,
    dataPlanePid: await nodePid(api),
    prepare: (benchCase) => prepare(house, benchCase),
  };
}

/** Samples every 500 µs, which costs a few µs per request; each process and thread writes its profile when it ends. */
function profiled(dir: string): Readonly<Record<string, string>> {
  return { NODE_OPTIONS: `--cpu-prof --cpu-prof-interval=500 --cpu-prof-dir=${dir}` };
}

async function isReady(admin: string): Promise<boolean> {
  try {
    return (await fetch(`http://${admin}/readyz`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

async function buildHouse(api: ApiClient, bench: Bench): Promise<Omit<House, 'untilReady'>> {
  const loadBalancer = await api.create('loadbalancer', {
    name: 'bench',
    availability_zone_list: ['az1'],
    ip_target_enable: true,
  });
  const vip = loadBalancer['vip_address'] as string;
  const capabilities = await readCapabilities(api);
  return { api, bench, loadBalancer: { id: loadBalancer.id, vip }, capabilities, targets: new Map() };
}

async function nodePid(api: ApiClient): Promise<number | undefined> {
  const { json } = expectStatus(await api.call('GET', '/elbow/v1/nodes'), 200);
  return (json as { nodes: readonly { process_id: number }[] }).nodes[0]?.process_id;
}

async function readCapabilities(api: ApiClient): Promise<ReadonlySet<string>> {
  const { json } = expectStatus(await api.call('GET', '/elbow/v1/capabilities'), 200);
  const { capabilities } = json as { readonly capabilities: Readonly<Record<string, unknown>> };
  return new Set(Object.keys(capabilities).filter((name) => capabilities[name] === true));
}

async function prepare(house: House, benchCase: BenchCase): Promise<Target> {
  const missing = benchCase.needs.filter((name) => !house.capabilities.has(name));
  if (missing.length > 0) {
    return { status: 'skipped', reason: `the daemon cannot do ${missing.join(', ')} yet` };
  }
  const key = `${benchCase.certificate} ${benchCase.setup}`;
  const target = house.targets.get(key) ?? (await addListener(house, benchCase));
  house.targets.set(key, target);
  return target;
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8')) as unknown;
}
