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

/** Routing policies of the everything-on set-up: as many as one listener may have by default. */
const policyCount = 100;

/** Makes certificate, listener, pool and member for a case, each by one call of the v3 API. */
export async function addListener(house: House, { certificate, setup }: BenchCase): Promise<Target> {
  const { api, bench, loadBalancer, capabilities } = house;
  const [port] = await freePorts(1);
  const listener = await api.create('listener', {
    loadbalancer_id: loadBalancer.id,
    protocol: 'HTTPS',
    protocol_port: port,
    default_tls_container_ref: await addCertificate(api, bench.certificates[certificate]),
    tls_ciphers_policy: 'tls-1-2-fs-with-1-3',
    ...(capabilities.has('http2') ? { http2_enable: true } : {}),
    ...(setup === 'everything-on' ? everythingOn : {}),
  });
  const wish = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', listener_id: listener.id };
  const pool = await api.create('pool', wish);
  await api.addMember(pool.id, { address: '127.0.0.1', protocol_port: bench.backendPort });
  if (setup === 'everything-on') await addPolicies(api, listener.id, pool.id);
  await house.untilReady();
  return { status: 'ready', host: loadBalancer.vip, port: port! };
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

/** Policies that no request of the benchmark matches: each request has to be checked against all of them. */
async function addPolicies(api: ApiClient, listenerId: string, poolId: string): Promise<void> {
  for (let index = 0; index < policyCount; index += 1) {
    const l7policy = {
      listener_id: listenerId,
      action: 'REDIRECT_TO_POOL',
      redirect_pool_id: poolId,
      priority: index + 1,
      rules: [{ type: 'PATH', compare_type: 'STARTS_WITH', value: `/section-${index}/` }],
    };
    expectStatus(await api.call('POST', 'l7policies', { l7policy }), 201);
  }
}

async function addCertificate(api: ApiClient, files: CertificateFiles): Promise<string> {
  const { id } = await api.create('certificate', {
    type: 'server',
    certificate: await readFile(files.certificatePath, 'utf8'),
    private_key: await readFile(files.keyPath, 'utf8'),
  });
  return id;
}
