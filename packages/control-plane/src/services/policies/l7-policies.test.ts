import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../../testing/api-fixture.ts';

let api: ApiFixture;
let lb: { id: string };
let pool: { id: string };
let other: { id: string };
let listener: { id: string };
let basic: { id: string };

async function openSite(): Promise<void> {
  api = await apiFixture();
  lb = await api.create('loadbalancers', 'loadbalancer', { availability_zone_list: ['az1'] });
  [pool, other] = [await aPool(), await aPool()];
  listener = await aListener(8080, { enhance_l7policy_enable: true });
  basic = await aListener(8081);
}

/** Each test has a site of its own. */
function separately(): void {
  beforeEach(openSite);
  afterEach(() => api.close());
}

/** For tests that leave nothing behind which the next one minds. */
function together(): void {
  beforeAll(openSite);
  afterAll(() => api.close());
}

function aPool(): Promise<{ id: string }> {
  return api.create('pools', 'pool', {
    loadbalancer_id: lb.id,
    protocol: 'HTTP',
    lb_algorithm: 'ROUND_ROBIN',
  });
}

function aListener(port: number, fields: object = {}): Promise<{ id: string }> {
  return api.create('listeners', 'listener', {
    loadbalancer_id: lb.id,
    protocol: 'HTTP',
    protocol_port: port,
    ...fields,
  });
}

const path = (value: string, compare_type = 'STARTS_WITH') => ({ type: 'PATH', compare_type, value });
const toPool = (fields: object = {}) => ({
  listener_id: listener.id,
  action: 'REDIRECT_TO_POOL',
  redirect_pool_id: pool.id,
  rules: [path('/a')],
  ...fields,
});
const post = (fields: object) => api.call('POST', 'l7policies', { l7policy: fields });
const make = (fields: object = {}) => api.create('l7policies', 'l7policy', toPool(fields));

describe('a policy', () => {
  separately();
  it('is shown whole, its rules by their ids', async () => {
    const extend = {
      rewrite_url_enable: true,
      rewrite_url_config: { path: '/v2/$1' },
      insert_headers_config: {
        configs: [{ key: 'x-client', value_type: 'SYSTEM_DEFINED', value: 'CLIENT-IP' }],
      },
      traffic_limit_config: { qps: 1000, per_source_ip_qps: 50, burst: 20 },
    };
    const made = await api.create('l7policies', 'l7policy', {
      name: 'api-v2',
      listener_id: listener.id,
      action: 'REDIRECT_TO_POOL',
      priority: 10,
      redirect_pools_config: [{ pool_id: pool.id, weight: '100' }, { pool_id: other.id }],
      redirect_pools_extend_config: extend,
      rules: [
        path('^/api/(.*)$', 'REGEX'),
        {
          type: 'METHOD',
          compare_type: 'EQUAL_TO',
          value: '',
          conditions: [
            { key: '', value: 'GET' },
            { key: '', value: 'POST' },
          ],
        },
      ],
    });
    expect(made).toMatchObject({
      priority: 10,
      provisioning_status: 'ACTIVE',
      redirect_pool_id: null,
      redirect_url_config: null,
      fixed_response_config: null,
      redirect_pools_sticky_session_config: null,
      redirect_pools_config: [
        { pool_id: pool.id, weight: 100 },
        { pool_id: other.id, weight: 1 },
      ],
      redirect_pools_extend_config: {
        ...extend,
        rewrite_url_config: { host: '${host}', path: '/v2/$1', query: '${query}' },
        remove_headers_config: null,
        cors_config: null,
      },
    });
    const [regex, methods] = made.rules.map(({ id }: { id: string }) => id);
    const shown = await api.call('GET', `l7policies/${made.id}`);
    expect(shown.json.l7policy).toEqual(made);
    const whole = await api.call('GET', 'l7policies?display_all_rules=true');
    expect(whole.json.l7policies[0].rules).toMatchObject([
      {
        id: regex,
        type: 'PATH',
        compare_type: 'REGEX',
        value: '^/api/(.*)$',
        conditions: [],
        key: null,
        invert: false,
      },
      {
        id: methods,
        type: 'METHOD',
        conditions: [
          { key: '', value: 'GET' },
          { key: '', value: 'POST' },
        ],
      },
    ]);
  });

  it('goes with its rules, and only then its pool and its listener may', async () => {
    const { id } = await make();
    for (const target of [`pools/${pool.id}`, `pools/${pool.id}/delete-cascade`, `listeners/${listener.id}`])
      expect((await api.call('DELETE', target)).json.error_code, target).toBe('ELB.8907');
    expect((await api.call('DELETE', `l7policies/${id}`)).status).toBe(204);
    expect((await api.call('GET', 'l7policies/rules')).json.rules).toEqual([]);
    expect((await api.call('DELETE', `pools/${pool.id}`)).status).toBe(204);
    expect((await api.call('DELETE', `listeners/${listener.id}`)).status).toBe(204);
  });

  it('goes when its listener or load balancer is forced away', async () => {
    await make();
    expect((await api.call('DELETE', `listeners/${listener.id}/force`)).status).toBe(204);
    await api.create('l7policies', 'l7policy', toPool({ listener_id: basic.id }));
    expect((await api.call('DELETE', `loadbalancers/${lb.id}/force-elb`)).status).toBe(204);
    expect((await api.call('GET', 'l7policies')).json.l7policies).toEqual([]);
  });
});

describe('the status tree', () => {
  separately();
  it('has policies and their rules', async () => {
    const policy = await make({ name: 'n' });
    const { json } = await api.call('GET', `loadbalancers/${lb.id}/statuses`);
    const node = json.statuses.loadbalancer.listeners.find(({ id }: { id: string }) => id === listener.id);
    expect(node.l7policies).toEqual([
      {
        id: policy.id,
        name: 'n',
        action: 'REDIRECT_TO_POOL',
        provisioning_status: 'ACTIVE',
        rules: [{ id: policy.rules[0].id, type: 'PATH', provisioning_status: 'ACTIVE' }],
      },
    ]);
  });
});

describe('priorities', () => {
  separately();
  it('follow one another unless they are given, and are taken once', async () => {
    expect((await make()).priority).toBe(1);
    expect((await make({ priority: 7, rules: [path('/b')] })).priority).toBe(7);
    expect((await make({ rules: [path('/c')] })).priority).toBe(8);
    const taken = await post(toPool({ priority: 7, rules: [path('/d')] }));
    expect([taken.status, taken.json.error_code]).toEqual([409, 'ELB.8907']);
    await make({ priority: 10_000, rules: [path('/e')] });
    expect((await post(toPool({ rules: [path('/f')] }))).json.error_msg).toContain('l7policy.priority');
  });

  it('change places in one step, and all or nothing', async () => {
    const [a, b] = [await make(), await make({ rules: [path('/b')] })];
    const update = (list: readonly object[]) =>
      api.call('POST', 'l7policies/batch-update-priority', { l7policies: list });
    expect(
      (
        await update([
          { id: a.id, priority: 2 },
          { id: b.id, priority: 1 },
        ])
      ).status,
    ).toBe(202);
    expect((await api.call('GET', `l7policies/${a.id}`)).json.l7policy.priority).toBe(2);
    expect(
      (
        await update([
          { id: a.id, priority: 5 },
          { id: b.id, priority: 5 },
        ])
      ).status,
    ).toBe(409);
    expect((await update([{ id: a.id, priority: 0 }])).status).toBe(400);
    expect(
      (
        await update([
          { id: a.id, priority: 3 },
          { id: pool.id, priority: 4 },
        ])
      ).status,
    ).toBe(404);
    expect((await api.call('GET', `l7policies/${a.id}`)).json.l7policy.priority).toBe(2);
  });

  it('mean nothing without advanced forwarding, which Terraform does not know', async () => {
    const made = await api.create('l7policies', 'l7policy', toPool({ listener_id: basic.id, priority: 0 }));
    const put = (priority: number) => api.call('PUT', `l7policies/${made.id}`, { l7policy: { priority } });
    expect([(await put(0)).status, (await put(1)).status, (await put(5)).status]).toEqual([200, 200, 400]);
    const batch = await api.call('POST', 'l7policies/batch-update-priority', {
      l7policies: [{ id: made.id, priority: 5 }],
    });
    expect(batch.status).toBe(400);
  });
});

describe('what makes no sense', () => {
  together();
  const url = (fields: object) => ({
    action: 'REDIRECT_TO_URL',
    redirect_pool_id: null,
    redirect_url_config: { status_code: '301', ...fields },
  });
  const fixed = (fields: object) => ({
    action: 'FIXED_RESPONSE',
    redirect_pool_id: null,
    fixed_response_config: { status_code: '200', ...fields },
  });
  const extend = (fields: object) => ({ redirect_pools_extend_config: fields });
  const header = (key: string, value_type = 'USER_DEFINED', value = 'v') => ({
    insert_headers_config: { configs: [{ key, value_type, value }] },
  });

  it.each<[object, string]>([
    [{ redirect_pool_id: null }, 'l7policy.redirect_pool_id'],
    [{ action: 'REDIRECT_TO_LISTENER', redirect_pool_id: null, rules: [] }, 'l7policy.redirect_listener_id'],
    [{ ...url({ host: 'x.test' }), redirect_url_config: null }, 'l7policy.redirect_url_config'],
    [
      { ...fixed({}), redirect_pool_id: undefined, redirect_url_config: { status_code: '301', host: 'x' } },
      'l7policy.redirect_url_config',
    ],
    [url({}), 'l7policy.redirect_url_config'],
    [url({ protocol: 'HTTP', port: '8080', query: 'x=1' }), 'l7policy.redirect_url_config'],
    [url({ status_code: '200', host: 'x' }), 'l7policy.redirect_url_config.status_code'],
    [url({ port: '65536' }), 'l7policy.redirect_url_config.port'],
    [url({ host: 'a b' }), 'l7policy.redirect_url_config.host'],
    [url({ path: 'x' }), 'l7policy.redirect_url_config.path'],
    [fixed({ status_code: '301' }), 'l7policy.fixed_response_config.status_code'],
    [fixed({ content_type: 'image/png' }), 'l7policy.fixed_response_config.content_type'],
    [fixed({ message_body: 'x'.repeat(1025) }), 'l7policy.fixed_response_config.message_body'],
    [fixed(header('Content-Length')), 'insert_headers_config.configs[0].key'],
    [extend(header('X-Forwarded-For')), 'insert_headers_config.configs[0].key'],
    [extend(header('x', 'USER_DEFINED', 'transparent')), 'insert_headers_config.configs[0].value'],
    [extend(header('x', 'USER_DEFINED', ' v')), 'insert_headers_config.configs[0].value'],
    [extend(header('x', 'REFERENCE_HEADER', 'host')), 'insert_headers_config.configs[0].value'],
    [extend(header('x', 'SYSTEM_DEFINED', 'TLS-SNI')), 'insert_headers_config.configs[0].value'],
    [
      extend({ remove_headers_config: { configs: [{ key: 'COOKIE' }] } }),
      'remove_headers_config.configs[0].key',
    ],
    [
      extend({ traffic_limit_config: { qps: 10, per_source_ip_qps: 10 } }),
      'traffic_limit_config.per_source_ip_qps',
    ],
    [extend({ cors_config: { allow_origin: ['*', 'http://a.test'] } }), 'cors_config.allow_origin'],
    [extend({ cors_config: { allow_origin: ['http://10.0.0.1'] } }), 'cors_config.allow_origin'],
    [extend({ rewrite_url_enable: true }), 'rewrite_url_config'],
    [extend({ traffic_mirror_config: { target_ids: [] } }), 'traffic_mirror_config'],
    [
      { redirect_pool_id: null, redirect_pools_config: [{ pool_id: '{pool}' }, { pool_id: '{pool}' }] },
      'l7policy.redirect_pools_config',
    ],
    [{ redirect_url: 'http://x/' }, 'l7policy.redirect_url'],
  ])('%j is refused', async (fields, field) => {
    const text = JSON.stringify(toPool(fields)).replaceAll('{pool}', pool.id);
    const { status, json } = await post(JSON.parse(text));
    expect([status, json.error_code]).toEqual([400, 'ELB.8902']);
    expect(json.error_msg).toContain(field);
    expect((await api.call('GET', 'l7policies/rules')).json.rules).toEqual([]);
  });

  it.each<[object, string]>([
    [path('a'), '.value'],
    [path('/(', 'REGEX'), 'is no RE2 expression'],
    [path('(?=a)', 'REGEX'), 'is no RE2 expression'],
    [path('/(a)\\1', 'REGEX'), 'is no RE2 expression'],
    [path(`/${'a'.repeat(128)}`), '.value'],
    [{ type: 'HOST_NAME', compare_type: 'EQUAL_TO', value: 'a..b' }, '.value'],
    [{ type: 'HOST_NAME', compare_type: 'REGEX', value: 'a' }, '.compare_type'],
    [{ type: 'METHOD', compare_type: 'EQUAL_TO', value: 'TRACE' }, '.value'],
    [
      { type: 'HEADER', compare_type: 'EQUAL_TO', conditions: [{ key: 'a b', value: 'x' }] },
      '.conditions[0].key',
    ],
    [
      {
        type: 'HEADER',
        compare_type: 'EQUAL_TO',
        conditions: [
          { key: 'a', value: 'x' },
          { key: 'b', value: 'y' },
        ],
      },
      '.conditions',
    ],
    [
      {
        type: 'HEADER',
        compare_type: 'EQUAL_TO',
        conditions: [
          { key: 'a', value: 'x' },
          { key: 'a', value: 'x' },
        ],
      },
      '.conditions',
    ],
    [
      { type: 'QUERY_STRING', compare_type: 'EQUAL_TO', conditions: [{ key: 'a', value: '#' }] },
      '.conditions[0].value',
    ],
    [
      { type: 'SOURCE_IP', compare_type: 'EQUAL_TO', conditions: [{ key: '', value: '10.0.0.1-10.0.0.9' }] },
      '.conditions[0].value',
    ],
    [{ ...path('/x'), invert: true }, '.invert'],
  ])('rule %j is refused', async (rule, complaint) => {
    const inPolicy = await post(toPool({ rules: [rule] }));
    expect(inPolicy.json.error_msg).toContain('l7policy.rules[0]');
    const { id } = await make({ rules: [] });
    const alone = await api.call('POST', `l7policies/${id}/rules`, { rule });
    expect(alone.status).toBe(400);
    expect(alone.json.error_msg).toContain(complaint);
    expect(alone.json.error_msg).toContain('field rule');
  });
});

describe('without advanced forwarding', () => {
  together();
  it.each<[object, string]>([
    [
      { action: 'FIXED_RESPONSE', redirect_pool_id: null, fixed_response_config: { status_code: '200' } },
      'l7policy.action',
    ],
    [{ redirect_pools_config: [{ pool_id: '{pool}' }] }, 'l7policy.redirect_pools_config'],
    [{ redirect_pools_extend_config: {} }, 'l7policy.redirect_pools_extend_config'],
    [{ priority: 5 }, 'l7policy.priority'],
    [{ rules: [{ type: 'METHOD', compare_type: 'EQUAL_TO', value: 'GET' }] }, 'l7policy.rules[0].type'],
    [
      { rules: [{ type: 'HOST_NAME', compare_type: 'EQUAL_TO', value: '*.test' }] },
      'l7policy.rules[0].value',
    ],
    [{ rules: [{ ...path('/a'), conditions: [{ value: '/a' }] }] }, 'l7policy.rules[0].conditions'],
  ])('%j is refused', async (fields, field) => {
    const text = JSON.stringify(toPool({ listener_id: basic.id, ...fields })).replaceAll('{pool}', pool.id);
    const { status, json } = await post(JSON.parse(text));
    expect(status).toBe(400);
    expect(json.error_msg).toContain(field);
    expect(json.error_msg).toContain('advanced forwarding');
  });
});

describe('rules', () => {
  separately();
  it('of one type only once, and not too many in all', async () => {
    const host = (value: string) => ({ type: 'HOST_NAME', compare_type: 'EQUAL_TO', value });
    expect((await post(toPool({ rules: [host('a.test'), host('b.test')] }))).json.error_msg).toContain(
      'one HOST_NAME',
    );
    const conditions = Array.from({ length: 10 }, (_, at) => ({ key: 'k', value: `v${at}` }));
    const many = { type: 'QUERY_STRING', compare_type: 'EQUAL_TO', conditions };
    const tooMany = await post(toPool({ rules: [many, path('/a')] }));
    expect([tooMany.status, tooMany.json.error_code]).toEqual([409, 'ELB.8905']);
  });

  it('that another policy of the listener has are refused, and it is named', async () => {
    const first = await make({
      rules: [path('/a'), { type: 'HOST_NAME', compare_type: 'EQUAL_TO', value: 'A.test' }],
    });
    const same = { rules: [{ type: 'HOST_NAME', compare_type: 'EQUAL_TO', value: 'a.TEST' }, path('/a')] };
    const refused = await post(toPool(same));
    expect([refused.status, refused.json.error_code]).toEqual([409, 'ELB.8907']);
    expect(refused.json.error_msg).toContain(first.id);
    const elsewhere = await make({ listener_id: basic.id, ...same });
    const own = await api.call('PUT', `l7policies/${elsewhere.id}`, { l7policy: same });
    expect(own.status).toBe(200);
  });

  it('are made, listed, changed and deleted by themselves', async () => {
    const policy = await make({ rules: [] });
    const rules = `l7policies/${policy.id}/rules`;
    const rule = await api.create(rules, 'rule', path('/x'));
    expect(rule).toMatchObject({
      type: 'PATH',
      value: '/x',
      provisioning_status: 'ACTIVE',
      admin_state_up: true,
    });
    const changed = await api.call('PUT', `${rules}/${rule.id}`, {
      rule: { compare_type: 'EQUAL_TO', value: '/y' },
    });
    expect(changed.json.rule).toMatchObject({ compare_type: 'EQUAL_TO', value: '/y' });
    const all = await api.call('GET', 'l7policies/rules?type=PATH');
    expect(all.json.rules).toMatchObject([{ id: rule.id, l7policy_id: policy.id }]);
    expect((await api.call('GET', `${rules}?type=HEADER`)).json.rules).toEqual([]);
    const stranger = await make({ rules: [path('/z')] });
    expect((await api.call('GET', `l7policies/${stranger.id}/rules/${rule.id}`)).status).toBe(404);
    expect((await api.call('DELETE', `${rules}/${rule.id}`)).status).toBe(204);
    expect((await api.call('GET', `l7policies/${policy.id}`)).json.l7policy.rules).toEqual([]);
  });

  it('are not for a redirect to a listener, which leads to HTTPS', async () => {
    const redirect = {
      listener_id: listener.id,
      action: 'REDIRECT_TO_LISTENER',
      redirect_listener_id: basic.id,
    };
    expect((await post(redirect)).json.error_msg).toContain('is not an HTTPS listener');
    expect((await post({ ...redirect, rules: [path('/a')] })).status).toBe(400);
  });
});

describe('quotas', () => {
  separately();
  it('count policies of a listener and of a project', async () => {
    const { defaultQuotas } = await import('@elbow/model');
    await api.close();
    api = await apiFixture({
      settings: { quotas: { ...defaultQuotas, l7policies_per_listener: 1, l7policy: 2 } },
    });
    lb = await api.create('loadbalancers', 'loadbalancer', { availability_zone_list: ['az1'] });
    pool = await aPool();
    [listener, basic] = [await aListener(8080), await aListener(8081)];
    await make();
    const perListener = await post(toPool({ rules: [path('/b')] }));
    expect([perListener.status, perListener.json.error_code]).toEqual([409, 'ELB.8905']);
    await make({ listener_id: basic.id });
    const used = (await api.call('GET', 'quotas/details?quota_key=l7policy')).json.quotas;
    expect(used).toMatchObject([{ quota_key: 'l7policy', quota_limit: 2, used: 2 }]);
  });
});
