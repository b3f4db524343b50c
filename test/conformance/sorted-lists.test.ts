import {
  aListener,
  expectStatus,
  scriptedBackend,
  startElbow,
  untilMember,
  watchMembers,
} from '@elbow/testkit';
import type { BuiltListener, Elbow, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// `sort` puts a list in order before it is cut into pages; without it nothing is other than it was.

const names = ['web-10', 'web-9', 'API', 'web-9', 'web-100'];
const inNameOrder = ['API', 'web-9', 'web-9', 'web-10', 'web-100'];

let elbow: Elbow;
let member: ScriptedBackend;
let site: BuiltListener;
let policyId: string;
const ids: string[] = [];
beforeAll(async () => {
  [elbow, member] = await Promise.all([startElbow({ workers: 1 }), scriptedBackend()]);
  for (const name of names) ids.push((await elbow.api.create('ipgroup', { name, ip_list: [] })).id);
  // The second one answers to nobody.
  const members = [member, { address: '127.0.0.1', port: 1 }];
  site = await aListener(elbow, { members, protocol: 'HTTP', loadBalancer: { name: 'sick' } });
  const l7policy = {
    listener_id: site.listener.id,
    action: 'REDIRECT_TO_POOL',
    redirect_pool_id: site.pool.id,
  };
  const made = await elbow.api.call('POST', 'l7policies', { l7policy });
  policyId = expectStatus(made, 201).json.l7policy.id;
  await elbow.api.create('loadbalancer', { name: 'fine', availability_zone_list: ['az1'] });
}, 30_000);
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

async function groups(query: string) {
  const { json } = expectStatus(await elbow.api.call('GET', `ipgroups${query}`), 200);
  return {
    names: json.ipgroups.map(({ name }: { readonly name: string }) => name) as string[],
    ids: json.ipgroups.map(({ id }: { readonly id: string }) => id) as string[],
    info: json.page_info as Readonly<Record<string, unknown>>,
  };
}

describe('a sorted list', () => {
  it('compares digits as numbers and says nothing of case; equal names go by their ids', async () => {
    const found = await groups('?sort=name');
    expect(found.names).toEqual(inNameOrder);
    expect(found.ids.slice(1, 3)).toEqual([ids[1], ids[3]].toSorted());
    const back = await groups('?sort=name:desc');
    expect(back.names).toEqual(inNameOrder.toReversed());
    expect(back.ids.slice(2, 4)).toEqual(found.ids.slice(1, 3));
  });

  it('is walked through by marker and limit, forwards and backwards', async () => {
    const whole = (await groups('?sort=name:desc')).ids;
    const first = await groups('?sort=name:desc&limit=2');
    expect([first.ids, first.info]).toEqual([
      whole.slice(0, 2),
      { previous_marker: whole[0], next_marker: whole[1], current_count: 2 },
    ]);
    expect((await groups(`?sort=name:desc&limit=2&marker=${whole[1]}`)).ids).toEqual(whole.slice(2, 4));
    const last = await groups(`?sort=name:desc&limit=2&marker=${whole[3]}`);
    expect([last.ids, last.info]).toEqual([whole.slice(4), { previous_marker: whole[4], current_count: 1 }]);
    const before = await groups(`?sort=name:desc&limit=2&page_reverse=true&marker=${whole[4]}`);
    expect(before.ids).toEqual(whole.slice(2, 4));
  });

  it('goes together with filters, the search and the total', async () => {
    const found = await groups('?sort=name:desc&search=web&limit=3&with_total=true');
    expect([found.names, found.info['total_count']]).toEqual([['web-100', 'web-10', 'web-9'], 4]);
    expect((await groups('?sort=created_at:desc&name=web-9')).ids).toHaveLength(2);
  });

  it('begins with what needs somebody', async () => {
    await watchMembers(elbow, site.pool.id);
    const [, sick] = site.members;
    await untilMember(elbow, { poolId: site.pool.id, id: sick?.id ?? '' }, 'OFFLINE');
    const first = async (path: string, key: string) =>
      expectStatus(await elbow.api.call('GET', path), 200).json[key][0];
    expect((await first('members?sort=operating_status', 'members')).id).toBe(sick?.id);
    expect((await first('members?sort=operating_status:desc', 'members')).id).toBe(site.members[0]?.id);
    expect((await first('loadbalancers?sort=operating_status', 'loadbalancers')).name).toBe('sick');
    expect((await first('loadbalancers?sort=operating_status:desc', 'loadbalancers')).name).toBe('fine');
    expect((await first('pools?sort=member_operating_status', 'pools')).id).toBe(site.pool.id);
  });
});

describe('without an order', () => {
  it.each(['', '?sort=', '?sort=&limit=2000'])('a list comes as it was made (%s)', async (query) => {
    const found = await groups(query);
    expect([found.ids, Object.keys(found.info)]).toEqual([ids, ['previous_marker', 'current_count']]);
  });
});

describe('the document of the API', () => {
  it('names what each list can be sorted by, and all of that is true', async () => {
    const { paths } = expectStatus(await elbow.api.call('GET', '/openapi.json'), 200).json;
    const asked: string[] = [];
    for (const [path, { get }] of Object.entries(paths as Readonly<Record<string, PathItem>>)) {
      const sort = get?.parameters?.find(({ name }) => name === 'sort');
      if (sort === undefined) continue;
      const { pattern } = sort.schema;
      const choices = /^\^\(([\w|]+)\)/.exec(pattern)?.[1]?.split('|') ?? [];
      for (const choice of choices.flatMap((each) => [each, `${each}:asc`, `${each}:desc`])) {
        expect(new RegExp(pattern).test(choice)).toBe(true);
        const place = filled(path);
        asked.push(`${place} ${choice}`);
        const { status, text } = await elbow.api.call('GET', `${place}?sort=${choice}`);
        expect([status, choice], text).toEqual([200, choice]);
      }
    }
    expect(asked.length).toBeGreaterThan(100);
  });

  it.each(['entries', 'name:up', 'NAME', 'name,created_at', ':'])('%s is none of it: 400', async (wish) => {
    for (const list of ['ipgroups', 'loadbalancers', `pools/${site.pool.id}/members`]) {
      const { status, json } = await elbow.api.call('GET', `${list}?sort=${encodeURIComponent(wish)}`);
      expect([status, json.error_code]).toEqual([400, 'ELB.8902']);
      expect(json.error_msg).toMatch(/^invalid input for field sort: must be one of name, created_at, /);
    }
  });

  it('and it is said once', async () => {
    const { status, json } = await elbow.api.call('GET', 'ipgroups?sort=name&sort=created_at');
    expect([status, json.error_msg]).toEqual([400, 'invalid input for field sort: must be given once']);
  });
});

interface PathItem {
  readonly get?: {
    readonly parameters?: readonly { readonly name: string; readonly schema: { readonly pattern: string } }[];
  };
}

function filled(path: string): string {
  return path
    .replace('{project_id}', elbow.credentials.project_id)
    .replace('{pool_id}', site.pool.id)
    .replace('{l7policy_id}', policyId);
}
