import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../testing/api-fixture.ts';

let api: ApiFixture;
beforeAll(async () => {
  api = await apiFixture();
});
afterAll(() => api.close());

it('says that no node is connected, and counts what there is', async () => {
  await api.create('loadbalancers', 'loadbalancer', { name: 'edge', availability_zone_list: ['az1'] });
  const { status, json } = await api.call('GET', '/elbow/v1/attention');
  expect(json).toMatchObject({
    attention: {
      thresholds: { limit_percent: 80, certificate_days: 30 },
      counts: { load_balancers: 1, listeners: 0, members: { all: 0, online: 0, offline: 0 } },
      items: [{ kind: 'no_node', severity: 'critical' }],
      omitted: 0,
    },
  });
  expect(status).toBe(200);
});
