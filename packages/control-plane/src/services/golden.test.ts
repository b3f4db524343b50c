import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiFixture, apiFixture, countedIds } from '../testing/api-fixture.ts';

const testdata = join(import.meta.dirname, 'testdata');
const pem = (name: string): string => readFileSync(join(testdata, name), 'utf8');

let api: ApiFixture;
beforeAll(async () => {
  api = await apiFixture({ newId: countedIds() });
});
afterAll(() => api.close());

const id = (count: number): string => `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;

/**
 * One story, told request by request. What the API says is a contract with clients: a change of these files is a
 * change of the API. A load balancer takes two ids, its own and that of its VIP's port.
 */
const story: readonly (readonly [string, string, string, unknown?])[] = [
  [
    'create-load-balancer',
    'POST',
    'loadbalancers',
    {
      loadbalancer: {
        name: 'edge',
        availability_zone_list: ['az1'],
        vip_address: '127.0.0.10',
        ip_target_enable: true,
        l7_flavor_id: '5b1d8c02-5a0c-4c6e-9c3f-000000000701',
        tags: [{ key: 'env', value: 'prod' }],
      },
    },
  ],
  [
    'create-certificate',
    'POST',
    'certificates',
    {
      certificate: {
        name: 'shop',
        type: 'server',
        domain: 'shop.example.test,*.shop.example.test',
        certificate: pem('server-certificate.pem'),
        private_key: pem('server-key.pem'),
      },
    },
  ],
  [
    'create-listener',
    'POST',
    'listeners',
    {
      listener: {
        name: 'https-443',
        description: 'shop',
        loadbalancer_id: id(1),
        protocol: 'HTTPS',
        protocol_port: 443,
        default_tls_container_ref: id(3).replaceAll('-', ''),
        tls_ciphers_policy: 'tls-1-2-fs-with-1-3',
        http2_enable: true,
        keepalive_timeout: 75,
        member_timeout: 120,
        cps: 5000,
        connection: 100_000,
        enhance_l7policy_enable: true,
        insert_headers: {
          'X-Forwarded-Port': true,
          'X-Forwarded-Host': true,
          'X-Forwarded-For-Processing-Mode': 'append',
        },
        protection_status: 'consoleProtection',
        protection_reason: 'managed by code',
        tags: [{ key: 'env', value: 'prod' }],
      },
    },
  ],
  [
    'create-listener-twice',
    'POST',
    'listeners',
    {
      listener: { loadbalancer_id: id(1), protocol: 'HTTP', protocol_port: 443 },
    },
  ],
  [
    'create-pool',
    'POST',
    'pools',
    {
      pool: { name: 'web', protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', listener_id: id(4), type: 'ip' },
    },
  ],
  [
    'create-member',
    'POST',
    `pools/${id(6)}/members`,
    {
      member: { name: 'web-1', address: '127.0.9.1', protocol_port: 8080, weight: 10 },
    },
  ],
  [
    'update-listener',
    'PUT',
    `listeners/${id(4)}`,
    {
      listener: { name: 'https', security_policy_id: null, quic_config: null, client_timeout: 30 },
    },
  ],
  ['update-listener-port', 'PUT', `listeners/${id(4)}`, { listener: { protocol_port: 8443 } }],
  ['show-load-balancer', 'GET', `loadbalancers/${id(1)}`],
  ['show-status-tree', 'GET', `loadbalancers/${id(1)}/statuses`],
  ['list-listeners', 'GET', 'listeners?limit=1'],
  ['list-all-members', 'GET', 'members'],
  ['list-availability-zones', 'GET', 'availability-zones'],
  ['list-flavors', 'GET', 'flavors?type=L7&limit=2'],
  ['show-quota', 'GET', 'quotas'],
  ['list-versions', 'GET', '/versions'],
  ['list-subnets', 'GET', '/elbow/v1/subnets'],
  [
    'change-tags',
    'POST',
    `/v3/PROJECT/loadbalancers/${id(1)}/tags/action`,
    { action: 'create', tags: [{ key: 'team', value: 'shop' }] },
  ],
  ['show-tags', 'GET', `/v2.0/PROJECT/loadbalancers/${id(1)}/tags`],
  ['list-tags', 'GET', '/v3/PROJECT/loadbalancers/tags'],
  [
    'batch-add-members',
    'POST',
    `pools/${id(6)}/members/batch-add`,
    {
      members: [
        { address: '127.0.9.1', protocol_port: 8080 },
        { address: '127.0.9.2', protocol_port: 8080, weight: 5 },
      ],
    },
  ],
  [
    'batch-create-load-balancers',
    'POST',
    'loadbalancers/batch-create',
    { loadbalancer: { name: 'many', availability_zone_list: ['az1'], number: 2 } },
  ],
  ['clone-load-balancer', 'POST', `loadbalancers/${id(1)}/clone`, { count: 1 }],
  ['batch-delete-pools', 'POST', 'pools/batch-delete', { pools: [id(6), id(999)] }],
  ['delete-listener-in-use', 'DELETE', `listeners/${id(4)}`],
  ['delete-listener-force', 'DELETE', `listeners/${id(4)}/force`],
  [
    'create-log-tank',
    'POST',
    'logtanks',
    { logtank: { loadbalancer_id: id(1), log_group_id: 'group', log_topic_id: 'topic' } },
  ],
  ['list-log-tanks', 'GET', 'logtanks'],
  ['show-topology', 'GET', `loadbalancers/${id(1)}/topology`],
  ['list-features', 'GET', `loadbalancers/${id(1)}/features`],
  ['list-feature-configs', 'GET', 'feature/configs?feature=layer4'],
  ['switch-recycle-bin-on', 'PUT', 'recycle-bin', { recycle_bin: { enable: true } }],
  [
    'change-recycle-bin-policy',
    'PUT',
    'recycle-bin/policy',
    { recycle_bin: { policy: { retention_hour: 24 } } },
  ],
  ['delete-to-recycle-bin', 'DELETE', `loadbalancers/${id(1)}`],
  ['list-recycle-bin', 'GET', 'recycle-bin/loadbalancers'],
  ['recover-from-recycle-bin', 'PUT', `recycle-bin/loadbalancers/${id(1)}/recover`],
  ['list-jobs', 'GET', 'jobs'],
  ['show-private-key-echo', 'GET', 'certificates/settings/private-key-echo'],
  ['create-standby-pool', 'POST', 'master-slave-pools', { pool: {} }],
  ['upgrade-load-balancer', 'POST', `loadbalancers/${id(1)}/upgrade`, {}],
];

const steps = story.map(([name, method, path, body]) => ({ name, method, path, body }));

it.each(steps)('$name', async ({ name, method, path, body }) => {
  const { status, json } = await api.call(method, path.replace('PROJECT', api.account.projectId), body);
  const text = JSON.stringify({ request: { method, path, body }, answer: { status, body: json } }, null, 2)
    .replaceAll(api.account.projectId, 'PROJECT')
    .replaceAll(/"request_id": "[0-9a-f]{32}"/g, '"request_id": "REQUEST"')
    .replaceAll(/-----BEGIN ([A-Z ]+)-----.*?-----END \1-----(\\n)?/g, (_all, label: string) => `<${label}>`);
  await expect(`${text}\n`).toMatchFileSnapshot(join('testdata', `${name}.json`));
});
