import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../../testing/api-fixture.ts';

let api: ApiFixture;
let owner: { readonly id: string };
beforeAll(async () => {
  api = await apiFixture({
    settings: { backendSubnets: ['127.0.40.0/24'], frontendSubnets: ['127.0.0.0/24'] },
  });
  owner = await api.create('loadbalancers', 'loadbalancer', {
    name: 'edge',
    availability_zone_list: ['az1'],
    ip_target_enable: true,
  });
});
afterAll(() => api.close());

const stranger = '7c1d0f3a-52b8-4e61-9a0d-3f8e6b2c4d10';

describe('log tanks', () => {
  const labels = { log_group_id: 'group-1', log_topic_id: 'topic-1' };

  it('one is made, shown in the load balancer, changed and deleted', async () => {
    const tank = await api.create('logtanks', 'logtank', { loadbalancer_id: owner.id, ...labels });
    expect(tank).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      project_id: api.account.projectId,
      loadbalancer_id: owner.id,
      ...labels,
    });
    const stored = await api.store.read((reader) => reader.find('loadBalancer', owner.id));
    expect(stored?.logTank).toMatchObject({ id: tank.id, groupId: 'group-1', topicId: 'topic-1' });
    expect((await api.call('GET', `loadbalancers/${owner.id}`)).json.loadbalancer).toMatchObject(labels);
    expect((await api.call('GET', `logtanks/${tank.id}`)).json.logtank).toEqual(tank);
    const changed = await api.call('PUT', `logtanks/${tank.id}`, { logtank: { log_topic_id: 'topic-2' } });
    expect(changed).toMatchObject({ status: 200, json: { logtank: { ...tank, log_topic_id: 'topic-2' } } });
    const found = await api.call('GET', `logtanks?loadbalancer_id=${owner.id}&log_topic_id=topic-2`);
    expect(found.json).toMatchObject({ logtanks: [{ id: tank.id }], page_info: { current_count: 1 } });
    expect((await api.call('GET', 'logtanks?log_topic_id=topic-1')).json.logtanks).toEqual([]);
    expect((await api.call('DELETE', `logtanks/${tank.id}`)).status).toBe(204);
    expect((await api.call('GET', `logtanks/${tank.id}`)).status).toBe(404);
    const after = (await api.call('GET', `loadbalancers/${owner.id}`)).json.loadbalancer;
    expect(after).toMatchObject({ log_group_id: null, log_topic_id: null });
  });

  it('a load balancer has one, an unknown one none, and it goes with its load balancer', async () => {
    const place = await api.create('loadbalancers', 'loadbalancer', { availability_zone_list: ['az1'] });
    const body = { logtank: { loadbalancer_id: place.id, ...labels } };
    const first = (await api.call('POST', 'logtanks', body)).json.logtank;
    expect(await api.call('POST', 'logtanks', body)).toMatchObject({
      status: 409,
      json: { error_code: 'ELB.8907' },
    });
    const lost = { logtank: { loadbalancer_id: stranger, ...labels } };
    expect(await api.call('POST', 'logtanks', lost)).toMatchObject({
      status: 404,
      json: { error_code: 'ELB.8904' },
    });
    await api.call('DELETE', `loadbalancers/${place.id}`);
    expect((await api.call('GET', `logtanks/${first.id}`)).status).toBe(404);
  });

  it.each([
    { log_group_id: '' },
    { log_group_id: 5 },
    { loadbalancer_id: 'x' },
    { id: stranger },
    { more: 1 },
  ])('refuses %j', async (wrong) => {
    const body = { logtank: { loadbalancer_id: owner.id, ...labels, ...wrong } };
    expect((await api.call('POST', 'logtanks', body)).status).toBe(400);
  });
});

describe('jobs', () => {
  it('tell of what a clone made', async () => {
    const source = await api.create('loadbalancers', 'loadbalancer', { availability_zone_list: ['az1'] });
    const { json: cloned } = await api.call('POST', `loadbalancers/${source.id}/clone`, { count: 2 });
    const copies = cloned.loadbalancer_list.map(({ id }: { id: string }) => id);
    const { json } = await api.call('GET', `jobs/${cloned.job_id}`);
    expect(json.job).toMatchObject({
      job_id: cloned.job_id,
      job_type: 'cloneLoadbalancer',
      status: 'SUCCESS',
      begin_time: '2024-01-02T03:04:05Z',
      end_time: '2024-01-02T03:04:05Z',
      error_code: null,
      resource_id: source.id,
    });
    expect(json.job.sub_jobs.map((one: { resource_id: string }) => one.resource_id)).toEqual(copies);
    expect(await api.store.read((reader) => reader.find('job', cloned.job_id))).toMatchObject({
      type: 'cloneLoadbalancer',
      resourceId: source.id,
    });
    for (const query of [
      `job_id=${cloned.job_id}`,
      `resource_id=${source.id}&status=SUCCESS`,
      `resource_id=${source.id}&job_type=cloneLoadbalancer&begin_time=2024-01-02T03:04:05`,
    ]) {
      const { json: list } = await api.call('GET', `jobs?${query}`);
      expect(list.jobs.map((job: { job_id: string }) => job.job_id)).toEqual([cloned.job_id]);
      expect(list.jobs[0].sub_jobs).toBeUndefined();
    }
    for (const query of ['status=FAIL', 'begin_time=2024-01-02T03:04:06', 'job_type=UPGRADE'])
      expect((await api.call('GET', `jobs?resource_id=${source.id}&${query}`)).json.jobs).toEqual([]);
  });

  it('an unknown one is 404, a time that is none 400', async () => {
    expect((await api.call('GET', `jobs/${stranger}`)).status).toBe(404);
    expect((await api.call('GET', 'jobs?begin_time=yesterday')).status).toBe(400);
  });
});

describe('features', () => {
  it('say for each zone what is available and why not', async () => {
    const { json } = await api.call('GET', 'feature/configs?feature=early_data');
    expect(json.configs).toMatchObject([
      {
        feature: 'early_data',
        switch: false,
        type: 'BOOL',
        value: 'false',
        tenant_id: api.account.projectId,
        availability_zones: [{ code: 'az1', available: false, reason: 'no node of this zone is connected' }],
      },
    ]);
    const all = (await api.call('GET', 'feature/configs?limit=3')).json;
    expect(all.configs).toHaveLength(3);
    expect(all.page_info.next_marker).toBe(all.configs[2].id);
    const features = (await api.call('GET', `loadbalancers/${owner.id}/features`)).json.features;
    expect(features).toContainEqual({
      feature: 'http2',
      type: 'BOOL',
      value: 'false',
      reason: 'az1: no node of this zone is connected',
    });
    expect((await api.call('GET', `loadbalancers/${stranger}/features`)).status).toBe(404);
  });
});

describe('addresses', () => {
  it('local ports are where connections to members come from', async () => {
    const { json } = await api.call('GET', `loadbalancers/${owner.id}/local-ports`);
    const stored = await api.store.read((reader) => reader.find('loadBalancer', owner.id));
    expect(stored?.sourceAddresses.length).toBeGreaterThan(0);
    expect(json.ports.map((port: { ip_address: string }) => port.ip_address)).toEqual(
      stored?.sourceAddresses.map(({ address }) => address),
    );
    const [first] = json.ports;
    expect(first).toMatchObject({ type: 'l7', ipv6_address: null, virsubnet_id: expect.any(String) });
    const one = await api.call('GET', `loadbalancers/${owner.id}/local-ports?ip_address=${first.ip_address}`);
    expect(one.json.ports).toEqual([first]);
  });

  it('counts what a load balancer takes', async () => {
    const count = async (query: string): Promise<number> =>
      (await api.call('GET', `preoccupy-ip-num${query}`)).json.preoccupy_ip.total;
    const before = (await api.store.read((reader) => reader.find('loadBalancer', owner.id)))?.sourceAddresses;
    expect(await count('?availability_zone_id=az1')).toBe(before?.length);
    expect(await count(`?loadbalancer_id=${owner.id}`)).toBe(1);
    expect((await api.call('GET', 'preoccupy-ip-num?availability_zone_id=az9')).status).toBe(400);
    expect((await api.call('GET', 'preoccupy-ip-num?scene=UPGRADE')).status).toBe(400);
  });
});

it('topology shows listeners, pools and policies between them', async () => {
  const place = { loadbalancer_id: owner.id, protocol: 'HTTP', protocol_port: 8081 };
  const listener = await api.create('listeners', 'listener', { ...place, name: 'web' });
  const pool = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' };
  const main = await api.create('pools', 'pool', { ...pool, listener_id: listener.id });
  const side = await api.create('pools', 'pool', { ...pool, loadbalancer_id: owner.id });
  const policy = await api.create('l7policies', 'l7policy', {
    listener_id: listener.id,
    action: 'REDIRECT_TO_POOL',
    redirect_pool_id: side.id,
    rules: [{ type: 'PATH', compare_type: 'STARTS_WITH', value: '/side' }],
  });
  const { json } = await api.call('GET', `loadbalancers/${owner.id}/topology`);
  expect(json.topology.nodes).toMatchObject({
    loadbalancers: [{ id: owner.id, name: 'edge' }],
    listeners: [{ id: listener.id, protocol_port: 8081 }],
    eips: [],
  });
  const edges = json.topology.edges.map((one: Record<string, string>) => [
    one['source'],
    one['target'],
    one['label_id'],
  ]);
  expect(edges).toEqual([
    [owner.id, listener.id, null],
    [listener.id, main.id, null],
    [listener.id, side.id, policy.id],
  ]);
  expect(json.topology.labels.l7policies).toMatchObject([{ id: policy.id, rules: [{ value: '/side' }] }]);
  const part = await api.call('GET', `loadbalancers/${owner.id}/topology?pool_id=${main.id}`);
  expect(part.json.topology.nodes.pools.map(({ id }: { id: string }) => id)).toEqual([main.id]);
  const none = await api.call('GET', `loadbalancers/${owner.id}/topology?listener_name=x`);
  expect(none.json.topology.nodes.listeners).toEqual([]);
});

describe('what is answered with a reason', () => {
  it('the echo of private keys is off and stays off', async () => {
    const path = 'certificates/settings/private-key-echo';
    expect((await api.call('GET', path)).json.private_key_echo).toBe(false);
    expect(await api.call('POST', path, { private_key_echo: false })).toMatchObject({
      status: 201,
      json: { private_key_echo: false },
    });
    expect(await api.call('POST', path, { private_key_echo: true })).toMatchObject({
      status: 400,
      json: { error_code: 'ELB.8902', error_msg: expect.stringContaining('never leave') },
    });
    expect((await api.call('POST', path, { private_key_echo: 'x' })).status).toBe(400);
    expect((await api.call('GET', path)).json.private_key_echo).toBe(false);
  });

  it('active/standby pools', async () => {
    expect((await api.call('GET', 'master-slave-pools')).json.pools).toEqual([]);
    for (const [method, path, status] of [
      ['POST', 'master-slave-pools', 400],
      ['GET', `master-slave-pools/${stranger}`, 404],
      ['DELETE', `master-slave-pools/${stranger}`, 404],
    ] as const) {
      const answer = await api.call(method, path, method === 'POST' ? { pool: {} } : undefined);
      expect(answer.status).toBe(status);
      expect(answer.json.error_msg).toContain('layer 4');
    }
  });

  it.each([
    ['POST', 'loadbalancers/change-charge-mode'],
    ['POST', `loadbalancers/${stranger}/upgrade`],
    ['POST', `loadbalancers/${stranger}/dns/user-defined-config`],
    ['POST', `loadbalancers/${stranger}/dns/system-default-config`],
    ['GET', `loadbalancers/${stranger}/dns/ips`],
    ['POST', `loadbalancers/${stranger}/dns/ips/batch-enable`],
    ['POST', `loadbalancers/${stranger}/dns/ips/batch-disable`],
  ])('%s %s is for hosted load balancers', async (method, path) => {
    const before = await api.everything();
    const answer = await api.call(method, path, method === 'POST' ? { loadbalancer: {} } : undefined);
    expect(answer).toMatchObject({ status: 400, json: { error_code: 'ELB.8902' } });
    expect(answer.json.error_msg).toContain('not applicable to a self-hosted load balancer');
    expect(await api.everything()).toEqual(before);
  });
});
