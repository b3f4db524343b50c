import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../../testing/api-fixture.ts';
import { checkUnchanged, versionTag } from './version-tag.ts';

let api: ApiFixture;
let id: string;
beforeAll(async () => {
  api = await apiFixture();
  ({ id } = await api.create('loadbalancers', 'loadbalancer', {
    name: 'lb',
    availability_zone_list: ['az1'],
  }));
});
afterAll(() => api.close());

async function call(method: string, path: string, ifMatch: string | null, body?: object) {
  const { token } = await tokenOf();
  const response = await api.app.request(`${api.project}/${path}`, {
    method,
    headers: { 'X-Auth-Token': token, ...(ifMatch === null ? {} : { 'If-Match': ifMatch }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    etag: response.headers.get('ETag'),
    json: text === '' ? null : (JSON.parse(text) as Record<string, string>),
  };
}

let known: Promise<{ readonly token: string }> | null = null;
function tokenOf(): Promise<{ readonly token: string }> {
  const identity = { methods: ['password'], password: { user: { name: 'admin', password: api.password } } };
  const body = JSON.stringify({ auth: { identity } });
  known ??= Promise.resolve(api.app.request('/v3/auth/tokens', { method: 'POST', body })).then(
    (response) => ({
      token: response.headers.get('X-Subject-Token') ?? '',
    }),
  );
  return known;
}

const rename = (name: string) => ({ loadbalancer: { name } });

it('stays while nobody changes the object, also when a listener is added below it', async () => {
  const { etag } = await call('GET', `loadbalancers/${id}`, null);
  expect(etag).toMatch(/^"[\w-]{22}"$/);
  await api.create('listeners', 'listener', { loadbalancer_id: id, protocol: 'HTTP', protocol_port: 8080 });
  expect((await call('GET', `loadbalancers/${id}`, null)).etag).toBe(etag);
});

it('guards a change: the first one wins, the second is told', async () => {
  const { etag } = await call('GET', `loadbalancers/${id}`, null);
  const first = await call('PUT', `loadbalancers/${id}`, etag, rename('first'));
  expect(first.status).toBe(200);
  const second = await call('PUT', `loadbalancers/${id}`, etag, rename('second'));
  expect([second.status, second.json?.['error_code']]).toEqual([412, 'ELB.8912']);
  const now = await call('GET', `loadbalancers/${id}`, null);
  expect([now.etag, now.json?.['loadbalancer']]).toEqual([
    first.etag,
    expect.objectContaining({ name: 'first' }),
  ]);
  expect((await call('PUT', `loadbalancers/${id}`, `"x", ${now.etag}`, rename('third'))).status).toBe(200);
});

it('guards a removal, and * is any version', async () => {
  const other = await api.create('pools', 'pool', {
    name: 'p',
    protocol: 'HTTP',
    lb_algorithm: 'ROUND_ROBIN',
    loadbalancer_id: id,
  });
  const { etag } = await call('GET', `pools/${other.id}`, null);
  expect((await call('PUT', `pools/${other.id}`, '*', { pool: { name: 'q' } })).status).toBe(200);
  expect((await call('DELETE', `pools/${other.id}`, etag)).status).toBe(412);
  expect(
    (await call('DELETE', `pools/${other.id}`, (await call('GET', `pools/${other.id}`, null)).etag)).status,
  ).toBe(204);
});

it('is asked for by nobody who does not send it, and 404 comes first', async () => {
  expect((await call('PUT', `loadbalancers/${id}`, null, rename('free'))).etag).toBeNull();
  const gone = await call('DELETE', 'pools/7c1d0f3a-52b8-4e61-9a0d-3f8e6b2c4d10', '"x"');
  expect(gone.status).toBe(404);
});

it('does not depend on the order of attributes, and weak tags match nothing', () => {
  const tag = versionTag({ a: 1, b: { c: [1, 2], d: null } });
  expect(versionTag({ b: { d: null, c: [1, 2] }, a: 1 })).toBe(tag);
  expect(versionTag({ a: 1, b: { c: [2, 1], d: null } })).not.toBe(tag);
  expect(checkUnchanged({ a: 1 }, `W/${versionTag({ a: 1 })}`)?.status).toBe(412);
});
