import type { ComposeBody, DemoBackendAnswer, LoadBalancerWire } from '@elbow/api';
import { client } from '../api/client.ts';

export const demoSteps = ['loadBalancer', 'certificate', 'backends', 'log', 'listener', 'health'] as const;
export type DemoStep = (typeof demoSteps)[number];

/** What has been made so far; a second try goes on from there. */
export interface DemoParts {
  readonly loadBalancer?: LoadBalancerWire;
  readonly certificateId?: string;
  readonly backends?: readonly DemoBackendAnswer[];
  readonly listenerId?: string;
  readonly poolId?: string;
  readonly hasLog?: boolean;
}

/** By this tag the demo is known again. */
export const demoTag = { key: 'demo', value: 'try-out' } as const;
const hostName = 'demo.elbow.test';
const usualPort = 443;
const highPort = 8443;

/** Makes one part. @throws ApiError */
export async function makePart(step: DemoStep, parts: DemoParts, description: string): Promise<DemoParts> {
  switch (step) {
    case 'loadBalancer':
      return parts.loadBalancer === undefined
        ? { ...parts, loadBalancer: await makeLoadBalancer(description) }
        : parts;
    case 'certificate': {
      if (parts.certificateId !== undefined) return parts;
      const address = parts.loadBalancer?.vip_address ?? null;
      const names = [hostName, ...(address === null ? [] : [address])];
      const certificate = { name: 'demo', names };
      const { body } = await client.createDemoCertificate({ body: { certificate } });
      return { ...parts, certificateId: body.certificate.id };
    }
    case 'backends':
      return { ...parts, backends: (await client.startDemoBackends({ body: {} })).body.backends };
    case 'listener': {
      if (parts.listenerId !== undefined) return parts;
      const { body } = await client.composeListener({ body: await composition(parts) });
      return { ...parts, listenerId: body.listener?.id ?? '', poolId: body.pool?.id ?? '' };
    }
    case 'log':
      return parts.hasLog === true ? parts : makeLog(parts);
    case 'health':
      await untilHealthy(parts.poolId ?? '');
      return parts;
  }
}

async function makeLoadBalancer(description: string): Promise<LoadBalancerWire> {
  const zones = (await client.listAvailabilityZones()).body.availability_zones.flat().map(({ code }) => code);
  const loadbalancer = {
    name: 'demo',
    description,
    availability_zone_list: zones,
    ip_target_enable: true,
    tags: [demoTag],
  };
  return (await client.createLoadBalancer({ body: { loadbalancer } })).body.loadbalancer;
}

const lookMs = 300;
const mostLooks = 100;

/** Servers get no request before a check has found them well. Gives up in silence: the page shows how they are. */
async function untilHealthy(poolId: string): Promise<void> {
  for (let look = 0; look < mostLooks; look += 1) {
    const { members } = (await client.listMembers({ params: { pool_id: poolId } })).body;
    if (members.every(({ operating_status: status }) => status === 'ONLINE')) return;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}

async function makeLog(parts: DemoParts): Promise<DemoParts> {
  const logtank = {
    loadbalancer_id: parts.loadBalancer?.id ?? '',
    log_group_id: 'elbow',
    log_topic_id: 'access-log',
  };
  await client.createLogtank({ body: { logtank } });
  return { ...parts, hasLog: true };
}

async function composition({ loadBalancer, certificateId, backends = [] }: DemoParts): Promise<ComposeBody> {
  const lowest = (await client.showCapabilities()).body.capabilities.lowest_port;
  const loadBalancerId = loadBalancer?.id ?? '';
  return {
    listener: {
      name: 'demo-https',
      loadbalancer_id: loadBalancerId,
      protocol: 'HTTPS',
      protocol_port: lowest <= usualPort ? usualPort : Math.max(lowest, highPort),
      default_tls_container_ref: certificateId ?? null,
      tls_ciphers_policy: 'tls-1-2-fs-with-1-3',
      http2_enable: true,
      enhance_l7policy_enable: true,
    },
    pool: {
      loadbalancer_id: loadBalancerId,
      name: 'demo-servers',
      type: 'ip',
      protocol: 'HTTP',
      lb_algorithm: 'ROUND_ROBIN',
    },
    members: backends.map(({ name, address, protocol_port }) => ({
      name,
      address,
      protocol_port,
      weight: 1,
    })),
    healthmonitor: { type: 'HTTP', delay: 2, timeout: 1, max_retries: 1, url_path: '/' },
  };
}

/** Takes all of it away again. @throws ApiError */
export async function removeDemo(loadBalancerId: string, certificateIds: readonly string[]): Promise<void> {
  await client.deleteLoadBalancerForce({ params: { loadbalancer_id: loadBalancerId } });
  for (const id of certificateIds) await client.deleteCertificate({ params: { certificate_id: id } });
  await client.stopDemoBackends();
}
