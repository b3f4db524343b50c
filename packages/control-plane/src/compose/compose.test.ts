import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { certificateForNames } from '../certificates/self-signed-certificate.ts';
import { type ApiFixture, apiFixture, startMs } from '../testing/api-fixture.ts';

let api: ApiFixture;
let loadBalancer: { readonly id: string };
let port = 8_000;

beforeAll(async () => {
  api = await apiFixture();
  const wish = { availability_zone_list: ['az1'], vip_address: '127.0.0.9', ip_target_enable: true };
  loadBalancer = await api.create('loadbalancers', 'loadbalancer', wish);
});
beforeEach(() => void port++);
afterAll(() => api.close());

const listener = (fields: object = {}) => ({
  loadbalancer_id: loadBalancer.id,
  protocol: 'HTTP',
  protocol_port: port,
  ...fields,
});
const pool = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' };
const monitor = { type: 'HTTP', delay: 5, timeout: 3, max_retries: 3 };
const member = (last: number, fields: object = {}) => ({
  address: `127.0.1.${last}`,
  protocol_port: 80,
  ...fields,
});

const compose = (body: object) => api.call('POST', '/elbow/v1/listeners/compose', body);
const preview = async (body: object) => {
  const { status, json } = await api.call('POST', '/elbow/v1/plan-preview', body);
  expect([status, json.error_msg]).toEqual([200, undefined]);
  return json.plan;
};
const codes = (plan: { warnings: readonly { code: string }[] }) => plan.warnings.map(({ code }) => code);

interface CertificateWish {
  readonly names: readonly string[];
  readonly domain?: string;
  readonly atMs?: number;
}

function aCertificate({ names, domain, atMs = startMs }: CertificateWish) {
  const { cert, key } = certificateForNames({ commonName: names[0]!, names, nowMs: atMs });
  const fields = { type: 'server', certificate: cert, private_key: key };
  return api.create('certificates', 'certificate', {
    ...fields,
    ...(domain === undefined ? {} : { domain }),
  });
}

const https = (certificate: { readonly id: string }, fields: object = {}) =>
  listener({ protocol: 'HTTPS', default_tls_container_ref: certificate.id, ...fields });

describe('composing', () => {
  it('makes a listener with its pool, members and monitor, as their own calls would', async () => {
    const members = [member(1), member(2, { weight: 5 })];
    const { status, json } = await compose({ listener: listener(), pool, members, healthmonitor: monitor });
    expect([status, json.error_msg]).toEqual([201, undefined]);
    expect(json.listener.default_pool_id).toBe(json.pool.id);
    const stored = await Promise.all(
      [
        `listeners/${json.listener.id}`,
        `pools/${json.pool.id}`,
        `healthmonitors/${json.healthmonitor.id}`,
        `pools/${json.pool.id}/members`,
      ].map((path) => api.call('GET', path)),
    );
    const [oneListener, onePool, oneMonitor, list] = stored.map((answer) => answer.json);
    expect(oneListener.listener).toEqual(json.listener);
    expect(onePool.pool).toEqual(json.pool);
    expect(oneMonitor.healthmonitor).toEqual(json.healthmonitor);
    expect(list.members).toEqual(json.members);
  });

  it('adds to a pool that is there', async () => {
    const known = await api.create('pools', 'pool', { ...pool, loadbalancer_id: loadBalancer.id });
    const body = { listener: listener({ default_pool_id: known.id }), members: [member(3)] };
    const { json } = await compose(body);
    expect(json.listener.default_pool_id).toBe(known.id);
    expect((await api.call('GET', `pools/${known.id}/members`)).json.members).toHaveLength(1);
  });

  it.each([
    ['a port that is taken', () => ({ listener: listener({ protocol_port: port - 1 }), pool }), 409],
    ['a member twice', () => ({ listener: listener(), pool, members: [member(1), member(1)] }), 409],
    [
      'a monitor that makes no sense',
      () => ({ listener: listener(), pool, healthmonitor: { type: 'X' } }),
      400,
    ],
    [
      'a pool of another protocol',
      () => ({ listener: listener(), pool: { ...pool, protocol: 'HTTPS' } }),
      409,
    ],
  ])('leaves nothing behind for %s', async (_what, body, status) => {
    await compose({ listener: listener({ protocol_port: port - 1 }) });
    const before = await api.everything();
    const refused = await compose(body());
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.status).toBeLessThanOrEqual(status);
    expect(await api.everything()).toEqual(before);
  });

  it('names the fields of every part at once', async () => {
    const { status, json } = await compose({
      listener: listener({ protocol_port: 0, keepalive_timeout: -1 }),
      pool: { ...pool, lb_algorithm: 'FASTEST' },
      members: [member(1), member(2, { weight: 101 })],
      healthmonitor: { ...monitor, delay: 0 },
    });
    expect(status).toBe(400);
    for (const field of [
      'listener.protocol_port',
      'listener.keepalive_timeout',
      'pool.lb_algorithm',
      'members[1].weight',
      'healthmonitor.delay',
    ])
      expect(json.error_msg).toContain(field);
  });

  it.each([
    [{ members: [{ address: '127.0.0.1', protocol_port: 1 }] }, 'members'],
    [{ healthmonitor: { type: 'TCP', delay: 1, timeout: 1, max_retries: 1 } }, 'healthmonitor'],
    [{ pool: { ...pool, listener_id: '00000000-0000-4000-8000-000000000000' } }, 'pool.listener_id'],
    [{ members: 'many', pool }, 'members'],
    [{ l7policies: [] }, 'l7policies'],
  ])('refuses %j', async (more, field) => {
    const { status, json } = await compose({ listener: listener(), ...more });
    expect([status, json.error_msg]).toEqual([400, expect.stringContaining(`field ${field}`)]);
  });
});

describe('a preview', () => {
  it('changes nothing, and says what will be made', async () => {
    const before = await api.everything();
    const body = { listener: listener({ name: 'new' }), pool, members: [member(1)], healthmonitor: monitor };
    const plan = await preview(body);
    expect(plan).toMatchObject({ valid: true, errors: [], warnings: [] });
    expect(plan.creates).toMatchObject({
      listener: { name: 'new', protocol_port: port },
      pool: { protocol: 'HTTP' },
      members: [{ address: '127.0.1.1' }],
      healthmonitor: { type: 'HTTP' },
    });
    expect(await api.everything()).toEqual(before);
    expect((await compose(body)).status).toBe(201);
  });

  it('gives each field its error, of form and of rules', async () => {
    const form = await preview({ listener: listener({ protocol_port: 0, member_timeout: 0 }), pool: {} });
    expect(form.errors.map(({ field }: { field: string }) => field)).toEqual([
      'listener.protocol_port',
      'listener.member_timeout',
      'pool.protocol',
      'pool.lb_algorithm',
    ]);
    await compose({ listener: listener() });
    const rules = await preview({ listener: listener(), pool, members: [member(1), member(1)] });
    expect(rules.valid).toBe(false);
    expect(rules.errors.map(({ message }: { message: string }) => message)).toEqual([
      expect.stringContaining(String(port)),
      expect.stringContaining('members[1]'),
    ]);
  });

  it('warns of what is allowed and hardly meant', async () => {
    expect(codes(await preview({ listener: listener() }))).toEqual(['noPool']);
    expect(codes(await preview({ listener: listener(), pool }))).toEqual(['noMembers', 'noHealthCheck']);
    const idle = { listener: listener(), pool, members: [member(1, { weight: 0 })] };
    expect(codes(await preview({ ...idle, healthmonitor: { ...monitor, timeout: 5 } }))).toEqual([
      'noWeight',
      'timeoutNotBelowInterval',
    ]);
  });

  it('warns of certificates that are over, or will soon be', async () => {
    const yearMs = 365 * 86_400_000;
    const over = await aCertificate({ names: ['a.test'], atMs: startMs - 3 * yearMs });
    const soon = await aCertificate({
      names: ['b.test'],
      domain: 'b.test',
      atMs: startMs - 810 * 86_400_000,
    });
    const plan = await preview({ listener: https(over, { sni_container_refs: [soon.id] }) });
    expect(codes(plan)).toEqual(['certificateExpired', 'certificateExpiresSoon', 'noPool']);
    expect(plan.warnings[0].field).toBe('listener.default_tls_container_ref');
    expect(plan.warnings[1].field).toBe('listener.sni_container_refs');
  });

  it('warns of names that no certificate covers, and of those that SNI does not reach', async () => {
    const main = await aCertificate({ names: ['a.test'] });
    const wide = await aCertificate({ names: ['b.test', '*.c.test'], domain: 'b.test' });
    const plan = await preview({
      listener: https(main, { sni_container_refs: [wide.id] }),
      server_names: ['a.test', 'x.c.test', 'd.test'],
    });
    expect(codes(plan)).toEqual(['nameNotCovered', 'nameNotInSni', 'noPool']);
    expect(plan.warnings[0].message).toContain('d.test');
    expect(plan.warnings[1].message).toContain('*.c.test');
  });

  it('warns of outdated protocols and of suites that no key fits', async () => {
    const main = await aCertificate({ names: ['a.test'] });
    const old = await preview({ listener: https(main, { tls_ciphers_policy: 'tls-1-0' }) });
    expect(codes(old)).toEqual(['outdatedProtocol', 'noPool']);
    const rsaOnly = { name: 'rsa', protocols: ['TLSv1.2'], ciphers: ['ECDHE-RSA-AES128-GCM-SHA256'] };
    const policy = await api.create('security-policies', 'security_policy', rsaOnly);
    const unfit = await preview({ listener: https(main, { security_policy_id: policy.id }) });
    expect(codes(unfit)).toEqual(['noSuiteForKey', 'noPool']);
  });

  it('warns of whitelists that let nobody in, or not the caller', async () => {
    const group = (list: readonly string[]) =>
      api.create('ipgroups', 'ipgroup', { ip_list: list.map((ip) => ({ ip })) });
    const access = async (list: readonly string[], type: string) => {
      const { id } = await group(list);
      return codes(await preview({ listener: listener({ ipgroup: { ipgroup_id: id, type } }) }));
    };
    expect(await access([], 'white')).toEqual(['whitelistEmpty', 'noPool']);
    expect(await access(['192.0.2.0/24'], 'white')).toEqual(['callerNotInWhitelist', 'noPool']);
    expect(await access([], 'black')).toEqual(['blacklistEmpty', 'noPool']);
    expect(await access(['192.0.2.1-192.0.2.9'], 'black')).toEqual(['noPool']);
  });
});

describe('inspecting a certificate', () => {
  const inspect = async (certificate: object) => {
    const answer = await api.call('POST', '/elbow/v1/certificates/inspect', { certificate });
    expect(answer.status).toBe(200);
    return answer.json.inspection;
  };
  const made = certificateForNames({ commonName: 'a.test', names: ['a.test', '192.0.2.1'], nowMs: startMs });

  it('says what it holds', async () => {
    const found = await inspect({ certificate: made.cert, private_key: made.key });
    expect(found).toMatchObject({
      usable: true,
      subject: 'CN=a.test',
      issuer: 'CN=a.test',
      common_name: 'a.test',
      names: ['a.test', '192.0.2.1'],
      key_type: 'EC',
      key_size: 'prime256v1',
      chain_length: 1,
      private_key: 'matches',
      self_signed: true,
      problems: [],
    });
    expect(found.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(Date.parse(found.not_after)).toBeGreaterThan(startMs);
  });

  it.each([
    ['no PEM', { certificate: 'MIIB' }, 'certificate.certificate', /no "-----BEGIN CERTIFICATE-----"/],
    [
      'another key',
      { certificate: made.cert, private_key: 'none' },
      'certificate.private_key',
      /0 private keys/,
    ],
    ['rubbish inside', { certificate: pem('AAAA') }, 'certificate.certificate', /cannot be read as X.509/],
  ])('says what is wrong with %s', async (_what, body, field, message) => {
    const found = await inspect(body);
    expect(found.usable).toBe(false);
    expect(found.problems).toMatchObject([
      { severity: 'error', field, message: expect.stringMatching(message) },
    ]);
  });

  it('looks at a chain without a key too, and warns of its end', async () => {
    const old = certificateForNames({ commonName: 'a', names: ['a'], nowMs: startMs - 900 * 86_400_000 });
    const found = await inspect({ certificate: old.cert });
    expect(found).toMatchObject({ usable: true, private_key: 'not given' });
    expect(found.problems).toMatchObject([
      { severity: 'warning', message: expect.stringMatching(/^expired on/) },
    ]);
  });

  it('stores nothing', async () => {
    const before = await api.everything();
    await inspect({ certificate: made.cert, private_key: made.key });
    expect(await api.everything()).toEqual(before);
  });
});

function pem(base64: string): string {
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}
