import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../../testing/api-fixture.ts';

let api: ApiFixture;
let owner: string;
let listener: string;
let pool: string;
beforeAll(async () => {
  api = await apiFixture();
  owner = (await api.create('loadbalancers', 'loadbalancer', { availability_zone_list: ['az1'] })).id;
  const place = {
    loadbalancer_id: owner,
    protocol: 'HTTP',
    protocol_port: 8080,
    enhance_l7policy_enable: true,
  };
  listener = (await api.create('listeners', 'listener', place)).id;
  const wish = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', loadbalancer_id: owner };
  pool = (await api.create('pools', 'pool', wish)).id;
});
afterAll(() => api.close());

const host = { type: 'HOST_NAME', compare_type: 'EQUAL_TO', value: 'www.example.test' };
const path = { type: 'PATH', compare_type: 'STARTS_WITH', value: '/a' };

async function aPolicy(priority: number, rules: readonly object[] = []): Promise<string> {
  const wish = { listener_id: listener, action: 'REDIRECT_TO_POOL', redirect_pool_id: pool, priority, rules };
  return (await api.create('l7policies', 'l7policy', wish)).id;
}

async function statusOf(id: string): Promise<string> {
  return (await api.call('GET', `l7policies/${id}`)).json.l7policy.provisioning_status;
}

describe('rules that are added one by one', () => {
  it('may be those of another policy for a while: the one that is tried later is in error', async () => {
    const first = await aPolicy(10, [host, path]);
    const second = await aPolicy(20);
    expect(await statusOf(second)).toBe('ACTIVE');
    await api.create(`l7policies/${second}/rules`, 'rule', host);
    expect(await statusOf(second)).toBe('ACTIVE');
    const last = await api.create(`l7policies/${second}/rules`, 'rule', path);
    expect(last.provisioning_status).toBe('ACTIVE');
    expect([await statusOf(first), await statusOf(second)]).toEqual(['ACTIVE', 'ERROR']);

    const list = await api.call('GET', `l7policies?listener_id=${listener}&provisioning_status=ERROR`);
    expect(list.json.l7policies.map(({ id }: { id: string }) => id)).toEqual([second]);
    const tree = (await api.call('GET', `loadbalancers/${owner}/statuses`)).json.statuses.loadbalancer;
    expect(tree.listeners[0].operating_status).toBe('DEGRADED');
    const nodes = tree.listeners[0].l7policies as readonly { id: string; provisioning_status: string }[];
    expect(nodes.find(({ id }) => id === second)?.provisioning_status).toBe('ERROR');

    const change = { rule: { value: '/b' } };
    expect((await api.call('PUT', `l7policies/${second}/rules/${last.id}`, change)).status).toBe(200);
    expect([await statusOf(first), await statusOf(second)]).toEqual(['ACTIVE', 'ACTIVE']);
    await api.call('DELETE', `l7policies/${first}`);
    await api.call('DELETE', `l7policies/${second}`);
  });

  it('a rule that goes can make two sets equal too', async () => {
    const first = await aPolicy(11, [host]);
    const second = await aPolicy(12, [host, path]);
    const { json } = await api.call('GET', `l7policies/${second}/rules?type=PATH`);
    await api.call('DELETE', `l7policies/${second}/rules/${json.rules[0].id}`);
    expect([await statusOf(first), await statusOf(second)]).toEqual(['ACTIVE', 'ERROR']);
    await api.call('DELETE', `l7policies/${first}`);
    expect(await statusOf(second)).toBe('ACTIVE');
    await api.call('DELETE', `l7policies/${second}`);
  });

  it('a whole set that another policy has is refused, because nothing can follow that makes them differ', async () => {
    const first = await aPolicy(13, [host]);
    const wish = { listener_id: listener, action: 'REDIRECT_TO_POOL', redirect_pool_id: pool, rules: [host] };
    expect((await api.call('POST', 'l7policies', { l7policy: { ...wish, priority: 14 } })).status).toBe(409);
    await api.call('DELETE', `l7policies/${first}`);
  });
});
