import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../../testing/api-fixture.ts';

let api: ApiFixture;
beforeAll(async () => {
  api = await apiFixture();
});
beforeEach(() => api.clear());
afterAll(() => api.close());

/** A load balancer with two listeners, a policy to each kind of target, pools, a member and a monitor. */
async function aTree() {
  const source = await api.create('loadbalancers', 'loadbalancer', {
    name: 'edge',
    availability_zone_list: ['az1'],
    ip_target_enable: true,
    tags: [{ key: 'env', value: 'prod' }],
    description: 'front',
  });
  const make = (fields: object) =>
    api.create('listeners', 'listener', { loadbalancer_id: source.id, protocol: 'HTTP', ...fields });
  const plain = await make({ name: 'plain', protocol_port: 8080, enhance_l7policy_enable: true });
  const pools = [];
  for (const name of ['default', 'other'])
    pools.push(
      await api.create('pools', 'pool', {
        name,
        protocol: 'HTTP',
        lb_algorithm: 'ROUND_ROBIN',
        loadbalancer_id: source.id,
        ...(name === 'default' ? { listener_id: plain.id } : {}),
      }),
    );
  const [first, other] = pools;
  await api.create(`pools/${other.id}/members`, 'member', {
    name: 'web',
    address: '127.0.9.1',
    protocol_port: 80,
    weight: 5,
  });
  await api.create('healthmonitors', 'healthmonitor', {
    pool_id: other.id,
    type: 'HTTP',
    delay: 7,
    timeout: 3,
    max_retries: 2,
  });
  const policy = await api.create('l7policies', 'l7policy', {
    name: 'by-path',
    listener_id: plain.id,
    action: 'REDIRECT_TO_POOL',
    redirect_pool_id: other.id,
    priority: 4,
    rules: [{ type: 'PATH', compare_type: 'STARTS_WITH', value: '/api' }],
  });
  return { source, plain, first, other, policy };
}

const list = async (kind: string, query: string) => (await api.call('GET', `${kind}?${query}`)).json[kind];

describe('a copy of a load balancer', () => {
  it('has copies of everything, under other ids and on an address of its own', async () => {
    const { source, plain, first, other, policy } = await aTree();
    const answer = await api.call('POST', `loadbalancers/${source.id}/clone`, {});
    expect(answer.status).toBe(201);
    const [{ id }] = answer.json.loadbalancer_list;
    const copy = (await api.call('GET', `loadbalancers/${id}`)).json.loadbalancer;
    expect(copy).toMatchObject({
      name: 'edge-copy-1',
      description: 'front',
      tags: [{ key: 'env', value: 'prod' }],
      ip_target_enable: true,
    });
    expect(copy.vip_address).not.toBe(source.vip_address);
    const [listener] = await list('listeners', `loadbalancer_id=${id}`);
    expect(listener).toMatchObject({ name: 'plain', protocol_port: 8080, enhance_l7policy_enable: true });
    const [copied] = await list('l7policies', `listener_id=${listener.id}&display_all_rules=true`);
    expect(copied).toMatchObject({ name: 'by-path', priority: 4 });
    expect(copied.rules).toMatchObject([{ type: 'PATH', value: '/api' }]);
    const ids = [id, listener.id, copied.id, listener.default_pool_id, copied.redirect_pool_id];
    expect(new Set([...ids, source.id, plain.id, policy.id, first.id, other.id]).size).toBe(10);
    const pool = (await api.call('GET', `pools/${copied.redirect_pool_id}`)).json.pool;
    expect(pool).toMatchObject({ name: 'other', loadbalancers: [{ id }] });
    const { members } = (await api.call('GET', `pools/${pool.id}/members`)).json;
    expect(members).toMatchObject([{ name: 'web', address: '127.0.9.1', weight: 5 }]);
    const monitor = (await api.call('GET', `healthmonitors/${pool.healthmonitor_id}`)).json.healthmonitor;
    expect(monitor).toMatchObject({ type: 'HTTP', delay: 7, pools: [{ id: pool.id }] });
    const job = (await api.call('GET', `jobs/${answer.json.job_id}`)).json.job;
    expect(job).toMatchObject({ job_type: 'cloneLoadbalancer', status: 'SUCCESS', resource_id: source.id });
  });

  it('shares the pools when it is told to', async () => {
    const { source, first, other } = await aTree();
    const before = await api.store.read((reader) => reader.count('pool', {}));
    const answer = await api.call('POST', `loadbalancers/${source.id}/clone`, {
      count: 2,
      target_loadbalancer_param: { name: 'twin', reuse_pool: true },
    });
    const copies = answer.json.loadbalancer_list.map(({ id }: { id: string }) => id);
    expect(copies).toHaveLength(2);
    expect(await api.store.read((reader) => reader.count('pool', {}))).toBe(before);
    for (const [at, id] of copies.entries()) {
      const copy = (await api.call('GET', `loadbalancers/${id}`)).json.loadbalancer;
      expect(copy.name).toBe(`twin-copy-${at + 1}`);
      const [listener] = await list('listeners', `loadbalancer_id=${id}`);
      expect(listener.default_pool_id).toBe(first.id);
      const [policy] = await list('l7policies', `listener_id=${listener.id}`);
      expect(policy.redirect_pool_id).toBe(other.id);
    }
  });

  it.each([
    [{ count: 11 }, 'count'],
    [{ count: 2, target_loadbalancer_param: { vip_address: '127.0.0.9' } }, 'vip_address'],
    [{ target_loadbalancer_param: { availability_zone_list: ['mars'] } }, 'mars'],
    [{ target_loadbalancer_param: { guaranteed: false } }, 'guaranteed'],
    [{ colour: 'red' }, 'colour'],
  ])('is not made from %j', async (body, text) => {
    const { source } = await aTree();
    const before = await api.everything();
    const answer = await api.call('POST', `loadbalancers/${source.id}/clone`, body);
    expect([answer.status, answer.json.error_code]).toEqual([400, 'ELB.8902']);
    expect(answer.json.error_msg).toContain(text);
    expect(await api.everything()).toEqual(before);
  });
});

describe('a copy of a listener', () => {
  const clone = (id: string, ...targets: object[]) =>
    api.call('POST', `listeners/${id}/clone`, { target_listener_params: targets });

  it('goes to another load balancer, with its policies and pools', async () => {
    const { plain, first, other } = await aTree();
    const target = await api.create('loadbalancers', 'loadbalancer', {
      availability_zone_list: ['az1'],
      ip_target_enable: true,
    });
    const answer = await clone(plain.id, { loadbalancer_id: target.id, protocol_port: 9090 });
    expect(answer.status).toBe(201);
    const [made] = answer.json.listener_list;
    expect(made).toEqual({
      id: made.id,
      loadbalancer_id: target.id,
      protocol_port: 9090,
      port_ranges: [],
    });
    const [copy] = await list('listeners', `loadbalancer_id=${target.id}`);
    expect(copy).toMatchObject({ id: made.id, name: 'plain-copy', protocol_port: 9090 });
    const [policy] = await list('l7policies', `listener_id=${copy.id}`);
    expect([first.id, other.id]).not.toContain(policy.redirect_pool_id);
    expect((await api.call('GET', `jobs/${answer.json.job_id}`)).json.job.job_type).toBe('cloneListener');
  });

  it('stays on the same load balancer under another port, sharing the pools', async () => {
    const { source, plain, first } = await aTree();
    const answer = await clone(plain.id, {
      loadbalancer_id: source.id,
      name: 'second',
      protocol_port: 8081,
      reuse_pool: true,
    });
    const [made] = answer.json.listener_list;
    const copy = (await api.call('GET', `listeners/${made.id}`)).json.listener;
    expect(copy).toMatchObject({ name: 'second', default_pool_id: first.id });
  });

  it('is refused where its port is taken, or IP members are not allowed', async () => {
    const { source, plain } = await aTree();
    const poor = await api.create('loadbalancers', 'loadbalancer', { availability_zone_list: ['az1'] });
    const before = await api.everything();
    const taken = await clone(plain.id, { loadbalancer_id: source.id });
    expect([taken.status, taken.json.error_code]).toEqual([409, 'ELB.8907']);
    const closed = await clone(plain.id, { loadbalancer_id: poor.id });
    expect([closed.status, closed.json.error_code]).toEqual([400, 'ELB.8902']);
    expect(closed.json.error_msg).toContain('ip_target_enable');
    expect(await api.everything()).toEqual(before);
  });
});
