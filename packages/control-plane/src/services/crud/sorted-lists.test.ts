import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../../testing/api-fixture.ts';
import { listenerRanks, loadBalancerRanks } from '../load-balancers/status-ranks.ts';
import { memberSortKeys, poolRanks } from '../pools/member-sort-keys.ts';

const names = ['web-10', 'Web-9', '', 'api', 'api'];

let api: ApiFixture;
const ids: string[] = [];
let poolId: string;
let listenerId: string;

beforeAll(async () => {
  api = await apiFixture();
  for (const name of names) {
    const fields = { name, availability_zone_list: ['az1'], ip_target_enable: true };
    ids.push((await api.create('loadbalancers', 'loadbalancer', fields)).id);
  }
  const place = { loadbalancer_id: ids[0], protocol: 'HTTP', protocol_port: 8080 };
  listenerId = (await api.create('listeners', 'listener', place)).id;
  const pool = { listener_id: listenerId, protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' };
  poolId = (await api.create('pools', 'pool', pool)).id;
  for (const [name, address] of [
    ['', '127.0.9.10'],
    ['first', '127.0.9.99'],
    ['', '127.0.9.9'],
  ])
    await api.create(`pools/${poolId}/members`, 'member', { name, address, protocol_port: 80 });
  await api.create('pools', 'pool', { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', type: 'ip' });
});
afterAll(() => api.close());

async function page(query: string) {
  const { status, json } = await api.call('GET', `loadbalancers?${query}`);
  expect(status, JSON.stringify(json)).toBe(200);
  return {
    places: json.loadbalancers.map(({ id }: { readonly id: string }) => ids.indexOf(id)) as number[],
    info: json.page_info as { readonly next_marker?: string; readonly total_count?: number },
  };
}

/** Of the two that are called the same, the lower id first. */
const alike = (): readonly number[] => ((ids[3] ?? '') < (ids[4] ?? '') ? [3, 4] : [4, 3]);

describe('a list in an order', () => {
  it('has equal records by their ids and those without a value at its end', async () => {
    expect((await page('sort=name')).places).toEqual([...alike(), 1, 0, 2]);
    expect((await page('sort=name:desc')).places).toEqual([0, 1, ...alike(), 2]);
    expect((await page('')).places).toEqual([0, 1, 2, 3, 4]);
  });

  it('is cut into pages, in either direction', async () => {
    const whole = (await page('sort=name:desc')).places;
    const seen: number[] = [];
    for (let marker = ''; seen.length < names.length; ) {
      const { places, info } = await page(`sort=name:desc&limit=2${marker}`);
      seen.push(...places);
      if (info.next_marker === undefined) break;
      marker = `&marker=${info.next_marker}`;
    }
    expect(seen).toEqual(whole);
    const before = `sort=name:desc&limit=2&page_reverse=true&marker=${ids[whole[4] ?? 0]}`;
    expect((await page(before)).places).toEqual(whole.slice(2, 4));
  });

  it('goes together with filters, the search and the total', async () => {
    expect((await page('sort=name:desc&search=web')).places).toEqual([0, 1]);
    expect((await page('sort=name:desc&operating_status=ONLINE&limit=2')).places).toEqual([0, 1]);
    const { places, info } = await page('sort=name&name=api&limit=1&with_total=true');
    expect([places, info.total_count]).toEqual([[alike()[0]], 2]);
  });

  it.each([
    ['loadbalancers', 'sort=entries', 'sort'],
    ['loadbalancers', 'sort=name:up', 'sort'],
    ['loadbalancers', 'sort=name&sort=name', 'sort'],
    ['loadbalancers', 'sort=name&marker=unknown', 'marker'],
    ['loadbalancers', 'sort=name&include_recycle_bin=true', 'sort'],
    ['listeners', 'sort=vip_address', 'sort'],
  ])('%s?%s is 400 and names the key', async (list, query, key) => {
    const { status, json } = await api.call('GET', `${list}?${query}`);
    expect([status, json.error_code]).toEqual([400, 'ELB.8902']);
    expect(json.error_msg).toContain(`invalid input for field ${key}: `);
  });

  it.each([
    'loadbalancers?sort=operating_status:desc',
    'listeners?sort=operating_status',
    'pools?sort=member_operating_status',
    'members?sort=operating_status:desc',
    'healthmonitors?sort=name',
    'certificates?sort=expire_time',
    'security-policies?sort=name:desc',
    'ipgroups?sort=ip_count:desc',
    'l7policies?sort=priority',
    'l7policies/rules?sort=type',
  ])('%s is one', async (path) => {
    expect((await api.call('GET', path)).status).toBe(200);
  });

  it('knows members without a name by their address', async () => {
    const { json } = await api.call('GET', `pools/${poolId}/members?sort=name`);
    expect(json.members.map(({ address }: { readonly address: string }) => address)).toEqual([
      '127.0.9.9',
      '127.0.9.10',
      '127.0.9.99',
    ]);
  });
});

describe('what needs somebody', () => {
  const quiet = { troubles: () => [], nodes: () => [], memberHealth: () => null };

  it('comes first among load balancers, also when it is something below them', async () => {
    const troubles = () => [{ kind: 'listener', id: listenerId, reason: 'why' }] as const;
    await api.store.read(async (reader) => {
      const rows = await reader.list('loadBalancer', {});
      const off = rows.map((row, at) => (at === 1 ? { ...row, isAdminStateUp: false } : row));
      const calm = await loadBalancerRanks(quiet, reader, off);
      const troubled = await loadBalancerRanks({ ...quiet, troubles } as never, reader, off);
      expect(ids.map((id) => calm.get(id))).toEqual([2, 3, 2, 2, 2]);
      expect(ids.map((id) => troubled.get(id))).toEqual([0, 3, 2, 2, 2]);
      const listeners = await reader.list('listener', {});
      expect(listenerRanks({ troubles } as never, listeners).get(listenerId)).toBe(0);
      expect(listenerRanks(quiet, listeners).get(listenerId)).toBe(1);
    });
  });

  it('is what members say, as soon as one is watched', async () => {
    await api.create('healthmonitors', 'healthmonitor', {
      pool_id: poolId,
      type: 'TCP',
      delay: 5,
      timeout: 3,
      max_retries: 3,
    });
    await api.store.read(async (reader) => {
      const members = await reader.list('member', { where: { poolId: [poolId] } });
      const [sick] = members;
      const memberHealth = (id: string) =>
        ({ status: id === sick?.id ? 'OFFLINE' : 'ONLINE', reason: null, sinceMs: null }) as never;
      const seen = { troubles: () => [], nodes: () => [{}] as never, memberHealth };
      const keys = await memberSortKeys(seen, reader, { name: 'operating_status', rows: members });
      expect(members.map(({ id }) => keys.get(id))).toEqual([0, 4, 4]);
      const pools = await reader.list('pool', {});
      const ranks = await poolRanks(seen, reader, pools);
      expect(pools.map(({ id }) => ranks.get(id))).toEqual([-1, 0]);
      const balancers = await loadBalancerRanks(seen, reader, await reader.list('loadBalancer', {}));
      expect(ids.map((id) => balancers.get(id))).toEqual([1, 2, 2, 2, 2]);
    });
  });
});
