import { testAuthority } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ApiFixture, apiFixture, type ApiResult } from '../testing/api-fixture.ts';

let api: ApiFixture;
let pem: { certificate: string; private_key: string };
let port = 20_000;

beforeAll(async () => {
  const files = await (await testAuthority()).issue(['www.example.test', '*.example.test']);
  pem = { certificate: files.certificatePem, private_key: files.keyPem };
  api = await apiFixture();
});
afterAll(() => api.close());

const zones = { availability_zone_list: ['az1'] };
const aLoadBalancer = (fields: object = {}): Promise<ApiResult['json']> =>
  api.create('loadbalancers', 'loadbalancer', { ...zones, ip_target_enable: true, ...fields });
const aCertificate = (fields: object = {}): Promise<ApiResult['json']> =>
  api.create('certificates', 'certificate', { ...pem, ...fields });
const aListener = (loadBalancerId: string, fields: object = {}): Promise<ApiResult['json']> =>
  api.create('listeners', 'listener', {
    loadbalancer_id: loadBalancerId,
    protocol: 'HTTP',
    protocol_port: port++,
    ...fields,
  });
const aPool = (fields: object): Promise<ApiResult['json']> =>
  api.create('pools', 'pool', { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', ...fields });
const aMember = (poolId: string, fields: object = {}): Promise<ApiResult['json']> =>
  api.create(`pools/${poolId}/members`, 'member', { address: '127.0.9.1', protocol_port: port++, ...fields });

async function refusal(method: string, path: string, body?: unknown): Promise<[number, string, string]> {
  const before = await api.everything();
  const { status, json } = await api.call(method, path, body);
  expect(await api.everything()).toEqual(before);
  return [status, json?.error_code, json?.error_msg];
}

describe('a load balancer', () => {
  it('gets the first free VIP from 127.0.0.2 on, and the default VPC', async () => {
    const one = await aLoadBalancer();
    const two = await aLoadBalancer();
    expect(one.vip_address).toMatch(/^127\.0\.0\.\d+$/);
    expect(one.vip_address).not.toBe('127.0.0.1');
    expect(two.vip_address).not.toBe(one.vip_address);
    expect(two.vpc_id).toBe(one.vpc_id);
    expect(one.elb_virsubnet_ids).toHaveLength(1);
  });

  it('takes a VIP of a frontend subnet and no other', async () => {
    expect((await aLoadBalancer({ vip_address: '127.9.9.9' })).vip_address).toBe('127.9.9.9');
    expect((await aLoadBalancer({ vip_address: '192.0.2.7' })).vip_address).toBe('192.0.2.7');
    const taken = await refusal('POST', 'loadbalancers', {
      loadbalancer: { ...zones, vip_address: '127.9.9.9' },
    });
    expect(taken).toEqual([409, 'ELB.8907', expect.stringContaining('127.9.9.9')]);
    const foreign = await refusal('POST', 'loadbalancers', {
      loadbalancer: { ...zones, vip_address: '192.0.2.8' },
    });
    expect(foreign).toEqual([400, 'ELB.8902', expect.stringContaining('loadbalancer.vip_address')]);
  });

  it('knows frontend subnets by id', async () => {
    const { json } = await api.call('GET', '/elbow/v1/subnets');
    const [loopback] = json.subnets;
    const made = await aLoadBalancer({ vip_subnet_cidr_id: loopback.id });
    expect(made.vip_subnet_cidr_id).toBe(loopback.id);
    const same = await api.call('PUT', `loadbalancers/${made.id}`, {
      loadbalancer: { vip_subnet_cidr_id: loopback.id, name: 'again' },
    });
    expect(same.json.loadbalancer).toMatchObject({ vip_address: made.vip_address, name: 'again' });
  });

  it('cannot go while it has listeners or is protected; force takes all of it', async () => {
    const made = await aLoadBalancer({ deletion_protection_enable: true });
    const listener = await aListener(made.id);
    const pool = await aPool({ listener_id: listener.id });
    const member = await aMember(pool.id);
    for (const path of [`loadbalancers/${made.id}`, `loadbalancers/${made.id}/force-elb`]) {
      expect(await refusal('DELETE', path)).toEqual([409, 'ELB.8907', expect.stringContaining('protected')]);
    }
    await api.call('PUT', `loadbalancers/${made.id}`, {
      loadbalancer: { deletion_protection_enable: false },
    });
    expect(await refusal('DELETE', `loadbalancers/${made.id}`)).toEqual([
      409,
      'ELB.8907',
      expect.stringContaining(listener.id),
    ]);
    expect((await api.call('DELETE', `loadbalancers/${made.id}/force-elb`)).status).toBe(204);
    for (const path of [`loadbalancers/${made.id}`, `listeners/${listener.id}`, `pools/${pool.id}`]) {
      expect((await api.call('GET', path)).status).toBe(404);
    }
    expect((await api.call('GET', `pools/${pool.id}/members/${member.id}`)).status).toBe(404);
  });

  it('leaves pools that another one uses where they are', async () => {
    const [one, two] = [await aLoadBalancer(), await aLoadBalancer()];
    const pool = await aPool({ loadbalancer_id: one.id });
    const other = await aListener(two.id, { default_pool_id: pool.id });
    await aListener(one.id, { default_pool_id: pool.id });
    expect((await api.call('DELETE', `loadbalancers/${one.id}/force-elb`)).status).toBe(204);
    const { json } = await api.call('GET', `pools/${pool.id}`);
    expect(json.pool).toMatchObject({ listeners: [{ id: other.id }], loadbalancers: [{ id: two.id }] });
  });

  it('cannot forbid IP members again', async () => {
    const made = await aLoadBalancer();
    const answer = await refusal('PUT', `loadbalancers/${made.id}`, {
      loadbalancer: { ip_target_enable: false },
    });
    expect(answer).toEqual([400, 'ELB.8902', expect.stringContaining('loadbalancer.ip_target_enable')]);
  });
});

describe('a listener', () => {
  it('needs a port of its own: of two that ask at once, one gets it', async () => {
    const made = await aLoadBalancer();
    const body = { listener: { loadbalancer_id: made.id, protocol: 'HTTP', protocol_port: 9443 } };
    const answers = await Promise.all([
      api.call('POST', 'listeners', body),
      api.call('POST', 'listeners', body),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.json.error_msg).toBe(
      `Load balancer ${made.id} already has a listener with protocol_port of 9443.`,
    );
  });

  it('stores TERMINATED_HTTPS as HTTPS with the documented defaults', async () => {
    const made = await aLoadBalancer();
    const certificate = await aCertificate();
    const listener = await aListener(made.id, {
      protocol: 'TERMINATED_HTTPS',
      default_tls_container_ref: certificate.id,
    });
    expect(listener).toMatchObject({
      protocol: 'HTTPS',
      tls_ciphers_policy: 'tls-1-2',
      http2_enable: false,
      keepalive_timeout: 60,
      client_timeout: 60,
      member_timeout: 60,
      enable_member_retry: true,
      loadbalancers: [{ id: made.id }],
      sni_container_refs: [],
    });
    expect(listener.insert_headers['X-Forwarded-Host']).toBe(true);
  });

  it('is refused on a load balancer with a network flavor only', async () => {
    const { json } = await api.call('GET', 'flavors?type=L4');
    const made = await aLoadBalancer({ l4_flavor_id: json.flavors[0].id });
    const body = { listener: { loadbalancer_id: made.id, protocol: 'HTTP', protocol_port: 9443 } };
    expect(await refusal('POST', 'listeners', body)).toEqual([
      400,
      'ELB.8902',
      expect.stringContaining('L4'),
    ]);
  });

  it('does not take the admin address', async () => {
    const made = await aLoadBalancer({ vip_address: '127.0.0.1' });
    const body = { listener: { loadbalancer_id: made.id, protocol: 'HTTP', protocol_port: 8700 } };
    expect((await refusal('POST', 'listeners', body))[0]).toBe(409);
    await api.call('DELETE', `loadbalancers/${made.id}`);
    const other = await aLoadBalancer();
    await aListener(other.id, { protocol_port: 8700 });
    const move = { loadbalancer: { vip_address: '127.0.0.1' } };
    expect((await refusal('PUT', `loadbalancers/${other.id}`, move))[0]).toBe(409);
  });

  it('merges header switches key by key', async () => {
    const made = await aLoadBalancer();
    const listener = await aListener(made.id, { insert_headers: { 'X-Real-IP': true } });
    const { json } = await api.call('PUT', `listeners/${listener.id}`, {
      listener: { insert_headers: { 'X-Forwarded-Port': true } },
    });
    expect(json.listener.insert_headers).toMatchObject({ 'X-Real-IP': true, 'X-Forwarded-Port': true });
  });

  it('takes the PUT that Terraform sends, and its pool goes with null', async () => {
    const made = await aLoadBalancer();
    const listener = await aListener(made.id);
    const pool = await aPool({ listener_id: listener.id });
    const body = {
      listener: { name: 'n', security_policy_id: null, quic_config: null, default_pool_id: null },
    };
    const { status, json } = await api.call('PUT', `listeners/${listener.id}`, body);
    expect([status, json.listener.default_pool_id]).toEqual([200, null]);
    expect((await api.call('GET', `pools/${pool.id}`)).json.pool.listeners).toEqual([]);
  });

  it('cannot go while its default pool has members; force takes the pool along', async () => {
    const made = await aLoadBalancer();
    const listener = await aListener(made.id);
    const pool = await aPool({ listener_id: listener.id });
    await aMember(pool.id);
    expect(await refusal('DELETE', `listeners/${listener.id}`)).toEqual([
      409,
      'ELB.8907',
      expect.stringContaining(`pool ${pool.id} is using this listener`),
    ]);
    expect((await api.call('DELETE', `listeners/${listener.id}/force`)).status).toBe(204);
    expect((await api.call('GET', `pools/${pool.id}`)).status).toBe(404);
  });
});

describe('a pool', () => {
  it('speaks HTTPS or GRPC to its members under HTTPS listeners only, GRPC only while HTTP/2 is on', async () => {
    const loadBalancer = await aLoadBalancer();
    const secure = { protocol: 'HTTPS', default_tls_container_ref: (await aCertificate()).id };
    const pools = {
      https: await aPool({ protocol: 'HTTPS', type: 'ip' }),
      grpc: await aPool({ protocol: 'GRPC', type: 'ip' }),
    };
    for (const pool of Object.values(pools)) {
      const place = { loadbalancer_id: loadBalancer.id, protocol: 'HTTP', protocol_port: port++ };
      const refused = await refusal('POST', 'listeners', {
        listener: { ...place, default_pool_id: pool.id },
      });
      expect(refused).toEqual([400, expect.any(String), expect.stringContaining('listener.default_pool_id')]);
    }
    const one = await aListener(loadBalancer.id, { ...secure, default_pool_id: pools.https.id });
    const attach = { listener: { default_pool_id: pools.grpc.id } };
    expect((await refusal('PUT', `listeners/${one.id}`, attach))[2]).toContain('needs http2_enable');
    const both = { listener: { default_pool_id: pools.grpc.id, http2_enable: true } };
    expect((await api.call('PUT', `listeners/${one.id}`, both)).status).toBe(200);
    const off = await refusal('PUT', `listeners/${one.id}`, { listener: { http2_enable: false } });
    expect(off).toEqual([400, expect.any(String), expect.stringContaining('listener.http2_enable')]);
    const two = await aListener(loadBalancer.id, secure);
    const made = { protocol: 'GRPC', lb_algorithm: 'ROUND_ROBIN', listener_id: two.id };
    expect((await refusal('POST', 'pools', { pool: made }))[2]).toContain('pool.protocol');
  });

  it('becomes the default pool of the listener it is made for, once', async () => {
    const listener = await aListener((await aLoadBalancer()).id);
    const pool = await aPool({ listener_id: listener.id });
    expect((await api.call('GET', `listeners/${listener.id}`)).json.listener.default_pool_id).toBe(pool.id);
    const body = { pool: { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', listener_id: listener.id } };
    expect((await refusal('POST', 'pools', body))[0]).toBe(409);
  });

  it('takes the PUT that Terraform sends, nulls and all', async () => {
    const pool = await aPool({ type: 'ip' });
    const body = {
      pool: {
        name: 'n',
        description: '',
        lb_algorithm: null,
        session_persistence: null,
        az_affinity: null,
        protection_status: '',
        protection_reason: '',
        member_deletion_protection_enable: false,
      },
    };
    const { status, json } = await api.call('PUT', `pools/${pool.id}`, body);
    expect([status, json.pool.name, json.pool.lb_algorithm]).toEqual([200, 'n', 'ROUND_ROBIN']);
  });

  it('sets type and VPC once', async () => {
    const pool = await aPool({ loadbalancer_id: (await aLoadBalancer()).id });
    const set = await api.call('PUT', `pools/${pool.id}`, { pool: { type: 'ip' } });
    expect(set.json.pool.type).toBe('ip');
    expect(await refusal('PUT', `pools/${pool.id}`, { pool: { type: '' } })).toEqual([
      400,
      'ELB.8902',
      expect.stringContaining('pool.type'),
    ]);
  });

  it('cannot go while it has members, and never while they are protected', async () => {
    const pool = await aPool({ type: 'ip', member_deletion_protection_enable: true });
    const member = await aMember(pool.id);
    for (const path of [
      `pools/${pool.id}`,
      `pools/${pool.id}/delete-cascade`,
      `pools/${pool.id}/members/${member.id}`,
    ]) {
      expect((await refusal('DELETE', path))[0]).toBe(409);
    }
    await api.call('PUT', `pools/${pool.id}`, { pool: { member_deletion_protection_enable: false } });
    expect((await api.call('DELETE', `pools/${pool.id}/delete-cascade`)).status).toBe(204);
  });
});

describe('a member', () => {
  it('has its address in canonical form, once per pool and port', async () => {
    const pool = await aPool({ type: 'ip' });
    const member = await aMember(pool.id, { address: '::FFFF:127.0.0.1', protocol_port: 8080 });
    expect(member).toMatchObject({
      address: '127.0.0.1',
      ip_version: 'v4',
      operating_status: 'UNKNOWN',
      weight: 1,
    });
    const twin = { member: { address: '127.0.0.1', protocol_port: 8080 } };
    expect(await refusal('POST', `pools/${pool.id}/members`, twin)).toEqual([
      409,
      'ELB.8907',
      expect.stringContaining('127.0.0.1:8080'),
    ]);
  });

  it.each([
    ['127.0.0.1', 8700, 'admin address'],
    ['169.254.169.254', 80, 'metadata'],
    ['169.254.1.1', 80, 'link-local'],
    ['fe80::1', 80, 'link-local'],
    ['0.0.0.0', 80, 'unspecified'],
    ['::', 80, 'unspecified'],
    ['224.0.0.1', 80, 'multicast'],
    ['255.255.255.255', 80, 'broadcast'],
  ])('%s:%i is refused: %s', async (address, protocol_port, word) => {
    const pool = await aPool({ type: 'ip' });
    const answer = await refusal('POST', `pools/${pool.id}/members`, { member: { address, protocol_port } });
    expect(answer).toEqual([400, 'ELB.8902', expect.stringContaining(word)]);
    expect(answer[2]).toContain('member.address');
  });

  it('without a subnet needs ip_target_enable', async () => {
    const listener = await aListener((await aLoadBalancer({ ip_target_enable: false })).id);
    const pool = await aPool({ listener_id: listener.id });
    const body = { member: { address: '127.0.0.9', protocol_port: 80 } };
    expect((await refusal('POST', `pools/${pool.id}/members`, body)).slice(0, 2)).toEqual([400, 'ELB.8939']);
    const [subnet] = (await api.call('GET', '/elbow/v1/subnets')).json.subnets;
    const member = await aMember(pool.id, { address: '127.0.0.9', subnet_cidr_id: subnet.id });
    expect(member.member_type).toBe('instance');
  });

  it('is not found below another pool', async () => {
    const [one, two] = [await aPool({ type: 'ip' }), await aPool({ type: 'ip' })];
    const member = await aMember(one.id);
    expect((await api.call('GET', `pools/${two.id}/members/${member.id}`)).status).toBe(404);
    expect((await api.call('GET', `members?id=${member.id}`)).json.members[0].pool_id).toBe(one.id);
  });
});

describe('a certificate', () => {
  it('comes back as it was given, without its key', async () => {
    const messy = `intro\r\n${pem.certificate.trim().replaceAll('\n', '\r\n').replace('-----\r\n', '-----\r\n\r\n')}`;
    const made = await aCertificate({ certificate: messy, domain: 'www.example.test,shop.example.test' });
    expect(made).toMatchObject({
      certificate: messy,
      private_key: '******',
      common_name: 'www.example.test',
    });
    expect(made.id).toMatch(/^[0-9a-f]{32}$/);
    expect(made.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(made.subject_alternative_names).toEqual(['www.example.test', '*.example.test']);
    const stored = JSON.stringify(await api.everything());
    expect(stored).not.toContain(pem.private_key.split('\n')[1]);
  });

  it('must fit its key and its domain', async () => {
    const stranger = await (await testAuthority()).issue(['other.test']);
    const wrongKey = { certificate: { ...pem, private_key: stranger.keyPem } };
    expect(await refusal('POST', 'certificates', wrongKey)).toEqual([
      400,
      'ELB.8902',
      expect.stringContaining('the first certificate does not match the private key'),
    ]);
    expect(await refusal('POST', 'certificates', { certificate: { ...pem, domain: 'other.test' } })).toEqual([
      400,
      'ELB.8902',
      expect.stringContaining('www.example.test, *.example.test'),
    ]);
    const authority = await testAuthority();
    const wrongOrder = { certificate: { ...pem, certificate: authority.certificatePem + pem.certificate } };
    expect((await refusal('POST', 'certificates', wrongOrder))[2]).toContain(
      'does not match the private key',
    );
  });

  it('can be renewed alone, with its key, and not without it', async () => {
    const made = await aCertificate();
    const renewed = await (await testAuthority()).issue(['renewed.example.test']);
    const half = { certificate: { certificate: renewed.certificatePem } };
    expect((await refusal('PUT', `certificates/${made.id}`, half))[0]).toBe(400);
    const whole = { certificate: { certificate: renewed.certificatePem, private_key: renewed.keyPem } };
    const { json } = await api.call('PUT', `certificates/${made.id}`, whole);
    expect(json.certificate.common_name).toBe('renewed.example.test');
  });

  it('cannot go while listeners show it', async () => {
    const made = await aCertificate();
    const listener = await aListener((await aLoadBalancer()).id, {
      protocol: 'HTTPS',
      default_tls_container_ref: made.id,
    });
    expect(await refusal('DELETE', `certificates/${made.id}`)).toEqual([
      409,
      'ELB.8907',
      expect.stringContaining(listener.id),
    ]);
    await api.call('DELETE', `listeners/${listener.id}`);
    expect((await api.call('DELETE', `certificates/${made.id}`)).status).toBe(204);
  });
});

describe('how a pool balances', () => {
  it('is shown as it was asked for, and changed', async () => {
    const owner = await aLoadBalancer();
    const made = await aPool({
      loadbalancer_id: owner.id,
      slow_start: { enable: true, duration: 60 },
      session_persistence: { type: 'APP_COOKIE', cookie_name: 'JSESSIONID' },
      pool_health: { minimum_healthy_member_count: 1 },
    });
    expect(made).toMatchObject({
      slow_start: { enable: true, duration: 60 },
      session_persistence: { type: 'APP_COOKIE', cookie_name: 'JSESSIONID', persistence_timeout: 1440 },
      pool_health: { minimum_healthy_member_count: 1 },
    });
    const changes = {
      lb_algorithm: 'LEAST_CONNECTIONS',
      slow_start: null,
      session_persistence: { type: 'HTTP_COOKIE', persistence_timeout: 20 },
    };
    const { json } = await api.call('PUT', `pools/${made.id}`, { pool: changes });
    expect(json.pool).toMatchObject({ ...changes, pool_health: { minimum_healthy_member_count: 1 } });
    const off = await api.call('PUT', `pools/${made.id}`, {
      pool: { session_persistence: null, lb_algorithm: null },
    });
    expect(off.json.pool).toMatchObject({ session_persistence: null, lb_algorithm: 'LEAST_CONNECTIONS' });
  });

  it.each([
    ['session_persistence', { lb_algorithm: 'SOURCE_IP', session_persistence: { type: 'HTTP_COOKIE' } }],
    ['slow_start', { lb_algorithm: 'LEAST_CONNECTIONS', slow_start: { enable: true } }],
    ['slow_start', { lb_algorithm: 'SOURCE_IP', slow_start: { enable: true, duration: 60 } }],
    ['slow_start', { protocol: 'GRPC', slow_start: { enable: true } }],
  ])('refuses a %s that does not go with the rest', async (field, fields) => {
    const owner = await aLoadBalancer();
    const body = {
      pool: { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', loadbalancer_id: owner.id, ...fields },
    };
    expect(await refusal('POST', 'pools', body)).toEqual([
      400,
      'ELB.8902',
      expect.stringContaining(`invalid input for field pool.${field}: `),
    ]);
  });

  it('looks at what is there when a part changes', async () => {
    const owner = await aLoadBalancer();
    const sticky = await aPool({ loadbalancer_id: owner.id, session_persistence: { type: 'HTTP_COOKIE' } });
    const slow = await aPool({ loadbalancer_id: owner.id, slow_start: { enable: true } });
    const off = await aPool({ loadbalancer_id: owner.id, slow_start: { enable: false } });
    const change = { pool: { lb_algorithm: 'SOURCE_IP' } };
    for (const pool of [sticky, slow])
      expect((await refusal('PUT', `pools/${pool.id}`, change)).slice(0, 2)).toEqual([400, 'ELB.8902']);
    expect((await api.call('PUT', `pools/${off.id}`, change)).status).toBe(200);
  });
});

describe('a health monitor', () => {
  const monitor = { type: 'HTTP', delay: 5, timeout: 3, max_retries: 2 };
  const aMonitor = (poolId: string, fields: object = {}): Promise<ApiResult['json']> =>
    api.create('healthmonitors', 'healthmonitor', { ...monitor, pool_id: poolId, ...fields });

  it('shows what was asked for and what is usual', async () => {
    const pool = await aPool({ type: 'ip' });
    const made = await aMonitor(pool.id, { url_path: '/healthz', expected_codes: '200-204,301' });
    expect(made).toMatchObject({
      ...monitor,
      pools: [{ id: pool.id }],
      max_retries_down: 3,
      monitor_port: null,
      domain_name: null,
      http_method: 'GET',
      url_path: '/healthz',
      expected_codes: '200-204,301',
      admin_state_up: true,
    });
    expect((await api.call('GET', `pools/${pool.id}`)).json.pool.healthmonitor_id).toBe(made.id);
    const found = await api.call('GET', `pools?healthmonitor_id=${made.id}`);
    expect(found.json.pools.map(({ id }: { id: string }) => id)).toEqual([pool.id]);
  });

  it('is one for each pool, and of a pool that exists', async () => {
    const pool = await aPool({ type: 'ip' });
    const first = await aMonitor(pool.id);
    const again = { healthmonitor: { ...monitor, pool_id: pool.id } };
    expect(await refusal('POST', 'healthmonitors', again)).toEqual([
      409,
      'ELB.8907',
      expect.stringContaining(first.id),
    ]);
    const nowhere = { healthmonitor: { ...monitor, pool_id: first.id } };
    expect((await refusal('POST', 'healthmonitors', nowhere)).slice(0, 2)).toEqual([404, 'ELB.8904']);
  });

  it('of two that come at once lets one in', async () => {
    const pool = await aPool({ type: 'ip' });
    const body = { healthmonitor: { ...monitor, pool_id: pool.id } };
    const answers = await Promise.all([1, 2, 3].map(() => api.call('POST', 'healthmonitors', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('has codes that suit its type', async () => {
    const pool = await aPool({ type: 'ip' });
    const made = await aMonitor(pool.id, { type: 'GRPC' });
    expect(made.expected_codes).toBe('0');
    const path = `healthmonitors/${made.id}`;
    const wrong = await refusal('PUT', path, { healthmonitor: { expected_codes: '200' } });
    expect(wrong).toEqual([400, 'ELB.8902', expect.stringContaining('healthmonitor.expected_codes')]);
    await api.call('PUT', path, { healthmonitor: { expected_codes: '0,12' } });
    const type = await refusal('PUT', path, { healthmonitor: { type: 'HTTP' } });
    expect(type).toEqual([400, 'ELB.8902', expect.stringContaining('from 200 to 599')]);
    const both = await api.call('PUT', path, { healthmonitor: { type: 'HTTP', expected_codes: null } });
    expect(both.json.healthmonitor).toMatchObject({ type: 'HTTP', expected_codes: '200' });
  });

  it('keeps its pool from being deleted, and goes with it by cascade', async () => {
    const pool = await aPool({ type: 'ip' });
    const made = await aMonitor(pool.id);
    expect(await refusal('DELETE', `pools/${pool.id}`)).toEqual([
      409,
      'ELB.8907',
      expect.stringContaining(made.id),
    ]);
    expect((await api.call('DELETE', `pools/${pool.id}/delete-cascade`)).status).toBe(204);
    expect((await api.call('GET', `healthmonitors/${made.id}`)).status).toBe(404);
  });

  it('takes the fields that Terraform writes back', async () => {
    const pool = await aPool({ type: 'ip' });
    const made = await aMonitor(pool.id);
    const body = {
      healthmonitor: { monitor_port: null, domain_name: null, http_method: null, url_path: null },
    };
    const { status, json } = await api.call('PUT', `healthmonitors/${made.id}`, body);
    expect([status, json.healthmonitor.url_path, json.healthmonitor.http_method]).toEqual([200, '/', 'GET']);
  });

  it('decides what the status of a member can be', async () => {
    const owner = await aLoadBalancer();
    const listener = await aListener(owner.id);
    const pool = await aPool({ listener_id: listener.id });
    const member = await aMember(pool.id);
    const statusOf = async (): Promise<string> =>
      (await api.call('GET', `pools/${pool.id}/members/${member.id}`)).json.member.operating_status;
    expect(member.operating_status).toBe('NO_MONITOR');
    const made = await aMonitor(pool.id);
    // No node is connected here, so nobody knows.
    expect(await statusOf()).toBe('UNKNOWN');
    await api.call('PUT', `healthmonitors/${made.id}`, { healthmonitor: { admin_state_up: false } });
    expect(await statusOf()).toBe('NO_MONITOR');
    await api.call('PUT', `healthmonitors/${made.id}`, { healthmonitor: { admin_state_up: true } });
    expect((await api.call('DELETE', `healthmonitors/${made.id}`)).status).toBe(204);
    expect(await statusOf()).toBe('NO_MONITOR');
    const { json } = await api.call('GET', `loadbalancers/${owner.id}/statuses`);
    expect(json.statuses.loadbalancer.pools[0].healthmonitor).toBeNull();
  });

  it('counts against its quota', async () => {
    const { json } = await api.call('GET', 'quotas/details?quota_key=healthmonitor');
    expect(json.quotas[0]).toMatchObject({ quota_key: 'healthmonitor', quota_limit: -1 });
    expect(json.quotas[0].used).toBeGreaterThan(0);
  });
});

describe('a check on demand', () => {
  it('says what of the configuration is wrong', async () => {
    const owner = await aLoadBalancer({ admin_state_up: false });
    const listener = await aListener(owner.id);
    const pool = await aPool({ loadbalancer_id: owner.id });
    const member = await aMember(pool.id, { weight: 0 });
    const body = { member_check: { listener_id: listener.id, subject: 'all' } };
    const asked = await api.call('POST', `members/${member.id}/health-check`, body);
    expect(asked.status).toBe(201);
    const json = await vi.waitFor(async () => {
      const answer = await api.call('GET', `members/check/jobs/${asked.json.member_check.job_id}`);
      expect(answer.json.member_check.status).toBe('processed');
      return answer.json;
    });
    expect(json.member_check).toMatchObject({ member_id: member.id, transcript: [] });
    const { config } = json.member_check.result;
    expect(config.check_result).toBe(false);
    expect(config.check_items.map(({ name }: { name: string }) => name)).toEqual([
      'listenerUsesPool',
      'loadBalancerIsOn',
      'memberHasWeight',
      'healthMonitorIsOn',
      'nodeCheck',
    ]);
  });

  it.each([
    ['subject', {}],
    ['subject', { subject: 'network' }],
    ['listener_id', { subject: 'all', listener_id: 'x' }],
  ])('refuses a wrong %s', async (field, fields) => {
    const owner = await aLoadBalancer();
    const listener = await aListener(owner.id);
    const member = await aMember((await aPool({ loadbalancer_id: owner.id })).id);
    const body = { member_check: { listener_id: listener.id, ...fields } };
    expect(await refusal('POST', `members/${member.id}/health-check`, body)).toEqual([
      400,
      'ELB.8902',
      expect.stringContaining(`member_check.${field}`),
    ]);
  });

  it('has failed when nobody answered it: its control process was started again', async () => {
    const owner = await aLoadBalancer();
    const listener = await aListener(owner.id);
    const member = await aMember((await aPool({ loadbalancer_id: owner.id })).id);
    const body = { member_check: { listener_id: listener.id, subject: 'config' } };
    const asked = await api.call('POST', `members/${member.id}/health-check`, body);
    const id: string = asked.json.member_check.job_id;
    const path = `members/check/jobs/${id}`;
    const shown = async () => (await api.call('GET', path)).json.member_check;
    await vi.waitFor(async () => expect((await shown()).status).toBe('processed'));
    // As it is in the store while a node checks.
    await api.store.write(async (writer) => {
      const job = (await writer.find('job', id))!;
      const items = job.memberCheck!.items.filter(({ name }) => name !== 'nodeCheck');
      const memberCheck = { ...job.memberCheck!, items };
      await writer.update('job', { ...job, status: 'RUNNING', endedAtMs: null, memberCheck });
    });
    expect(await shown()).toMatchObject({ status: 'processing' });
    api.clock.advance(120_000);
    const failed = await shown();
    expect(failed.status).toBe('failed');
    expect(failed.result.config.check_items.at(-1)).toMatchObject({
      name: 'nodeCheck',
      reason: expect.stringContaining('started again'),
    });
  });

  it('knows no other jobs, members and listeners', async () => {
    const owner = await aLoadBalancer();
    const member = await aMember((await aPool({ loadbalancer_id: owner.id })).id);
    const body = { member_check: { listener_id: owner.id, subject: 'all' } };
    for (const path of [`members/${member.id}/health-check`, `members/${owner.id}/health-check`])
      expect((await refusal('POST', path, body)).slice(0, 2)).toEqual([404, 'ELB.8904']);
    expect((await refusal('GET', `members/check/jobs/${owner.id}`)).slice(0, 2)).toEqual([404, 'ELB.8904']);
  });
});
