import { readFile } from 'node:fs/promises';
import { expectStatus } from '@elbow/testkit';
import type { ApiClient } from '@elbow/testkit';
import type { BenchCase } from '../cases.ts';
import type { CertificateFiles } from '../certificates.ts';
import { freePorts } from '../ports.ts';
import type { Bench, Target } from './engine.ts';

/** What our daemon has for all cases. */
export interface House {
  readonly api: ApiClient;
  readonly bench: Bench;
  readonly loadBalancer: { readonly id: string; readonly vip: string };
  readonly capabilities: ReadonlySet<string>;
  /** Resolves once every worker serves the newest plan; a write that was answered `pending` may take longer than its answer. */
  readonly untilReady: () => Promise<void>;
  /** Listeners made so far, by certificate and set-up. */
  readonly targets: Map<string, Target>;
}

/** Routing policies: as many as one listener may have by default, and a hundred times that. */
const policyCounts = { plain: 0, 'everything-on': 100, 'large-tables': 10_000, compressing: 0 } as const;
/** Members of the pool. All but one have weight 0: connections to hundreds of addresses are not what is measured. */
const memberCounts = { plain: 1, 'everything-on': 1, 'large-tables': 500, compressing: 1 } as const;
/** Addresses of the whitelist of the large tables, beside those of the load. */
const addressCount = 100_000 - 1;
/** Writes that are on their way at a time: those that wait for the workers together are one change for them. */
const writers = 32;

/** Makes certificate, listener, pool and member for a case, each by one call of the v3 API. */
export async function addListener(house: House, { certificate, setup }: BenchCase): Promise<Target> {
  const { api, bench, capabilities } = house;
  const loadBalancer = setup === 'everything-on' ? await loggedLoadBalancer(api) : house.loadBalancer;
  const [port] = await freePorts(1);
  const listener = await api.create('listener', {
    loadbalancer_id: loadBalancer.id,
    protocol: 'HTTPS',
    protocol_port: port,
    default_tls_container_ref: await addCertificate(api, bench.certificates[certificate]),
    tls_ciphers_policy: 'tls-1-2-fs-with-1-3',
    ...(capabilities.has('http2') ? { http2_enable: true } : {}),
    ...(certificate === 'mutual'
      ? { client_ca_tls_container_ref: await addAuthority(api, bench.certificates.mutual) }
      : {}),
    ...(setup === 'everything-on' ? everythingOn : {}),
    ...(setup === 'compressing' ? { gzip_enable: true } : {}),
    ...(setup === 'large-tables' ? await largeTables(api) : {}),
  });
  const wish = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', listener_id: listener.id };
  const pool = await api.create('pool', wish);
  await addMembers(api, { poolId: pool.id, port: bench.backendPort, count: memberCounts[setup] });
  await addPolicies(api, { listenerId: listener.id, poolId: pool.id, count: policyCounts[setup] });
  await house.untilReady();
  return { status: 'ready', host: loadBalancer.vip, port: port! };
}

/** A load balancer of its own whose requests go to the access log: a log tank switches it on. */
async function loggedLoadBalancer(api: ApiClient): Promise<House['loadBalancer']> {
  const { id, vip_address } = await api.create('loadbalancer', {
    name: 'bench-logged',
    availability_zone_list: ['az1'],
    ip_target_enable: true,
  });
  const logtank = { loadbalancer_id: id, log_group_id: 'bench', log_topic_id: 'bench' };
  expectStatus(await api.call('POST', 'logtanks', { logtank }), 201);
  return { id, vip: vip_address as string };
}

const everythingOn = {
  enhance_l7policy_enable: true,
  insert_headers: {
    'X-Forwarded-ELB-IP': true,
    'X-Forwarded-Port': true,
    'X-Forwarded-For-Port': true,
    'X-Forwarded-Host': true,
    'X-Forwarded-Proto': true,
    'X-Real-IP': true,
  },
};

/** A whitelist of single addresses far apart, so that no two of them become one range. */
async function largeTables(api: ApiClient): Promise<object> {
  const ip_list = Array.from({ length: addressCount }, (_, index) => {
    const number = index * 2;
    return { ip: `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}` };
  });
  const group = await api.create('ipgroup', { ip_list: [...ip_list, { ip: '127.0.0.0/8' }] });
  return {
    enhance_l7policy_enable: true,
    ipgroup: { ipgroup_id: group.id, type: 'white', enable_ipgroup: true },
  };
}

interface PolicyWish {
  readonly listenerId: string;
  readonly poolId: string;
  readonly count: number;
}

/** Policies that no request of the benchmark matches: each request has to be checked against all of them. */
function addPolicies(api: ApiClient, { listenerId, poolId, count }: PolicyWish): Promise<void> {
  return eachOf(count, async (index) => {
    const l7policy = {
      listener_id: listenerId,
      action: 'REDIRECT_TO_POOL',
      redirect_pool_id: poolId,
      priority: index + 1,
      rules: [{ type: 'PATH', compare_type: 'STARTS_WITH', value: `/section-${index}/` }],
    };
    expectStatus(await api.call('POST', 'l7policies', { l7policy }), 201);
  });
}

interface MemberWish {
  readonly poolId: string;
  readonly port: number;
  readonly count: number;
}

function addMembers(api: ApiClient, { poolId, port, count }: MemberWish): Promise<void> {
  return eachOf(count, async (index) => {
    const address = index === 0 ? '127.0.0.1' : `127.2.${index >> 8}.${index & 255}`;
    await api.addMember(poolId, { address, protocol_port: port, weight: index === 0 ? 1 : 0 });
  });
}

async function eachOf(count: number, write: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const writeRest = async (): Promise<void> => {
    while (next < count) await write(next++);
  };
  await Promise.all(Array.from({ length: writers }, writeRest));
}

async function addAuthority(api: ApiClient, { certificatePath }: CertificateFiles): Promise<string> {
  const { id } = await api.create('certificate', {
    type: 'client',
    certificate: await readFile(certificatePath, 'utf8'),
  });
  return id;
}

async function addCertificate(api: ApiClient, files: CertificateFiles): Promise<string> {
  const { id } = await api.create('certificate', {
    type: 'server',
    certificate: await readFile(files.certificatePath, 'utf8'),
    private_key: await readFile(files.keyPath, 'utf8'),
  });
  return id;
}
