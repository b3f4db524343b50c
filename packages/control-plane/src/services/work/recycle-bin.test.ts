import { testAuthority } from '@elbow/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../../testing/api-fixture.ts';

let api: ApiFixture;
beforeAll(async () => {
  api = await apiFixture();
});
afterEach(async () => {
  await api.call('PUT', 'recycle-bin', { recycle_bin: { enable: false } });
  const policy = { retention_hour: 72, recycle_threshold_hour: 0 };
  await api.call('PUT', 'recycle-bin/policy', { recycle_bin: { policy } });
  for (const { id } of (await api.call('GET', 'loadbalancers')).json.loadbalancers)
    await api.call('DELETE', `loadbalancers/${id}/force-elb`);
  for (const { id } of (await api.call('GET', 'recycle-bin/loadbalancers')).json.loadbalancers)
    await api.call('DELETE', `recycle-bin/loadbalancers/${id}`);
});
afterAll(() => api.close());

const hourMs = 3_600_000;

async function switchOn(): Promise<void> {
  expect(await api.call('PUT', 'recycle-bin', { recycle_bin: { enable: true } })).toMatchObject({
    status: 200,
  });
}

/** A load balancer with a listener, a policy and a pool with a member. */
async function aTree() {
  const owner = await api.create('loadbalancers', 'loadbalancer', {
    name: 'edge',
    availability_zone_list: ['az1'],
    vip_address: '127.0.0.10',
    ip_target_enable: true,
  });
  const place = { loadbalancer_id: owner.id, protocol: 'HTTP', protocol_port: 8080 };
  const listener = await api.create('listeners', 'listener', { ...place, name: 'web' });
  const pool = await api.create('pools', 'pool', {
    protocol: 'HTTP',
    lb_algorithm: 'ROUND_ROBIN',
    listener_id: listener.id,
  });
  const members = `pools/${pool.id}/members`;
  const member = await api.create(members, 'member', { address: '127.0.9.1', protocol_port: 80 });
  const policy = await api.create('l7policies', 'l7policy', {
    listener_id: listener.id,
    action: 'REDIRECT_TO_POOL',
    redirect_pool_id: pool.id,
    rules: [{ type: 'PATH', compare_type: 'STARTS_WITH', value: '/a' }],
  });
  return { owner, listener, pool, member, policy };
}

describe('the switch', () => {
  it('is off at first; switch and policy are kept and shown', async () => {
    const off = { enable: false, policy: { retention_hour: 72, recycle_threshold_hour: 0 } };
    expect((await api.call('GET', 'recycle-bin')).json.recycle_bin).toMatchObject(off);
    await switchOn();
    const policy = { policy: { retention_hour: 5, recycle_threshold_hour: 2 } };
    expect(await api.call('PUT', 'recycle-bin/policy', { recycle_bin: policy })).toMatchObject({
      status: 200,
    });
    const { json } = await api.call('GET', 'recycle-bin');
    expect(json.recycle_bin).toEqual({ project_id: api.account.projectId, enable: true, ...policy });
    const stored = await api.store.read((reader) => reader.document(`recycle-bin:${api.account.projectId}`));
    expect(stored).toEqual({ isEnabled: true, retentionHours: 5, thresholdHours: 2 });
  });

  it.each([
    ['recycle-bin', { enable: 'true' }],
    ['recycle-bin', {}],
    ['recycle-bin/policy', { policy: { retention_hour: 0 } }],
    ['recycle-bin/policy', { policy: { recycle_threshold_hour: -1 } }],
    ['recycle-bin/policy', { enable: true }],
  ])('PUT %s refuses %j', async (path, fields) => {
    expect(await api.call('PUT', path, { recycle_bin: fields })).toMatchObject({
      status: 400,
      json: { error_code: 'ELB.8902' },
    });
  });

  it('off, a load balancer with listeners stays and nothing goes to the bin', async () => {
    const { owner, listener } = await aTree();
    expect((await api.call('DELETE', `loadbalancers/${owner.id}`)).status).toBe(409);
    expect((await api.call('DELETE', `listeners/${listener.id}/force`)).status).toBe(204);
    expect((await api.call('DELETE', `loadbalancers/${owner.id}`)).status).toBe(204);
    expect((await api.call('GET', 'recycle-bin/loadbalancers')).json.loadbalancers).toEqual([]);
  });
});

describe('a deleted load balancer', () => {
  it('lies in the bin with its listeners, and is nowhere else', async () => {
    await switchOn();
    const { owner, listener } = await aTree();
    expect((await api.call('DELETE', `loadbalancers/${owner.id}`)).status).toBe(204);
    expect((await api.call('GET', `loadbalancers/${owner.id}`)).status).toBe(404);
    expect((await api.call('GET', `listeners/${listener.id}`)).status).toBe(404);
    expect((await api.call('GET', 'loadbalancers')).json.loadbalancers).toEqual([]);
    const { json } = await api.call('GET', 'recycle-bin/loadbalancers?name=edge');
    expect(json.loadbalancers).toMatchObject([
      {
        id: owner.id,
        provisioning_status: 'RECYCLING',
        auto_terminate_time: '2024-01-05T03:04:05Z',
        listeners: [{ id: listener.id }],
      },
    ]);
    expect((await api.call('GET', 'recycle-bin/loadbalancers?name=other')).json.loadbalancers).toEqual([]);
    const all = await api.call('GET', 'loadbalancers?include_recycle_bin=true');
    expect(all.json.loadbalancers.map(({ id }: { id: string }) => id)).toEqual([owner.id]);
    const listeners = await api.call('GET', 'listeners?include_recycle_bin=true&name=web');
    expect(listeners.json.listeners).toMatchObject([{ id: listener.id, name: 'web' }]);
    expect((await api.call('GET', 'listeners?include_recycle_bin=true&name=x')).json.listeners).toEqual([]);
  });

  it('keeps its address, comes back as it was, and the job tells of it', async () => {
    await switchOn();
    const { owner, listener, policy, pool, member } = await aTree();
    const before = (await api.everything()) as Readonly<Record<string, unknown>>;
    await api.call('DELETE', `loadbalancers/${owner.id}`);
    const rival = { availability_zone_list: ['az1'], vip_address: '127.0.0.10' };
    expect((await api.call('POST', 'loadbalancers', { loadbalancer: rival })).status).toBe(409);
    const back = await api.call('PUT', `recycle-bin/loadbalancers/${owner.id}/recover`);
    expect(back).toMatchObject({ status: 200, json: { type: 'v3' } });
    expect(await api.everything()).toEqual(before);
    const { json } = await api.call('GET', `loadbalancers/${owner.id}`);
    expect(json.loadbalancer).toMatchObject({
      provisioning_status: 'ACTIVE',
      listeners: [{ id: listener.id }],
      pools: [{ id: pool.id }],
    });
    expect((await api.call('GET', `l7policies/${policy.id}`)).json.l7policy.rules).toHaveLength(1);
    expect((await api.call('GET', `pools/${pool.id}/members/${member.id}`)).status).toBe(200);
    expect((await api.call('GET', `jobs/${back.json.job_id}`)).json.job).toMatchObject({
      status: 'SUCCESS',
      resource_id: owner.id,
      sub_jobs: [{ entities: [{ resource_id: owner.id, resource_type: 'loadbalancer' }] }],
    });
    expect((await api.call('GET', 'recycle-bin/loadbalancers')).json.loadbalancers).toEqual([]);
  });

  it('deleted by force, comes back with its pools and members', async () => {
    await switchOn();
    const { owner, pool } = await aTree();
    const before = await api.everything();
    expect((await api.call('DELETE', `loadbalancers/${owner.id}/force-elb`)).status).toBe(204);
    expect((await api.call('GET', `pools/${pool.id}`)).status).toBe(404);
    expect((await api.call('PUT', `recycle-bin/loadbalancers/${owner.id}/recover`)).status).toBe(200);
    expect(await api.everything()).toEqual(before);
  });

  it('can be destroyed for good, and goes by itself when its time is over', async () => {
    await switchOn();
    const { owner } = await aTree();
    await api.call('DELETE', `loadbalancers/${owner.id}`);
    expect((await api.call('DELETE', `recycle-bin/loadbalancers/${owner.id}`)).status).toBe(204);
    expect((await api.call('PUT', `recycle-bin/loadbalancers/${owner.id}/recover`)).status).toBe(404);
    const late = await api.create('loadbalancers', 'loadbalancer', {
      availability_zone_list: ['az1'],
      vip_address: '127.0.0.10',
    });
    const policy = { policy: { retention_hour: 5 } };
    await api.call('PUT', 'recycle-bin/policy', { recycle_bin: policy });
    await api.call('DELETE', `loadbalancers/${late.id}`);
    api.clock.advance(5 * hourMs);
    expect((await api.call('PUT', `recycle-bin/loadbalancers/${late.id}/recover`)).status).toBe(404);
    const heir = { availability_zone_list: ['az1'], vip_address: '127.0.0.10' };
    expect((await api.call('POST', 'loadbalancers', { loadbalancer: heir })).status).toBe(201);
  });

  it('younger than the threshold is destroyed at once', async () => {
    await switchOn();
    const policy = { policy: { recycle_threshold_hour: 1 } };
    await api.call('PUT', 'recycle-bin/policy', { recycle_bin: policy });
    const fields = { availability_zone_list: ['az1'] };
    const young = await api.create('loadbalancers', 'loadbalancer', fields);
    await api.call('DELETE', `loadbalancers/${young.id}`);
    const old = await api.create('loadbalancers', 'loadbalancer', fields);
    api.clock.advance(hourMs);
    await api.call('DELETE', `loadbalancers/${old.id}`);
    const { json } = await api.call('GET', 'recycle-bin/loadbalancers');
    expect(json.loadbalancers.map(({ id }: { id: string }) => id)).toEqual([old.id]);
  });

  it('cannot come back without its certificate, and says so', async () => {
    await switchOn();
    const files = await (await testAuthority()).issue(['www.example.test']);
    const certificate = await api.create('certificates', 'certificate', {
      certificate: files.certificatePem,
      private_key: files.keyPem,
    });
    const owner = await api.create('loadbalancers', 'loadbalancer', { availability_zone_list: ['az1'] });
    await api.create('listeners', 'listener', {
      loadbalancer_id: owner.id,
      protocol: 'HTTPS',
      protocol_port: 8443,
      default_tls_container_ref: certificate.id,
    });
    await api.call('DELETE', `loadbalancers/${owner.id}`);
    expect((await api.call('DELETE', `certificates/${certificate.id}`)).status).toBe(204);
    const answer = await api.call('PUT', `recycle-bin/loadbalancers/${owner.id}/recover`);
    expect(answer).toMatchObject({ status: 409, json: { error_code: 'ELB.8907' } });
    expect(answer.json.error_msg).toContain(certificate.id);
    expect((await api.call('GET', 'recycle-bin/loadbalancers')).json.loadbalancers).toHaveLength(1);
  });
});
