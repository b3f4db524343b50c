/** Wrong values of one field; each has to be refused with 400 that names the field. */
export type WrongValues = Readonly<Record<string, readonly unknown[]>>;

export interface WrongBodies {
  readonly create: WrongValues;
  readonly update: WrongValues;
  /** Fields that a create body must hold. */
  readonly required: readonly string[];
}

const id = 'not-an-id';
const text = [5, true, {}, ['x'], 'x'.repeat(256), 'a\u0000b', '\ud800'];
const flag = ['true', 1, 0, {}, []];
const uuid = [id, 5, '', true, {}, '7C1D0F3A-52B8-4E61-9A0D-3F8E6B2C4D10'];
const integer = (min: number, max: number): readonly unknown[] => [
  min - 1,
  max + 1,
  min + 0.5,
  `${min}`,
  true,
  {},
  [min],
  1e300,
];
const tags = [
  'env',
  {},
  ['env'],
  [{}],
  [{ key: '' }],
  [{ key: 5, value: 'x' }],
  [{ key: 'x'.repeat(129), value: '' }],
  [{ key: 'a', value: 'x'.repeat(256) }],
  [
    { key: 'a', value: '1' },
    { key: 'a', value: '2' },
  ],
  [{ key: 'a', value: '', more: 1 }],
  Array.from({ length: 21 }, (_, at) => ({ key: `k${at}`, value: '' })),
];
const protection = {
  protection_status: ['on', 5, true, {}],
  protection_reason: [5, {}, 'x'.repeat(256), '<b>'],
};
const named = { name: [...text, '<b>', 'a\nb'], description: text, ...protection };
/** What the product sets. A body that holds it is refused, not ignored. */
const readOnly = {
  id: ['7c1d0f3a-52b8-4e61-9a0d-3f8e6b2c4d10'],
  created_at: ['2024-01-02T03:04:05Z'],
  updated_at: ['2024-01-02T03:04:05Z'],
};
const unknown = { nmae: ['typo'] };

const loadBalancer = {
  ...named,
  ...readOnly,
  ...unknown,
  admin_state_up: flag,
  provisioning_status: ['ACTIVE'],
  operating_status: ['ONLINE'],
  listeners: [[]],
  pools: [[]],
  eips: [[]],
  vip_port_id: [id],
  vip_subnet_cidr_id: uuid,
  vip_address: [
    'localhost',
    '127.0.0.256',
    '127.0.0',
    5,
    {},
    '::1',
    '127.0.0.1/8',
    '8.8.8.8',
    '224.0.0.1',
    '0.0.0.0',
  ],
  ipv6_vip_virsubnet_id: [id, '11111111-2222-4333-8444-555555555555'],
  ipv6_vip_address: ['::1'],
  ipv6_bandwidth: [{ id }],
  l4_flavor_id: uuid,
  l7_flavor_id: uuid,
  elb_virsubnet_ids: ['x', [id], {}, [5]],
  ip_target_enable: flag,
  deletion_protection_enable: flag,
  waf_failure_action: ['drop', 5, ''],
  autoscaling: [{ enable: true }, 'on'],
  charge_mode: ['lcu'],
  prepaid_options: [{ period_num: 1 }],
};
const loadBalancerFixed = {
  provider: ['other', 5],
  guaranteed: [false, 'true'],
  availability_zone_list: ['az1', [], [5], [''], {}, ['nowhere']],
  enterprise_project_id: [id, 5],
  publicip_ids: ['x', ['x'], [7], {}],
  publicip: [{}],
  tags,
  public_border_group: ['edge'],
  billing_info: ['order'],
};

const timeouts = {
  keepalive_timeout: integer(0, 4000),
  client_timeout: integer(1, 300),
  member_timeout: integer(1, 300),
};
const listener = {
  ...named,
  ...readOnly,
  ...unknown,
  ...timeouts,
  loadbalancers: [[]],
  enterprise_project_id: ['0'],
  admin_state_up: [false, 'true', 1],
  default_pool_id: uuid,
  connection_limit: [5, 0],
  default_tls_container_ref: [id, 5, '', true, {}],
  client_ca_tls_container_ref: [id, 5],
  sni_container_refs: [[id], 'x'],
  sni_match_algo: ['suffix', 5],
  tls_ciphers_policy: ['tls-9', 5, '', {}],
  security_policy_id: ['x', 5],
  http2_enable: flag,
  ssl_early_data_enable: ['x', 'true', 1],
  quic_config: [{}],
  enable_member_retry: flag,
  insert_headers: [
    5,
    [],
    'x',
    { 'X-Forwarded-Port': 'true' },
    { 'X-Forwarded-Host': 1 },
    { 'X-Unknown': true },
    { 'X-Forwarded-For-Processing-Mode': 'drop' },
    { 'X-Forwarded-TLS-Protocol': 'true' },
    { 'X-Forwarded-TLS-Protocol-alias': 'a b' },
  ],
  ipgroup: [{ ipgroup_id: id }, 5],
  transparent_client_ip_enable: [false],
  proxy_protocol_enable: [true],
  enhance_l7policy_enable: flag,
  gzip_enable: flag,
  nat64_enable: [true],
  cps: integer(0, 1_000_000),
  connection: integer(0, 1_000_000),
};
const protocols = ['TCP', 'UDP', 'TLS', 'QUIC', 'IP', 'http', '', 5, null, ['HTTPS']];
const ports = [...integer(1, 65_535), null];

const pool = {
  ...named,
  ...readOnly,
  ...unknown,
  admin_state_up: [false, 'true'],
  listeners: [[]],
  loadbalancers: [[]],
  members: [[]],
  healthmonitor_id: [id],
  lb_algorithm: ['RANDOM', 'round_robin', '', 5, {}],
  type: ['vm', 5, {}],
  vpc_id: [id, 5],
  session_persistence: [
    5,
    'HTTP_COOKIE',
    {},
    { type: 'X' },
    { type: 'APP_COOKIE' },
    { type: 'APP_COOKIE', cookie_name: 'a=b' },
    { type: 'APP_COOKIE', cookie_name: 'a\r\nX-Injected: 1' },
    { type: 'HTTP_COOKIE', cookie_name: 'JSESSIONID' },
    { type: 'HTTP_COOKIE', persistence_timeout: 0 },
    { type: 'HTTP_COOKIE', persistence_timeout: 1441 },
  ],
  slow_start: [
    5,
    { enable: 'x' },
    { enable: true, duration: 29 },
    { enable: true, duration: 1201 },
    { enable: true, duration: 30.5 },
  ],
  connection_drain: [{ enable: true }],
  pool_health: [
    5,
    { minimum_healthy_member_count: 2 },
    { minimum_healthy_member_count: -1 },
    { minimum_healthy_member_count: '1' },
  ],
  az_affinity: [{ enable: true }],
  any_port_enable: [true, 'x'],
  quic_cid_hash_strategy: [{}],
  member_deletion_protection_enable: flag,
};

const member = {
  name: named.name,
  ...readOnly,
  ...unknown,
  protocol_port: [...integer(1, 65_535), null],
  weight: integer(0, 100),
  availability_zone: [5, {}, 'x'.repeat(65)],
  operating_status: ['ONLINE'],
  ip_version: ['v4'],
  member_type: ['ip'],
  instance_id: [id],
  status: [[]],
  reason: [{}],
};
const addresses = [
  '',
  'localhost',
  'example..test',
  '127.0.0.256',
  '127.0.0.1:80',
  5,
  null,
  {},
  'x'.repeat(65),
  '0.0.0.0',
  '255.255.255.255',
  '224.0.0.1',
  '169.254.169.254',
  '169.254.1.1',
  'fe80::1',
  'ff02::1',
  '::',
];

const notPem = ['', 'hello', 5, null, {}, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'];
const certificate = {
  ...named,
  ...unknown,
  created_at: readOnly.created_at,
  updated_at: readOnly.updated_at,
  id: ['3f9c1e7ab24d4c06a8f1d5e29b70c4d3'],
  common_name: ['x'],
  subject_alternative_names: [[]],
  fingerprint: ['x'],
  expire_time: ['2025-01-01T00:00:00Z'],
  certificate: [...notPem, 'x'.repeat(65_537)],
  private_key: [
    ...notPem,
    '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n',
    'x'.repeat(8193),
  ],
  domain: [
    5,
    'a b',
    '-a.example.test',
    'a..b',
    '*',
    'a.*.b',
    `${'x'.repeat(64)}.test`,
    Array(101).fill('a.example.test').join(','),
  ],
  enc_certificate: ['x'],
  enc_private_key: ['x'],
  scm_certificate_id: [5, 'x'.repeat(256)],
  source: ['acme', 5],
};

const healthMonitor = {
  name: named.name,
  ...readOnly,
  ...unknown,
  pools: [[]],
  type: ['UDP_CONNECT', 'GRPCS', 'http', '', 5, null],
  delay: [...integer(1, 50), null],
  timeout: [...integer(1, 50), null],
  max_retries: [...integer(1, 10), null],
  max_retries_down: integer(1, 10),
  monitor_port: integer(1, 65_535),
  domain_name: [
    '',
    '-a.test',
    '.a',
    'a b',
    'a_b',
    'a/b',
    'a\r\nX-Injected: 1',
    'a\u0000',
    'x'.repeat(101),
    5,
  ],
  http_method: ['PUT', 'get', '', 5],
  url_path: [
    '',
    'healthz',
    '/a b',
    '/a\r\nX-Injected: 1',
    '/a\u0000',
    '/a"b',
    '/<b>',
    '/a\\b',
    '/\u00e9',
    `/${'x'.repeat(80)}`,
    5,
  ],
  expected_codes: [
    '',
    'x',
    200,
    '199',
    '600',
    '200,',
    '204-200',
    '200 204',
    '200-204-205',
    '0',
    'x'.repeat(65),
  ],
  admin_state_up: flag,
  http_version: ['1.1'],
  content_check_enable: [true],
  sni_enable: [true],
};

export type Kind = 'loadbalancer' | 'listener' | 'pool' | 'member' | 'healthmonitor' | 'certificate';

export const wrongBodies: Readonly<Record<Kind, WrongBodies>> = {
  loadbalancer: {
    create: { ...loadBalancer, ...loadBalancerFixed, vpc_id: uuid },
    update: { ...loadBalancer, ...loadBalancerFixed, vpc_id: uuid },
    required: ['availability_zone_list'],
  },
  listener: {
    create: {
      ...listener,
      loadbalancer_id: uuid,
      protocol: protocols,
      protocol_port: ports,
      port_ranges: [[{ start_port: 1, end_port: 2 }]],
      tags,
    },
    update: {
      ...listener,
      loadbalancer_id: uuid,
      protocol: ['HTTP', 'TCP'],
      protocol_port: [8444, ...ports],
      tags: [[]],
    },
    required: ['loadbalancer_id', 'protocol', 'protocol_port', 'default_tls_container_ref'],
  },
  pool: {
    create: {
      ...pool,
      protocol: ['TCP', 'UDP', 'GRPCS', 'http', '', 5],
      listener_id: uuid,
      loadbalancer_id: uuid,
      ip_version: ['v6', 'dualstack'],
      public_border_group: ['x'],
      enterprise_project_id: [id],
    },
    update: {
      ...pool,
      protocol: ['HTTP', 'TCP'],
      listener_id: uuid,
      loadbalancer_id: uuid,
      ip_version: ['v4'],
    },
    required: ['protocol', 'lb_algorithm'],
  },
  member: {
    create: { ...member, address: addresses, subnet_cidr_id: [id, 5] },
    update: { ...member, address: ['127.0.0.9'], subnet_cidr_id: [id] },
    required: ['address', 'protocol_port'],
  },
  healthmonitor: {
    create: { ...healthMonitor, pool_id: uuid },
    update: { ...healthMonitor, pool_id: ['7c1d0f3a-52b8-4e61-9a0d-3f8e6b2c4d10'] },
    required: ['pool_id', 'type', 'delay', 'timeout', 'max_retries'],
  },
  certificate: {
    create: { ...certificate, type: ['server_sm', 'x', 5], enterprise_project_id: [id] },
    update: { ...certificate, type: ['server'] },
    required: ['certificate', 'private_key'],
  },
};
