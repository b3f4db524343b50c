import { defaultQuotas } from '@elbow/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../../testing/api-fixture.ts';

const listeners = 10_000;
const perLoadBalancer = 50;

let api: ApiFixture;
beforeAll(async () => {
  const quotas = { ...defaultQuotas, loadbalancer: -1, listener: -1 };
  api = await apiFixture({ settings: { quotas } });
  const fields = { availability_zone_list: ['az1'], admin_state_up: false };
  const owner = await api.create('loadbalancers', 'loadbalancer', fields);
  const place = { loadbalancer_id: owner.id, protocol: 'HTTP', protocol_port: 1 };
  const first = await api.create('listeners', 'listener', { ...place, name: 'first' });
  await multiply(owner.id, first.id);
});
afterAll(() => api.close());

/** As many more rows of the same form: what is measured is how they are listed. */
async function multiply(loadBalancerId: string, listenerId: string): Promise<void> {
  const [loadBalancer, listener] = await api.store.read(async (reader) => [
    await reader.find('loadBalancer', loadBalancerId),
    await reader.find('listener', listenerId),
  ]);
  if (loadBalancer === null || listener === null) throw new Error('the first ones are gone');
  for (let owner = 0; owner < listeners / perLoadBalancer; owner += 1) {
    const id = uuid(1_000_000 + owner);
    await api.store.write(async (writer) => {
      await writer.insert('loadBalancer', { ...loadBalancer, id, vipAddress: `127.1.${owner}.1` });
      for (let port = 1; port <= perLoadBalancer; port += 1) {
        const row = { ...listener, id: uuid(owner * perLoadBalancer + port), loadBalancerId: id, port };
        await writer.insert('listener', { ...row, name: `listener-${owner}-${port}` });
      }
    });
  }
}

function uuid(count: number): string {
  return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
}

async function allPages(query: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let marker = ''; ; ) {
    const { status, json } = await api.call('GET', `listeners?${query}${marker}`);
    expect(status).toBe(200);
    ids.push(...json.listeners.map(({ id }: { id: string }) => id));
    if (json.page_info.next_marker === undefined) return ids;
    marker = `&marker=${json.page_info.next_marker}`;
  }
}

it.each([
  ['limit=2000', 2_000],
  ['limit=500', 2_000],
  ['limit=2000&sort=name:desc', 2_000],
])('ten thousand listeners in pages of %s', async (query, limitMs) => {
  const startedMs = performance.now();
  const ids = await allPages(query);
  const tookMs = performance.now() - startedMs;
  expect(ids).toHaveLength(listeners + 1);
  expect(new Set(ids).size).toBe(ids.length);
  expect(tookMs).toBeLessThan(limitMs);
});

it('one of them by its name', async () => {
  const { json } = await api.call('GET', 'listeners?name=listener-7-9');
  expect(json.listeners).toHaveLength(1);
});

describe('a search', () => {
  const found = async (query: string) => {
    const { status, json } = await api.call('GET', `listeners?limit=3&with_total=true&${query}`);
    expect(status).toBe(200);
    return { names: json.listeners.map(({ name }: { name: string }) => name), ...json.page_info };
  };

  it('looks for words anywhere, and says how many there are in all', async () => {
    const { names, total_count: total } = await found('search=LISTENER-7-%20http/9');
    expect([names, total]).toEqual([['listener-7-9'], 1]);
    expect(await found('search=listener-7-1')).toMatchObject({ total_count: 11, current_count: 3 });
    expect(await found('')).toMatchObject({ total_count: listeners + 1 });
    expect(await found('search=nowhere')).toMatchObject({ names: [], total_count: 0 });
  });

  it('goes on where the page before ended, and goes together with other filters', async () => {
    const first = await found('search=listener-7-1');
    const second = await found(`search=listener-7-1&marker=${first.next_marker}`);
    expect(second.names).toEqual(['listener-7-12', 'listener-7-13', 'listener-7-14']);
    const back = await found(`search=listener-7-1&marker=${second.previous_marker}&page_reverse=true`);
    expect(back.names).toEqual(first.names);
    expect((await found('search=listener-7-1&protocol_port=11')).names).toEqual(['listener-7-11']);
    expect((await found('search=listener-7-1&admin_state_up=true')).total_count).toBe(11);
  });
});
