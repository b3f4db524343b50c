import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../../testing/api-fixture.ts';

let api: ApiFixture;
let ids: string[] = [];
let listenerId: string;
let poolId: string;

beforeAll(async () => {
  api = await apiFixture();
  for (const name of ['a', 'b', 'a', 'c', 'd']) {
    const made = await api.create('loadbalancers', 'loadbalancer', {
      name,
      availability_zone_list: ['az1'],
      ip_target_enable: true,
    });
    ids.push(made.id);
  }
  listenerId = (
    await api.create('listeners', 'listener', {
      loadbalancer_id: ids[1],
      protocol: 'HTTP',
      protocol_port: 8080,
    })
  ).id;
  poolId = (
    await api.create('pools', 'pool', {
      listener_id: listenerId,
      protocol: 'HTTP',
      lb_algorithm: 'ROUND_ROBIN',
    })
  ).id;
  await api.create(`pools/${poolId}/members`, 'member', { address: '127.0.9.1', protocol_port: 80 });
});
afterAll(() => api.close());

async function page(query: string) {
  const { status, json } = await api.call('GET', `loadbalancers?${query}`);
  expect(status).toBe(200);
  return { ids: json.loadbalancers.map(({ id }: { id: string }) => id) as string[], info: json.page_info };
}

describe('pages', () => {
  it('go forward until next_marker is missing', async () => {
    const seen: string[] = [];
    let marker = '';
    for (let pages = 0; pages < 5; pages++) {
      const found = await page(`limit=2${marker}`);
      seen.push(...found.ids);
      expect(found.info).toMatchObject({ previous_marker: found.ids[0], current_count: found.ids.length });
      if (found.info.next_marker === undefined) break;
      marker = `&marker=${found.info.next_marker}`;
    }
    expect(seen).toEqual(ids);
  });

  it('go as Terraform walks: marker without limit, until one is empty', async () => {
    expect((await page('')).ids).toEqual(ids);
    expect(await page(`marker=${ids[4]}`)).toEqual({ ids: [], info: { current_count: 0 } });
  });

  it('go backwards in creation order', async () => {
    expect(await page(`limit=2&page_reverse=true&marker=${ids[3]}`)).toEqual({
      ids: [ids[1], ids[2]],
      info: { previous_marker: ids[1], next_marker: ids[2], current_count: 2 },
    });
    expect((await page('limit=2&page_reverse=true')).ids).toEqual([ids[3], ids[4]]);
  });

  it('are cut the same way when a filter looks at derived fields', async () => {
    const derived = 'operating_status=ONLINE&limit=2';
    expect(await page(derived)).toEqual(await page('limit=2'));
    expect(await page(`${derived}&marker=${ids[1]}`)).toEqual(await page(`limit=2&marker=${ids[1]}`));
    expect(await page(`${derived}&page_reverse=true&marker=${ids[3]}`)).toEqual(
      await page(`limit=2&page_reverse=true&marker=${ids[3]}`),
    );
  });

  it.each([
    'limit=-1',
    'limit=2001',
    'limit=x',
    'page_reverse=maybe',
    'marker=unknown',
    'operating_status=ONLINE&marker=unknown',
    'admin_state_up=1',
  ])('?%s is 400 and names the key', async (query) => {
    const { status, json } = await api.call('GET', `loadbalancers?${query}`);
    expect([status, json.error_code]).toEqual([400, 'ELB.8902']);
    expect(json.error_msg).toContain(query.split('&').at(-1)?.split('=')[0]);
  });

  it('of no length hold nothing', async () => {
    expect(await page('limit=0')).toEqual({ ids: [], info: { current_count: 0 } });
  });
});

describe('filters', () => {
  it.each([
    ['name=a', [0, 2]],
    ['name=a&name=c', [0, 2, 3]],
    ['name=A', []],
    ['name=a&admin_state_up=false', []],
    ['admin_state_up=true', [0, 1, 2, 3, 4]],
    ['unknown=x&fields=id', [0, 1, 2, 3, 4]],
    ['name=', [0, 1, 2, 3, 4]],
    ['availability_zone_list=az1', [0, 1, 2, 3, 4]],
    ['availability_zone_list=az2', []],
    ['member_address=127.0.9.1', [1]],
    ['member_address=127.0.9.2', []],
    ['ipv6_vip_address=::1', []],
  ] as const)('?%s finds %j', async (query, places) => {
    expect((await page(query)).ids).toEqual(places.map((at) => ids[at]));
  });

  it.each([
    ['listeners', 'protocol_port=8080', 1],
    ['listeners', 'protocol_port=8081', 0],
    ['listeners', 'http2_enable=false', 1],
    ['listeners', 'default_tls_container_ref=x', 0],
    ['listeners', 'member_address=127.0.9.1', 1],
    ['pools', 'type=&lb_algorithm=ROUND_ROBIN', 1],
    ['pools', 'ip_version=v4&healthmonitor_id=x', 0],
    ['members', 'ip_version=v4&weight=1', 1],
    ['members', 'operating_status=ONLINE', 0],
    ['certificates', 'type=server', 0],
  ])('%s?%s finds %i', async (collection, query, count) => {
    const { json } = await api.call('GET', `${collection}?${query}`);
    expect(json[collection]).toHaveLength(count);
  });

  it('follow relations', async () => {
    for (const query of [`loadbalancer_id=${ids[1]}`, `listener_id=${listenerId}`]) {
      expect(
        (await api.call('GET', `pools?${query}`)).json.pools.map(({ id }: { id: string }) => id),
      ).toEqual([poolId]);
    }
    expect((await api.call('GET', `pools?loadbalancer_id=${ids[0]}`)).json.pools).toEqual([]);
    expect((await api.call('GET', `members?loadbalancer_id=${ids[1]}`)).json.members).toHaveLength(1);
    expect((await api.call('GET', `pools/${poolId}/members?name=x`)).json.members).toEqual([]);
  });
});

describe('quotas', () => {
  it('count what is there and are kept', async () => {
    const small = await apiFixture({ settings: { quotas: { ...(await quotas()), loadbalancer: 1 } } });
    await small.create('loadbalancers', 'loadbalancer', { availability_zone_list: ['az1'] });
    const second = await small.call('POST', 'loadbalancers', {
      loadbalancer: { availability_zone_list: ['az1'] },
    });
    expect([second.status, second.json.error_code]).toEqual([409, 'ELB.8905']);
    const { json } = await small.call('GET', 'quotas/details?quota_key=loadbalancer');
    expect(json.quotas).toEqual([{ quota_key: 'loadbalancer', quota_limit: 1, used: 1, unit: 'count' }]);
    await small.close();
  });
});

async function quotas() {
  const { project_id: _project, ...limits } = (await api.call('GET', 'quotas')).json.quota;
  return limits;
}
