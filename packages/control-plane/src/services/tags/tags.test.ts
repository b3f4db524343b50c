import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../../testing/api-fixture.ts';

let api: ApiFixture;
beforeAll(async () => {
  api = await apiFixture();
});
afterAll(() => api.close());

const tags = (...pairs: readonly string[]) =>
  pairs.map((pair) => ({ key: pair.split('=')[0], value: pair.split('=')[1] ?? '' }));

async function loadBalancer(...pairs: readonly string[]) {
  const fields = { availability_zone_list: ['az1'], tags: tags(...pairs) };
  return api.create('loadbalancers', 'loadbalancer', fields);
}

async function listener(loadBalancerId: string, ...pairs: readonly string[]) {
  const fields = { loadbalancer_id: loadBalancerId, protocol: 'HTTP', protocol_port: 8080 };
  return api.create('listeners', 'listener', { ...fields, tags: tags(...pairs) });
}

const path = (family: 'v3' | 'v2.0', rest: string): string => `/${family}/${api.account.projectId}/${rest}`;
const stored = async (id: string) =>
  (await api.store.read((reader) => reader.find('loadBalancer', id)))?.tags;

describe.each(['v3', 'v2.0'] as const)('tags of %s', (family) => {
  it('are added, replaced and shown; the store and the load balancer have them too', async () => {
    const { id } = await loadBalancer('env=test', 'team=a');
    const answer = await api.call('POST', path(family, `loadbalancers/${id}/tags/action`), {
      action: 'create',
      tags: tags('env=prod', 'cost='),
    });
    expect([answer.status, answer.json]).toEqual([204, null]);
    const expected = tags('env=prod', 'team=a', 'cost=');
    expect((await api.call('GET', path(family, `loadbalancers/${id}/tags`))).json.tags).toEqual(expected);
    expect((await api.call('GET', `loadbalancers/${id}`)).json.loadbalancer.tags).toEqual(expected);
    expect(await stored(id)).toEqual(expected);
  });

  it('go by key and value; one that is not there is no mistake', async () => {
    const { id } = await loadBalancer('env=test', 'team=a');
    const remove = (...pairs: readonly string[]) =>
      api.call('POST', path(family, `loadbalancers/${id}/tags/action`), {
        action: 'delete',
        tags: tags(...pairs),
      });
    expect((await remove('env=other', 'none=1')).status).toBe(204);
    expect(await stored(id)).toEqual(tags('env=test', 'team=a'));
    expect((await remove('env=test')).status).toBe(204);
    expect(await stored(id)).toEqual(tags('team=a'));
  });

  it('of listeners are their own', async () => {
    const { id } = await loadBalancer('env=lb');
    const made = await listener(id, 'env=listener');
    const change = { action: 'create', tags: tags('team=b') };
    expect((await api.call('POST', path(family, `listeners/${made.id}/tags/action`), change)).status).toBe(
      204,
    );
    const shown = await api.call('GET', path(family, `listeners/${made.id}/tags`));
    expect(shown.json.tags).toEqual(tags('env=listener', 'team=b'));
    expect(await stored(id)).toEqual(tags('env=lb'));
    const all = await api.call('GET', path(family, 'listeners/tags'));
    expect(all.json.tags).toContainEqual({ key: 'team', values: ['b'] });
  });

  it('are listed over all load balancers, each value once', async () => {
    await loadBalancer(`${family}-zone=one`);
    await loadBalancer(`${family}-zone=two`);
    await loadBalancer(`${family}-zone=one`);
    const all = await api.call('GET', path(family, 'loadbalancers/tags'));
    expect(all.json.tags).toContainEqual({ key: `${family}-zone`, values: ['one', 'two'] });
  });

  it('are refused with nothing changed when there would be more than 20', async () => {
    const { id } = await loadBalancer('a=1');
    const many = tags(...Array.from({ length: 20 }, (_, at) => `k${at}=v`));
    const answer = await api.call('POST', path(family, `loadbalancers/${id}/tags/action`), {
      action: 'create',
      tags: many,
    });
    expect([answer.status, answer.json.error_code]).toEqual([400, 'ELB.8902']);
    expect(answer.json.error_msg).toContain('at most 20 tags');
    expect(await stored(id)).toEqual(tags('a=1'));
  });

  it.each([
    [{ action: 'create', tags: tags('a=1', 'a=2') }, 'key twice'],
    [{ action: 'create', tags: [] }, 'at least one tag'],
    [{ action: 'rename', tags: tags('a=1') }, 'action'],
    [{ action: 'create', tags: [{ key: 'a*b', value: '' }] }, 'tags[0].key'],
    [{ action: 'create', tags: [{ key: '', value: '' }] }, 'tags[0].key'],
    [{ action: 'create', tags: [{ key: 'k', value: 'v'.repeat(256) }] }, 'tags[0].value'],
    [{ action: 'delete', tags: [{ key: 'a' }] }, 'tags[0].value'],
    [{ action: 'create', tags: 'a' }, 'tags'],
    [{ tags: tags('a=1') }, 'action'],
    [[], 'JSON object'],
  ])('refuse %j', async (body, text) => {
    const { id } = await shared();
    const answer = await api.call('POST', path(family, `loadbalancers/${id}/tags/action`), body);
    expect([answer.status, answer.json.error_code]).toEqual([400, 'ELB.8902']);
    expect(answer.json.error_msg).toContain(text);
  });

  it('of what does not exist are 404', async () => {
    const unknown = '00000000-0000-4000-8000-00000000dead';
    for (const [method, rest, body] of [
      ['GET', `listeners/${unknown}/tags`, undefined],
      ['POST', `loadbalancers/${unknown}/tags/action`, { action: 'create', tags: tags('a=1') }],
    ] as const) {
      const answer = await api.call(method, path(family, rest), body);
      expect([answer.status, answer.json.error_code]).toEqual([404, 'ELB.8904']);
    }
  });

  let one: ReturnType<typeof loadBalancer> | undefined;
  const shared = () => (one ??= loadBalancer('a=0'));
});

describe('the older family alone', () => {
  it('adds one tag and removes one by its key', async () => {
    const { id } = await loadBalancer('a=1');
    const added = await api.call('POST', path('v2.0', `loadbalancers/${id}/tags`), {
      tag: { key: 'b c', value: '2' },
    });
    expect(added.status).toBe(204);
    expect(await stored(id)).toEqual(tags('a=1', 'b c=2'));
    const removed = await api.call('DELETE', path('v2.0', `loadbalancers/${id}/tags/b%20c`));
    expect(removed.status).toBe(204);
    expect(await stored(id)).toEqual(tags('a=1'));
  });

  it('finds and counts by tags and names', async () => {
    const owner = await loadBalancer('tier=gold');
    const one = await listener(owner.id, 'tier=gold', 'env=prod');
    const ask = (body: object) => api.call('POST', path('v2.0', 'listeners/resource_instances/action'), body);
    const wanted = [
      { key: 'tier', values: ['gold', 'silver'] },
      { key: 'env', values: [] },
    ];
    const found = await ask({ action: 'filter', tags: wanted, limit: '10', offset: 0 });
    expect(found.json).toMatchObject({
      total_count: 1,
      resources: [
        {
          resource_id: one.id,
          resource_name: '',
          resource_detail: null,
          tags: tags('tier=gold', 'env=prod'),
          super_resource_id: owner.id,
        },
      ],
    });
    expect((await ask({ action: 'count', tags: wanted })).json).toMatchObject({ total_count: 1 });
    expect((await ask({ action: 'count', tags: [{ key: 'tier', values: ['silver'] }] })).json).toMatchObject({
      total_count: 0,
    });
    expect(
      (await ask({ action: 'count', matches: [{ key: 'resource_name', value: 'nobody' }] })).json,
    ).toMatchObject({ total_count: 0 });
    expect((await ask({ action: 'filter', tags: wanted, offset: 1 })).json).toMatchObject({
      resources: [],
      total_count: 1,
    });
    expect((await ask({ action: 'list' })).status).toBe(400);
  });
});

it('lists are narrowed by tags: another key means "and", another value "or"', async () => {
  const one = await loadBalancer('color=red', 'size=s');
  const two = await loadBalancer('color=blue', 'size=s');
  const ids = async (query: string) =>
    (await api.call('GET', `loadbalancers?${query}`)).json.loadbalancers.map(({ id }: { id: string }) => id);
  expect(await ids('tags=color%3Dred&tags=size%3Ds')).toEqual([one.id]);
  expect(await ids('tags=color%3Dred&tags=color%3Dblue')).toEqual([one.id, two.id]);
  expect(await ids('tags=color%3Dgreen')).toEqual([]);
  expect((await api.call('GET', 'loadbalancers?tags=color')).status).toBe(400);
});
