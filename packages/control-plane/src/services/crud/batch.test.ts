import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../../testing/api-fixture.ts';

let api: ApiFixture;
beforeAll(async () => {
  api = await apiFixture();
});
beforeEach(() => api.clear());
afterAll(() => api.close());

const unknown = '00000000-0000-4000-8000-00000000dead';

const loadBalancer = (fields: object = {}) =>
  api.create('loadbalancers', 'loadbalancer', {
    availability_zone_list: ['az1'],
    ip_target_enable: true,
    ...fields,
  });
const listener = (loadBalancerId: string, fields: object = {}) =>
  api.create('listeners', 'listener', {
    loadbalancer_id: loadBalancerId,
    protocol: 'HTTP',
    protocol_port: 8080,
    ...fields,
  });
const pool = (fields: object) =>
  api.create('pools', 'pool', { type: 'ip', protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', ...fields });
const member = (poolId: string, port: number) =>
  api.create(`pools/${poolId}/members`, 'member', { address: '127.0.9.1', protocol_port: port });
const rows = async (kind: 'loadBalancer' | 'listener' | 'pool' | 'member') =>
  (await api.store.read((reader) => reader.list(kind, {}))) as readonly { readonly id: string }[];
const ids = async (kind: Parameters<typeof rows>[0]) => (await rows(kind)).map(({ id }) => id);

async function job(id: string) {
  return (await api.call('GET', `jobs/${id}`)).json.job;
}

describe('members', () => {
  it('are added together; what is there already is told apart and stays', async () => {
    const { id } = await pool({});
    const known = await member(id, 1);
    const answer = await api.call('POST', `pools/${id}/members/batch-add`, {
      members: [
        { address: '127.0.9.1', protocol_port: 1, weight: 9 },
        { address: '127.0.9.1', protocol_port: 2, name: 'two', weight: 7 },
        { address: '127.0.9.1', protocol_port: 2 },
      ],
    });
    expect(answer.status).toBe(200);
    expect(answer.json.members.map((each: { ret_status: string }) => each.ret_status)).toEqual([
      'existed',
      'successful',
      'existed',
    ]);
    expect(answer.json.members[0]).toMatchObject({ id: known.id, weight: 1 });
    expect(answer.json.members[1]).toMatchObject({ name: 'two', weight: 7, protocol_port: 2 });
    expect('ip_version' in answer.json.members[1]).toBe(false);
    expect(await ids('member')).toEqual([known.id, answer.json.members[1].id]);
  });

  it('are refused together', async () => {
    const { id } = await pool({});
    const add = (members: unknown) => api.call('POST', `pools/${id}/members/batch-add`, { members });
    const wrong = await add([
      { address: '127.0.9.1', protocol_port: 2 },
      { address: '127.0.9.1', protocol_port: 0 },
    ]);
    expect([wrong.status, wrong.json.error_code]).toEqual([400, 'ELB.8902']);
    expect(wrong.json.error_msg).toContain('members[1].protocol_port');
    const forbidden = await add([
      { address: '127.0.9.1', protocol_port: 2 },
      { address: '169.254.1.1', protocol_port: 2 },
    ]);
    expect(forbidden.status).toBe(400);
    expect((await add([])).status).toBe(400);
    expect(await ids('member')).toEqual([]);
    const nowhere = await api.call('POST', `pools/${unknown}/members/batch-add`, {
      members: [{ address: '127.0.9.1', protocol_port: 2 }],
    });
    expect([nowhere.status, nowhere.json.error_code]).toEqual([404, 'ELB.8904']);
  });

  it('are changed together, all or none', async () => {
    const { id } = await pool({});
    const [one, two] = [await member(id, 1), await member(id, 2)];
    const change = (members: object[]) => api.call('POST', `pools/${id}/members/batch-update`, { members });
    const done = await change([
      { id: one.id, weight: 3 },
      { id: two.id, weight: 4, name: 'b' },
    ]);
    expect(done.status).toBe(200);
    expect(done.json.members).toMatchObject([
      { id: one.id, weight: 3 },
      { id: two.id, weight: 4, name: 'b' },
    ]);
    const failed = await change([
      { id: one.id, weight: 50 },
      { id: unknown, weight: 50 },
    ]);
    expect([failed.status, failed.json.error_code]).toEqual([404, 'ELB.8904']);
    expect(await rows('member')).toMatchObject([{ weight: 3 }, { weight: 4 }]);
  });

  it('go by id or by address; protection keeps all of them', async () => {
    const { id } = await pool({});
    const [one, two, three] = [await member(id, 1), await member(id, 2), await member(id, 3)];
    const remove = (members: object[]) => api.call('POST', `pools/${id}/members/batch-delete`, { members });
    expect((await remove([{ id: one.id }, { id: unknown }])).json.members).toEqual([
      { id: one.id, ret_status: 'successful' },
      { id: unknown, ret_status: 'not found' },
    ]);
    expect((await remove([{ address: '127.0.9.1', protocol_port: 2 }])).json.members).toEqual([
      { id: two.id, ret_status: 'successful' },
    ]);
    const mixed = await remove([{ id: three.id }, { address: '127.0.9.1', protocol_port: 3 }]);
    expect(mixed.status).toBe(400);
    await api.call('PUT', `pools/${id}`, { pool: { member_deletion_protection_enable: true } });
    expect((await remove([{ id: three.id }])).status).toBe(409);
    expect(await ids('member')).toEqual([three.id]);
  });
});

describe('pools and certificates', () => {
  it('go one by one: what is in use stays, and its item says why', async () => {
    const [free, used] = [await pool({}), await pool({})];
    await member(used.id, 1);
    const answer = await api.call('POST', 'pools/batch-delete', { pools: [free.id, used.id, unknown] });
    expect([answer.status, answer.json.pools]).toEqual([
      200,
      [
        { id: free.id, ret_status: 'successful', ret_code: '' },
        { id: used.id, ret_status: 'failed', ret_code: 'ELB.8907' },
        { id: unknown, ret_status: 'not found', ret_code: 'ELB.9903' },
      ],
    ]);
    expect(await ids('pool')).toEqual([used.id]);
  });

  it('take ids of their own kind only', async () => {
    const none = 'deadbeef'.repeat(4);
    const answer = await api.call('POST', 'certificates/batch-delete', { certificates: [none] });
    expect(answer.json.certificates).toEqual([{ id: none, ret_status: 'not found', ret_code: 'ELB.9903' }]);
    for (const certificates of [[], [unknown], [none, none], 'x', undefined])
      expect((await api.call('POST', 'certificates/batch-delete', { certificates })).status).toBe(400);
  });
});

describe('load balancers', () => {
  const batch = (fields: object) =>
    api.call('POST', 'loadbalancers/batch-create', {
      loadbalancer: { availability_zone_list: ['az1'], ...fields },
    });

  it('are made together, with numbered names and a job that is done', async () => {
    const answer = await batch({ name: 'edge', number: 3, description: 'many' });
    expect(answer.status).toBe(201);
    expect(await rows('loadBalancer')).toMatchObject(
      ['edge-0001', 'edge-0002', 'edge-0003'].map((name, at) => ({
        id: answer.json.loadbalancer_ids[at],
        name,
        description: 'many',
      })),
    );
    expect(await job(answer.json.job_id)).toMatchObject({
      job_type: 'batchCreateV3Loadbalancer',
      status: 'SUCCESS',
    });
  });

  it('are made all or none', async () => {
    for (const [fields, text] of [
      [{ number: 11 }, 'loadbalancer.number'],
      [{ number: 0 }, 'loadbalancer.number'],
      [{ number: 2, vip_address: '127.0.0.9' }, 'loadbalancer.vip_address'],
      [{ number: 2, availability_zone_list: ['mars'] }, 'mars'],
      [{ number: 2, colour: 'red' }, 'loadbalancer.colour'],
    ] as const) {
      const answer = await batch(fields);
      expect([answer.status, answer.json.error_code]).toEqual([400, 'ELB.8902']);
      expect(answer.json.error_msg).toContain(text);
    }
    const quota = await apiFixture({ settings: { quotas: { ...(await quotas()), loadbalancer: 2 } } });
    const answer = await quota.call('POST', 'loadbalancers/batch-create', {
      loadbalancer: { availability_zone_list: ['az1'], number: 3 },
    });
    expect([answer.status, answer.json.error_code]).toEqual([409, 'ELB.8905']);
    expect(await quota.store.read((reader) => reader.count('loadBalancer', {}))).toBe(0);
    await quota.close();
    expect(await ids('loadBalancer')).toEqual([]);
  });

  it('go together with what hangs on them; protection of one keeps all', async () => {
    const [one, two] = [await loadBalancer(), await loadBalancer({ deletion_protection_enable: true })];
    const served = await listener(one.id);
    const used = await pool({ listener_id: served.id });
    await member(used.id, 1);
    const remove = (body: object) => api.call('POST', 'loadbalancers/batch-delete', body);
    expect((await remove({ loadbalancer_ids: [one.id, two.id] })).status).toBe(409);
    expect(await ids('listener')).toEqual([served.id]);
    const answer = await remove({ loadbalancer_ids: [one.id] });
    expect([answer.status, answer.json.loadbalancer_ids]).toEqual([200, [one.id]]);
    expect(await job(answer.json.job_id)).toMatchObject({ job_type: 'batchDeleteLoadbalancer' });
    expect([
      await ids('loadBalancer'),
      await ids('listener'),
      await ids('pool'),
      await ids('member'),
    ]).toEqual([[two.id], [], [], []]);
    expect((await remove({ loadbalancer_ids: [unknown] })).status).toBe(404);
  });

  it('leave their pools behind when the cascade says so', async () => {
    const one = await loadBalancer();
    const served = await listener(one.id);
    const used = await pool({ listener_id: served.id, loadbalancer_id: one.id });
    const answer = await api.call('POST', `loadbalancers/${one.id}/delete-cascade`, {
      loadbalancer: { unbounded_pool: false },
    });
    expect([answer.status, answer.json]).toEqual([204, null]);
    expect(await ids('loadBalancer')).toEqual([]);
    expect(await rows('pool')).toMatchObject([{ id: used.id, loadBalancerId: null }]);
  });

  it('take their pools along by default', async () => {
    const one = await loadBalancer();
    await pool({ listener_id: (await listener(one.id)).id });
    const answer = await api.call('POST', `loadbalancers/${one.id}/delete-cascade`, { loadbalancer: {} });
    expect(answer.status).toBe(204);
    expect(await ids('pool')).toEqual([]);
  });

  it('keep one zone at least', async () => {
    const one = await loadBalancer();
    const zones = (call: string, list: unknown) =>
      api.call('POST', `loadbalancers/${one.id}/availability-zone/${call}`, { availability_zone_list: list });
    const again = await zones('batch-add', ['az1']);
    expect([again.status, again.json.loadbalancer.availability_zone_list]).toEqual([200, ['az1']]);
    for (const [call, list, text] of [
      ['batch-add', ['mars'], 'mars'],
      ['batch-add', [], 'at least one'],
      ['batch-remove', ['mars'], 'mars'],
      ['batch-remove', ['az1'], 'last availability zone'],
    ] as const) {
      const answer = await zones(call, list);
      expect([answer.status, answer.json.error_code]).toEqual([400, 'ELB.8902']);
      expect(answer.json.error_msg).toContain(text);
    }
  });
});

describe('listeners', () => {
  it('go together under the rules of one', async () => {
    const one = await loadBalancer();
    const [a, b] = [await listener(one.id), await listener(one.id, { protocol_port: 8081 })];
    const used = await pool({ listener_id: b.id });
    await member(used.id, 1);
    const remove = (listener_ids: unknown) => api.call('POST', 'listeners/batch-delete', { listener_ids });
    expect((await remove([a.id, b.id])).status).toBe(409);
    expect(await ids('listener')).toEqual([a.id, b.id]);
    const answer = await remove([a.id]);
    expect([answer.status, answer.json.listener_ids]).toEqual([200, [a.id]]);
    expect(await job(answer.json.job_id)).toMatchObject({ job_type: 'batchDeleteListener' });
    expect(await ids('listener')).toEqual([b.id]);
    expect((await remove(Array.from({ length: 11 }, () => unknown))).status).toBe(400);
  });
});

async function quotas() {
  return (await import('@elbow/model')).defaultQuotas;
}
