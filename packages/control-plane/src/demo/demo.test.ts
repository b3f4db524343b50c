import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../testing/api-fixture.ts';
import { DemoBackends } from './demo-backends.ts';

let api: ApiFixture;
beforeAll(async () => {
  api = await apiFixture();
});
afterAll(() => api.close());

interface Backend {
  readonly address: string;
  readonly protocol_port: number;
}

async function numberOf({ address, protocol_port: port }: Backend): Promise<string | null> {
  const response = await fetch(`http://${address}:${port}/path?query`);
  expect(await response.text()).toContain('GET /path?query');
  return response.headers.get('x-demo-backend');
}

it('two backends answer, the same ones however often they are asked for, until they are stopped', async () => {
  const [one, other] = await Promise.all([
    api.call('POST', '/elbow/v1/demo/backends'),
    api.call('POST', '/elbow/v1/demo/backends'),
  ]);
  expect(one.json.backends).toEqual(other.json.backends);
  const { backends } = (await api.call('GET', '/elbow/v1/demo/backends')).json;
  expect(backends).toEqual(one.json.backends);
  expect(await Promise.all(backends.map(numberOf))).toEqual(['1', '2']);
  expect((await api.call('DELETE', '/elbow/v1/demo/backends')).status).toBe(204);
  await expect(numberOf(backends[0])).rejects.toThrow();
  expect((await api.call('GET', '/elbow/v1/demo/backends')).json.backends).toEqual([]);
});

it('they come back on their ports after a restart', async () => {
  const { backends } = (await api.call('POST', '/elbow/v1/demo/backends')).json;
  await api.operators.close();
  await expect(numberOf(backends[0])).rejects.toThrow();
  const { store } = api;
  const later = new DemoBackends({ store, allowsLoopbackMembers: true, log: () => {} });
  await later.resume();
  expect(await Promise.all((backends as Backend[]).map(numberOf))).toEqual(['1', '2']);
  await later.stop();
});

it('are refused where members may not be on this machine', async () => {
  const other = await apiFixture({ settings: { allowsLoopbackMembers: false } });
  expect((await other.call('POST', '/elbow/v1/demo/backends')).status).toBe(409);
  await other.close();
});

it('a certificate for given names is stored like any other', async () => {
  const wish = { names: ['shop.test', '*.shop.test', '192.0.2.1'] };
  const { status, json } = await api.call('POST', '/elbow/v1/demo/certificate', { certificate: wish });
  expect(status).toBe(201);
  expect(json.certificate).toMatchObject({
    type: 'server',
    name: 'try-out shop.test',
    domain: 'shop.test,*.shop.test',
    private_key: '******',
    subject_alternative_names: ['shop.test', '*.shop.test'],
  });
  expect((await api.call('GET', `certificates/${json.certificate.id}`)).status).toBe(200);
});

it.each([[{ names: [] }], [{ names: ['a b'] }], [{ names: [1] }], [{}], [{ names: ['a'], key: 'x' }]])(
  'refuses %j',
  async (wish) => {
    const answer = await api.call('POST', '/elbow/v1/demo/certificate', { certificate: wish });
    expect(answer.status).toBe(400);
  },
);
