import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aListener } from '@elbow/testkit';
import { aPolicy, rule } from '../conformance/policy-kit.ts';
import type { Site } from './open-console.ts';

/** One page of the console as the address bar has it, and the route it stands for. */
export interface SitePage {
  readonly route: string;
  readonly path: string;
}

const areas = join(import.meta.dirname, '..', '..', 'apps', 'console', 'src');

/** Every route that an area of the console declares. */
export function declaredRoutes(): readonly string[] {
  const files = readdirSync(areas, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('/area.ts'),
  );
  const texts = files.map((path) => readFileSync(join(areas, path), 'utf8'));
  const found = texts.flatMap((text) => [...text.matchAll(/path: '([^']+)',\s+page:/g)]);
  return [...new Set(found.map(([, path = '']) => path))].toSorted();
}

const tabs = {
  loadBalancer: ['summary', 'listeners', 'pools', 'monitoring', 'logs', 'tags'],
  listener: ['summary', 'policies', 'pools', 'monitoring', 'tags'],
  pool: ['summary', 'members', 'usage'],
  ipGroup: ['addresses', 'listeners'],
  tlsPolicies: ['default', 'custom', 'compare'],
} as const;

/** Makes one of everything, so that no page of the console is empty, and says where the pages are. */
export async function furnish(site: Site): Promise<readonly SitePage[]> {
  const { api } = site.elbow;
  const built = await aListener(site.elbow, {
    members: [{ address: '127.0.0.1', port: 9, weight: 10 }],
    fields: {
      name: 'shop',
      enhance_l7policy_enable: true,
      tags: [{ key: 'env', value: 'prod' }],
    },
    loadBalancer: { name: 'edge', tags: [{ key: 'env', value: 'prod' }] },
  });
  await api.create('healthmonitor', {
    pool_id: built.pool.id,
    type: 'HTTP',
    delay: 1,
    timeout: 1,
    max_retries: 1,
    max_retries_down: 1,
  });
  const { id: ipGroupId } = await api.create('ipgroup', {
    name: 'office',
    ip_list: [{ ip: '127.0.0.0/8', description: 'here' }],
  });
  await api.update('listener', built.listener.id, { ipgroup: { ipgroup_id: ipGroupId, type: 'white' } });
  await aPolicy(site.elbow, {
    name: 'old paths',
    listener_id: built.listener.id,
    action: 'REDIRECT_TO_POOL',
    redirect_pool_id: built.pool.id,
    rules: [rule('PATH', 'STARTS_WITH', '/old')],
  });
  return pagesOf({
    loadBalancerId: built.loadBalancer.id,
    listenerId: built.listener.id,
    poolId: built.pool.id,
    ipGroupId,
  });
}

interface Ids {
  readonly loadBalancerId: string;
  readonly listenerId: string;
  readonly poolId: string;
  readonly ipGroupId: string;
}

function pagesOf({ loadBalancerId, listenerId, poolId, ipGroupId }: Ids): readonly SitePage[] {
  const tabbed = (route: string, base: string, names: readonly string[]): readonly SitePage[] =>
    names.map((name) => ({ route, path: `${base}/${name}` }));
  return [
    ...['/overview', '/lbs', '/pools', '/certificates', '/ip-groups', '/quotas', '/account', '/try-out'].map(
      asItIs,
    ),
    ...['/system/nodes', '/system/activity', '/system/users'].map(asItIs),
    { route: '/lbs/:loadBalancerId/listeners/new', path: `/lbs/${loadBalancerId}/listeners/new` },
    ...tabbed('/lbs/:loadBalancerId/:tab?', `/lbs/${loadBalancerId}`, tabs.loadBalancer),
    ...tabbed('/listeners/:listenerId/:tab?', `/listeners/${listenerId}`, tabs.listener),
    ...tabbed('/pools/:poolId/:tab?', `/pools/${poolId}`, tabs.pool),
    ...tabbed('/ip-groups/:ipGroupId/:tab?', `/ip-groups/${ipGroupId}`, tabs.ipGroup),
    ...tabbed('/tls-policies/:tab?', '/tls-policies', tabs.tlsPolicies),
  ];
}

function asItIs(path: string): SitePage {
  return { route: path, path };
}
