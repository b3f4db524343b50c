import { testAuthority } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../testing/api-fixture.ts';

type Kind = 'loadbalancer' | 'listener' | 'pool' | 'member' | 'certificate' | 'healthmonitor';
type Values = Readonly<Record<string, readonly unknown[]>>;

let api: ApiFixture;
let bodies: Record<Kind, { collection: string; id: string; good: Record<string, unknown> }>;

beforeAll(async () => {
  api = await apiFixture();
  const files = await (await testAuthority()).issue(['www.example.test']);
  const pem = { certificate: files.certificatePem, private_key: files.keyPem };
  const loadBalancer = { availability_zone_list: ['az1'], ip_target_enable: true };
  const certificate = await api.create('certificates', 'certificate', pem);
  const owner = await api.create('loadbalancers', 'loadbalancer', loadBalancer);
  const listener = {
    loadbalancer_id: owner.id,
    protocol: 'HTTPS',
    protocol_port: 8443,
    default_tls_container_ref: certificate.id,
  };
  const made = await api.create('listeners', 'listener', listener);
  const pool = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', loadbalancer_id: owner.id };
  const target = await api.create('pools', 'pool', pool);
  const member = { address: '127.0.9.1', protocol_port: 80 };
  const members = `pools/${target.id}/members`;
  const first = await api.create(members, 'member', member);
  const monitor = { type: 'HTTP', delay: 5, timeout: 3, max_retries: 3 };
  const watched = await api.create('healthmonitors', 'healthmonitor', { ...monitor, pool_id: target.id });
  const free = await api.create('pools', 'pool', pool);
  bodies = {
    loadbalancer: { collection: 'loadbalancers', id: owner.id, good: loadBalancer },
    listener: { collection: 'listeners', id: made.id, good: { ...listener, protocol_port: 9443 } },
    pool: { collection: 'pools', id: target.id, good: pool },
    healthmonitor: { collection: 'healthmonitors', id: watched.id, good: { ...monitor, pool_id: free.id } },
    member: { collection: members, id: first.id, good: { ...member, protocol_port: 81 } },
    certificate: { collection: 'certificates', id: certificate.id, good: pem },
  };
});
afterAll(() => api.close());

const uuid = '7c1d0f3a-52b8-4e61-9a0d-3f8e6b2c4d10';
const hex = uuid.replaceAll('-', '');
const text = [5, null, {}, 'x'.repeat(256), 'a\u0000b', '\ud800'];
const flag = ['true', 1, null, []];
const id = ['x', 5, '', {}, uuid.toUpperCase()];
const integer = (min: number, max: number): readonly unknown[] => [
  min - 1,
  max + 1,
  min + 0.5,
  `${min}`,
  null,
  {},
  1e300,
];
const named = { name: [...text, '<b>', 'a\nb'], description: text };
const guarded = { protection_status: ['on', 5, {}], protection_reason: [5, 'x'.repeat(256), '<b>'] };
const stamped = { id: [uuid], created_at: ['2024-01-02T03:04:05Z'], updated_at: [null], nmae: ['x'] };
const tags = [
  'x',
  [{}],
  [{ key: '' }],
  [{ key: 'a=b' }],
  [{ key: 'a', value: 5 }],
  [{ key: 'a' }, { key: 'a' }],
  [{ key: 'a', more: 1 }],
  Array.from({ length: 21 }, (_, n) => ({ key: `k${n}` })),
];

/** Every field of every body, with values that it must not have. `fixed` fields can be set on create only. */
const wrong: Readonly<
  Record<Kind, { both: Values; create: Values; fixed: readonly string[]; required: readonly string[] }>
> = {
  loadbalancer: {
    both: {
      ...named,
      ...guarded,
      ...stamped,
      admin_state_up: flag,
      ip_target_enable: flag,
      deletion_protection_enable: flag,
      vip_subnet_cidr_id: id,
      l4_flavor_id: id,
      l7_flavor_id: id,
      elb_virsubnet_ids: ['x', ['x'], [5], {}],
      vip_address: ['x', 5, '::1', '127.0.0.256', '8.8.8.8', '0.0.0.0', '127.0.0.0'],
      waf_failure_action: ['drop', 5],
      ipv6_vip_virsubnet_id: [uuid],
      ipv6_vip_address: ['::1'],
      ipv6_bandwidth: [{ id: uuid }],
      gw_flavor_id: ['x'],
      autoscaling: [{ enable: true }],
      charge_mode: ['lcu'],
      prepaid_options: [{}],
      provisioning_status: ['ACTIVE'],
      operating_status: ['ONLINE'],
      vip_port_id: [uuid],
      ipv6_vip_port_id: [uuid],
      l4_scale_flavor_id: [uuid],
      l7_scale_flavor_id: [uuid],
      elb_virsubnet_type: ['ipv4'],
      eips: [[]],
      publicips: [[]],
      global_eips: [[]],
      listeners: [[]],
      pools: [[]],
      frozen_scene: [null],
      service_lb_mode: ['lb'],
      instance_type: [null],
      instance_id: [null],
      proxy_protocol_extensions: [[]],
      log_group_id: [null],
      log_topic_id: [null],
      custom_qos_limit: [{}],
      user_defined_dns: [{}],
    },
    create: {
      provider: ['x'],
      guaranteed: [false],
      vpc_id: id,
      availability_zone_list: ['az1', [], [5], ['nowhere'], null],
      enterprise_project_id: ['1', ''],
      loadbalancer_type: ['gateway'],
      publicip_ids: ['x', ['x'], [7], {}],
      publicip: [{}],
      tags,
      public_border_group: ['edge'],
      billing_info: ['x'],
    },
    fixed: ['vpc_id', 'availability_zone_list', 'tags', 'provider'],
    required: ['availability_zone_list'],
  },
  listener: {
    both: {
      ...named,
      ...guarded,
      ...stamped,
      enterprise_project_id: ['0'],
      loadbalancers: [[]],
      admin_state_up: [false, null],
      connection_limit: [0, '-1'],
      default_pool_id: id,
      default_tls_container_ref: ['x', 5, uuid],
      client_ca_tls_container_ref: ['x', 5],
      sni_container_refs: [
        ['x'],
        'x',
        [hex, hex],
        Array.from({ length: 51 }, (_, i) => hex.slice(2) + (10 + i)),
      ],
      sni_match_algo: ['x', 5],
      tls_ciphers_policy: ['tls-1-3', 'x', 5],
      security_policy_id: ['x', 5],
      http2_enable: flag,
      ssl_early_data_enable: ['true', 1],
      quic_config: [{}],
      insert_headers: [
        5,
        { 'X-Real-IP': 1 },
        { 'X-Real-Ip': true },
        { 'X-Forwarded-For-Processing-Mode': 'x' },
        { 'X-Forwarded-Tls-Ja3-enable': 'yes' },
        { 'X-Forwarded-TLS-Cipher-alias': 'a b' },
        { 'X-Forwarded-TLS-Cipher-alias': 'x'.repeat(41) },
        { 'X-Forwarded-Clientcert-end-alias': 'Host' },
        { 'X-Forwarded-TLS-Certificate-ID-alias': 'a' },
      ],
      enable_member_retry: flag,
      keepalive_timeout: integer(0, 4_000),
      client_timeout: integer(1, 300),
      member_timeout: integer(1, 300),
      ipgroup: [{}, 5, [], { ipgroup_id: 'x' }, { ipgroup_id: null }, { type: 'white', ipgroup_id: '' }],
      transparent_client_ip_enable: [false],
      proxy_protocol_enable: [true],
      enhance_l7policy_enable: flag,
      gzip_enable: [1, 'on'],
      cps: integer(0, 1_000_000),
      connection: integer(0, 1_000_000),
      nat64_enable: [true],
    },
    create: {
      loadbalancer_id: id,
      protocol: ['TCP', 'UDP', 'TLS', 'QUIC', 'IP', 'https', 5, null],
      protocol_port: integer(1, 65_535),
      port_ranges: [[{ start_port: 1, end_port: 2 }]],
      tags,
    },
    fixed: ['loadbalancer_id', 'protocol', 'protocol_port', 'tags'],
    required: ['loadbalancer_id', 'protocol', 'protocol_port', 'default_tls_container_ref'],
  },
  pool: {
    both: {
      ...named,
      ...guarded,
      ...stamped,
      admin_state_up: [false],
      listeners: [[]],
      loadbalancers: [[]],
      members: [[]],
      healthmonitor_id: [uuid],
      lb_algorithm: ['QUIC_CID', '5_TUPLE_HASH', 'x', 5],
      session_persistence: [
        5,
        [],
        {},
        { type: 'SOURCE_IP' },
        { type: 'x' },
        { type: 'HTTP_COOKIE', cookie_name: 'a' },
        { type: 'APP_COOKIE' },
        { type: 'APP_COOKIE', cookie_name: '' },
        { type: 'APP_COOKIE', cookie_name: 'a b' },
        { type: 'APP_COOKIE', cookie_name: 'a;b' },
        { type: 'APP_COOKIE', cookie_name: 'a\r\nb' },
        { type: 'APP_COOKIE', cookie_name: 'x'.repeat(1025) },
        { type: 'HTTP_COOKIE', persistence_timeout: 0 },
        { type: 'HTTP_COOKIE', persistence_timeout: 1441 },
        { type: 'HTTP_COOKIE', persistence_timeout: '5' },
        { type: 'HTTP_COOKIE', more: 1 },
      ],
      slow_start: [
        5,
        { enable: 'true' },
        { enable: true, duration: 29 },
        { enable: true, duration: 1201 },
        { enable: true, duration: 30.5 },
        { enabled: true },
      ],
      connection_drain: [{ enable: true }],
      pool_health: [5, { minimum_healthy_member_count: 2 }, { minimum_healthy_member_count: -1 }, { min: 1 }],
      az_affinity: [{ enable: true }],
      any_port_enable: [true],
      quic_cid_hash_strategy: [{}],
      type: ['x', 5],
      vpc_id: ['x', 5, uuid],
      member_deletion_protection_enable: ['true', 1],
    },
    create: {
      protocol: ['TCP', 'GRPCS', 'http', 5, null],
      listener_id: id,
      loadbalancer_id: id,
      ip_version: ['v6'],
      public_border_group: ['x'],
      enterprise_project_id: ['1'],
    },
    fixed: ['protocol', 'listener_id', 'loadbalancer_id', 'ip_version'],
    required: ['protocol', 'lb_algorithm'],
  },
  healthmonitor: {
    both: {
      name: named.name,
      ...stamped,
      pools: [[]],
      type: ['UDP_CONNECT', 'GRPCS', 'http', 5, null],
      delay: integer(1, 50),
      timeout: integer(1, 50),
      max_retries: integer(1, 10),
      max_retries_down: integer(1, 10),
      monitor_port: [0, 65_536, '80', 80.5, {}],
      domain_name: ['', '-a.test', '.a', 'a b', 'a_b', 'a\r\nb', 'a/b', 'x'.repeat(101), 5],
      http_method: ['PUT', 'get', 5, ''],
      url_path: ['', 'healthz', '/a b', '/a\r\nb', '/a"b', '/\u00e9', `/${'x'.repeat(80)}`, 5],
      expected_codes: [
        '',
        'x',
        200,
        '199',
        '600',
        '200,',
        '200-',
        '204-200',
        '200 204',
        '200-204-205',
        '200,201,202,203,204,205',
        '0200',
        '0',
        'x'.repeat(65),
      ],
      admin_state_up: flag,
      http_version: ['1.1'],
      sni_enable: [true],
      content_format: ['TEXT'],
    },
    create: { pool_id: id },
    fixed: ['pool_id'],
    required: ['pool_id', 'type', 'delay', 'timeout', 'max_retries'],
  },
  member: {
    both: {
      name: named.name,
      ...stamped,
      protocol_port: integer(1, 65_535),
      weight: integer(0, 100),
      availability_zone: [5, 'x'.repeat(65)],
      ip_version: ['v4'],
      operating_status: ['ONLINE'],
      status: [[]],
      reason: [null],
      member_type: ['ip'],
      instance_id: [''],
    },
    create: {
      address: [
        '',
        'x y',
        5,
        null,
        '127.0.0.1:80',
        '127.0.0.256',
        '0127.0.0.1',
        '127.1',
        'fe80::1%eth0',
        '0.0.0.0',
        '224.0.0.1',
      ],
      subnet_cidr_id: ['x', 5],
    },
    fixed: ['address', 'subnet_cidr_id'],
    required: ['address', 'protocol_port'],
  },
  certificate: {
    both: {
      ...named,
      ...guarded,
      ...stamped,
      id: ['3f9c1e7ab24d4c06a8f1d5e29b70c4d3'],
      common_name: ['x'],
      subject_alternative_names: [[]],
      fingerprint: ['x'],
      expire_time: ['2025-01-01T00:00:00Z'],
      certificate: [
        '',
        'x',
        5,
        null,
        'x'.repeat(65_537),
        '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      ],
      private_key: [
        '',
        'x',
        5,
        null,
        'x'.repeat(8_193),
        '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
        '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----',
      ],
      domain: [
        5,
        'a b',
        '-a.test',
        'a..b',
        '*',
        'a.*.b',
        `${'x'.repeat(64)}.test`,
        Array(101).fill('a.test').join(','),
      ],
      enc_certificate: ['x'],
      enc_private_key: ['x'],
      scm_certificate_id: [5, 'x'.repeat(256)],
      source: ['acme'],
    },
    create: { type: ['server_sm', 'x', 5], enterprise_project_id: ['1'] },
    fixed: ['type', 'enterprise_project_id'],
    required: ['certificate', 'private_key'],
  },
};
/** Terraform writes null for what its configuration does not name: there it means "as it is". */
const nullIsFineOnUpdate = (kind: Kind, field: string, value: unknown): boolean =>
  kind === 'pool' && field === 'member_deletion_protection_enable' && value === null;
/** Null asks for the usual number of failures, but only where there is none yet. */
const nullIsFineOnCreate = (field: string, value: unknown): boolean =>
  field === 'max_retries_down' && value === null;

async function expectRefused(
  method: 'POST' | 'PUT',
  kind: Kind,
  fields: object,
  field: string,
): Promise<void> {
  const { collection, id: own } = bodies[kind];
  const path = method === 'POST' ? collection : `${collection}/${own}`;
  const { status, json } = await api.call(method, path, { [kind]: fields });
  const seen = `${method} ${kind}.${field} ${JSON.stringify(fields).slice(0, 200)} → ${status} ${JSON.stringify(json).slice(0, 300)}`;
  expect([status, json.error_code], seen).toEqual([400, 'ELB.8902']);
  expect(json.error_msg, seen).toContain(`invalid input for field ${kind}.${field}`);
}

/** Runs checks that must not leave a trace. */
async function unchanged(checks: () => Promise<void>): Promise<void> {
  const before = await api.everything();
  await checks();
  expect(await api.everything()).toEqual(before);
}

describe.each(Object.keys(wrong) as Kind[])('%s', (kind) => {
  const { both, create, fixed, required } = wrong[kind];

  it.each(Object.entries({ ...both, ...create }))('refuses wrong %s on create', async (field, values) => {
    await unchanged(async () => {
      for (const value of values.filter((one) => !nullIsFineOnCreate(field, one)))
        await expectRefused('POST', kind, { ...bodies[kind].good, [field]: value }, field);
    });
  });

  it.each(Object.entries(both))(
    'refuses wrong %s on update, the rest of the body included',
    async (field, values) => {
      const rest = field === 'name' ? {} : { name: 'half applied' };
      const refused = values.filter((value) => !nullIsFineOnUpdate(kind, field, value));
      await unchanged(async () => {
        for (const value of refused) await expectRefused('PUT', kind, { ...rest, [field]: value }, field);
      });
    },
  );

  it.each(fixed)('refuses %s on update, changed or not', async (field) => {
    const value = bodies[kind].good[field] ?? null;
    await unchanged(() => expectRefused('PUT', kind, { name: 'half applied', [field]: value }, field));
  });

  it.each(required)('refuses a create without %s', async (field) => {
    const { [field]: _left, ...rest } = bodies[kind].good;
    await unchanged(() => expectRefused('POST', kind, rest, field));
  });

  it('takes the good body, so the refusals above are about the wrong field', async () => {
    const { status, json } = await api.call('POST', bodies[kind].collection, { [kind]: bodies[kind].good });
    expect(status, JSON.stringify(json)).toBe(201);
    expect((await api.call('DELETE', `${bodies[kind].collection}/${json[kind].id}`)).status).toBe(204);
  });
});

it('says the whole rule', async () => {
  const { good } = bodies.listener;
  const { json } = await api.call('POST', 'listeners', { listener: { ...good, protocol_port: 0 } });
  expect(json.error_msg).toBe(
    'invalid input for field listener.protocol_port: must be an integer from 1 to 65535',
  );
  const nat64 = await api.call('POST', 'listeners', { listener: { ...good, nat64_enable: true } });
  expect(nat64.json.error_msg).toBe(
    'invalid input for field listener.nat64_enable: is not supported yet (only null or false is accepted)',
  );
});
