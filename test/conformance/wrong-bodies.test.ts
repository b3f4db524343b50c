import {
  aListener,
  freeAddress,
  makeAuthority,
  serverName,
  startElbow,
  testAuthority,
  watchMembers,
} from '@elbow/testkit';
import type { BuiltListener, CallOptions, Elbow, WireResource } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wrongBodies } from './wrong-values.ts';
import type { Kind } from './wrong-values.ts';

// Bad input: 400 that names the field, nothing stored, nothing half applied.

let elbow: Elbow;
let built: BuiltListener;
let monitor: WireResource;
const good: Partial<Record<Kind, Record<string, unknown>>> = {};

const kinds: readonly Kind[] = ['loadbalancer', 'listener', 'pool', 'member', 'healthmonitor', 'certificate'];

beforeAll(async () => {
  elbow = await startElbow();
  built = await aListener(elbow, { members: [{ address: freeAddress(), port: 80 }] });
  const files = await (await testAuthority()).issue([serverName]);
  good.loadbalancer = { availability_zone_list: ['az1'] };
  good.listener = {
    loadbalancer_id: built.loadBalancer.id,
    protocol: 'HTTPS',
    protocol_port: 9000,
    default_tls_container_ref: built.certificate?.id,
  };
  good.pool = { loadbalancer_id: built.loadBalancer.id, protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' };
  good.member = { address: freeAddress(), protocol_port: 81 };
  const free = await elbow.api.create('pool', good.pool);
  const check = { type: 'HTTP', delay: 5, timeout: 3, max_retries: 3 };
  // Switched off, so that nothing changes by itself between two looks.
  monitor = await watchMembers(elbow, built.pool.id, { ...check, admin_state_up: false });
  good.healthmonitor = { ...check, pool_id: free.id };
  good.certificate = { type: 'server', certificate: files.certificatePem, private_key: files.keyPem };
});
afterAll(() => elbow?.stop());

const collection = (kind: Kind): string =>
  kind === 'member' ? `pools/${built.pool.id}/members` : `${kind}s`;
const ids: Record<Kind, () => string> = {
  loadbalancer: () => built.loadBalancer.id,
  listener: () => built.listener.id,
  pool: () => built.pool.id,
  member: () => built.members[0]?.id ?? '',
  healthmonitor: () => monitor.id,
  certificate: () => built.certificate?.id ?? '',
};

/** Everything that is stored, as the API shows it. */
async function everything(): Promise<readonly unknown[]> {
  const answers = await Promise.all(kinds.map((kind) => elbow.api.call('GET', collection(kind))));
  return answers.map(({ json }) => ({ ...json, request_id: '' }));
}

async function expectRefused(method: string, path: string, body: unknown, field: string): Promise<void> {
  const answer = await elbow.api.call(method, path, body);
  const seen = `${method} ${path} ${JSON.stringify(body).slice(0, 300)} → ${answer.status} ${answer.text.slice(0, 300)}`;
  expect(answer.status, seen).toBe(400);
  expect(answer.json, seen).toMatchObject({
    error_code: expect.stringMatching(/^ELB\.\d{4}$/),
    error_msg: expect.stringContaining(field),
  });
  expect(answer.headers['x-request-id'], seen).toBe(answer.json.request_id);
}

describe.each(kinds)('%s', (kind) => {
  it('is created from the body that the others are made wrong from', async () => {
    const answer = await elbow.api.call('POST', collection(kind), { [kind]: good[kind] });
    expect(answer.status, answer.text).toBe(201);
    expect((await elbow.api.call('DELETE', `${collection(kind)}/${answer.json[kind].id}`)).status).toBe(204);
  });

  it.each(Object.entries(wrongBodies[kind].create))('create with wrong %s', async (field, values) => {
    const before = await everything();
    for (const value of values)
      await expectRefused('POST', collection(kind), { [kind]: { ...good[kind], [field]: value } }, field);
    expect(await everything()).toEqual(before);
  });

  it.each(wrongBodies[kind].required)('create without %s', async (field) => {
    const before = await everything();
    await expectRefused('POST', collection(kind), { [kind]: { ...good[kind], [field]: undefined } }, field);
    expect(await everything()).toEqual(before);
  });

  it.each(Object.entries(wrongBodies[kind].update))('update with wrong %s', async (field, values) => {
    const before = await everything();
    const path = `${collection(kind)}/${ids[kind]()}`;
    for (const value of values) {
      const others = field === 'name' ? { description: 'half applied' } : { name: 'half applied' };
      await expectRefused('PUT', path, { [kind]: { ...others, [field]: value } }, field);
    }
    expect(await everything()).toEqual(before);
  });

  const notBodies: readonly (readonly [string, string])[] = [
    ['an empty body', ''],
    ['no JSON', 'name=x'],
    ['half of JSON', `{"${kind}": {`],
    ['a list', '[]'],
    ['null', 'null'],
    ['an object without the wrapper', '{"name": "x"}'],
    ['an empty object', '{}'],
    ['a wrapper around null', `{"${kind}": null}`],
    ['a wrapper around a list', `{"${kind}": []}`],
    ['a wrapper around text', `{"${kind}": "x"}`],
    ['the wrapper of another kind', '{"quota": {}}'],
    ['JSON nested 100,000 deep', `{"${kind}": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ];
  it.each(notBodies)('%s is refused on create and update', async (_what, body) => {
    const before = await everything();
    for (const [method, path] of [
      ['POST', collection(kind)],
      ['PUT', `${collection(kind)}/${ids[kind]()}`],
    ] as const) {
      const answer = await elbow.api.call(method, path, body);
      expect([answer.status, answer.json.error_code]).toEqual([400, 'ELB.8902']);
    }
    expect(await everything()).toEqual(before);
  });
});

describe('references to what is not there', () => {
  const nothing = '7c1d0f3a-52b8-4e61-9a0d-3f8e6b2c4d10';
  it.each([
    ['listener', 'loadbalancer_id', nothing],
    ['listener', 'default_pool_id', nothing],
    ['listener', 'default_tls_container_ref', nothing.replaceAll('-', '')],
    ['pool', 'loadbalancer_id', nothing],
    ['pool', 'listener_id', nothing],
    ['healthmonitor', 'pool_id', nothing],
    ['loadbalancer', 'vip_subnet_cidr_id', nothing],
    ['loadbalancer', 'l7_flavor_id', nothing],
  ] as const)('%s.%s: 404 that names the id, nothing stored', async (kind, field, id) => {
    const before = await everything();
    const answer = await elbow.api.call('POST', collection(kind), { [kind]: { ...good[kind], [field]: id } });
    expect([answer.status, answer.json.error_code]).toEqual([404, 'ELB.8904']);
    expect(answer.json.error_msg).toContain(id);
    expect(await everything()).toEqual(before);
  });
});

describe('a certificate', () => {
  it('whose key belongs to another one is refused', async () => {
    const stranger = await (await makeAuthority('stranger')).issue([serverName]);
    const fields = { ...good.certificate, private_key: stranger.keyPem };
    await expectRefused('POST', 'certificates', { certificate: fields }, 'private_key');
    await expectRefused(
      'PUT',
      `certificates/${ids.certificate()}`,
      { certificate: { private_key: stranger.keyPem } },
      'private_key',
    );
  });

  it('never shows its key', async () => {
    const shown = await elbow.api.call('GET', `certificates/${ids.certificate()}`);
    expect(shown.json.certificate.private_key).toMatch(/^\*+$/);
    expect(shown.text).not.toContain('PRIVATE KEY');
  });
});

describe('without a right', () => {
  it.each([
    ['no signature', () => ({ isUnsigned: true })],
    ['a signature from 16 minutes ago', () => ({ date: new Date(Date.now() - 16 * 60_000) })],
    ['a signature from 16 minutes ahead', () => ({ date: new Date(Date.now() + 16 * 60_000) })],
    ['a made-up token', () => ({ isUnsigned: true, headers: { 'x-auth-token': 'made-up' } })],
    [
      'a made-up authorization',
      () => ({
        isUnsigned: true,
        headers: { authorization: 'SDK-HMAC-SHA256 Access=x, SignedHeaders=x, Signature=x' },
      }),
    ],
  ] as readonly (readonly [string, () => CallOptions])[])(
    '%s: 401, whatever the body',
    async (_what, options) => {
      const before = await everything();
      const answer = await elbow.api.call(
        'POST',
        'loadbalancers',
        { loadbalancer: good.loadbalancer },
        options(),
      );
      expect(answer.status).toBe(401);
      expect(await everything()).toEqual(before);
    },
  );
});
