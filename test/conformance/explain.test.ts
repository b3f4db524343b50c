import { headerOf, runCommand, serverName, startElbow } from '@elbow/testkit';
import type { Elbow, RawClient, ReceivedAnswer } from '@elbow/testkit';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPolicy, conditions, create, routed, type Routed, rule } from './policy-kit.ts';

// What explain says about a request is what the listener does with it.

let elbow: Elbow;
let site: Routed;
const from = '127.1.2.3';

beforeAll(async () => {
  elbow = await startElbow();
  site = await routed(elbow, ['g1', 'g2', 'g3'], { enhance_l7policy_enable: true });
  const to = (name: string, rules: readonly object[], more: object = {}) =>
    policy({ action: 'REDIRECT_TO_POOL', redirect_pool_id: site.pools[name], rules, ...more });
  const rewrite_url_config = { path: '/rewritten/$2', query: 'v=$1&${query}' };
  await to('g1', [rule('HOST_NAME', 'EQUAL_TO', 'one.test'), rule('PATH', 'STARTS_WITH', '/a')]);
  await to('g2', [conditions('HOST_NAME', '', '*.test'), conditions('METHOD', '', 'POST', 'PUT')]);
  await to('g2', [rule('PATH', 'REGEX', '/v(\\d)/(.*)')], {
    redirect_pools_extend_config: { rewrite_url_enable: true, rewrite_url_config },
  });
  await policy({
    action: 'REDIRECT_TO_URL',
    rules: [conditions('QUERY_STRING', 'go', 'away', 'off*')],
    redirect_url_config: { status_code: '302', host: 'elsewhere.test' },
  });
  await policy({
    action: 'FIXED_RESPONSE',
    rules: [conditions('HEADER', 'X-Tea', 'black*', 'g?een')],
    fixed_response_config: { status_code: '418', message_body: 'tea' },
  });
  await to('g3', [conditions('COOKIE', 'tier', 'gold'), conditions('SOURCE_IP', '', '127.1.2.0/24')]);
  await to('g3', [rule('PATH', 'EQUAL_TO', '/a/b')]);
});
afterAll(async () => {
  await elbow?.stop();
  await site?.stop();
});

function policy(fields: object): Promise<unknown> {
  return aPolicy(elbow, { listener_id: site.listener.listener.id, ...fields });
}

interface Asked {
  readonly method: string;
  readonly host: string;
  readonly target: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies of every shape
async function explain(asked: Partial<Asked> & { readonly url?: string }, more: object = {}): Promise<any> {
  const { host = serverName, target = '/', method = 'GET', headers = [] } = asked;
  const url = asked.url ?? `https://${host}:8443${target}`;
  const request = { url, from, method, headers, listener_id: site.listener.listener.id, ...more };
  const answer = await elbow.api.call('POST', '/elbow/v1/explain', { request });
  expect(answer.status, answer.text).toBe(200);
  return answer.json.explanation;
}

async function send(client: RawClient, at: number, asked: Asked): Promise<ReceivedAnswer> {
  const lines = asked.headers.map(({ name, value }) => `${name}: ${value}\r\n`).join('');
  const head = `${asked.method} ${asked.target} HTTP/1.1\r\nHost: ${asked.host}:8443\r\n`;
  const length = asked.method === 'GET' ? '' : 'Content-Length: 0\r\n';
  client.write(`${head}${length}${lines}\r\n`, asked.method);
  return client.answer(at);
}

const anyRequest: fc.Arbitrary<Asked> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT'),
  host: fc.constantFrom('one.test', 'two.test', 'a.b.test', 'test', 'ONE.test', 'other.example'),
  target: fc
    .tuple(
      fc.constantFrom(
        '/',
        '/a',
        '/ab',
        '/a/b',
        '/a%2Fb',
        '/%61/./b',
        '/x/../a/b',
        '/v1/x',
        '/v2/a%20b/c',
        '/v/',
        '/..',
        '/a%00',
      ),
      fc.constantFrom('', '?', '?go=away', '?go=%6fffice', '?x=1&go=off', '?go', '?GO=away'),
    )
    .map(([path, query]) => path + query),
  headers: fc.subarray([
    { name: 'X-Tea', value: 'GREEN' },
    { name: 'x-tea', value: 'none' },
    { name: 'Cookie', value: 'a=b; tier=gold' },
    { name: 'Accept', value: '*/*' },
  ]),
});

/** `npm run test:full` asks for all of them; each costs a call of the API, 5 to 10 ms. */
const requestCount = process.env['ELBOW_FULL'] === undefined ? 2000 : 10_000;
const laneCount = 4;

/** Asks explain and the listener about each request, in turn on one connection. */
async function compare(requests: readonly Asked[]): Promise<void> {
  let client = await site.listener.connect({ from });
  let at = 0;
  for (const asked of requests) {
    const { decision } = await explain(asked);
    const answer = await send(client, at++, asked);
    expect(outcomeOf(answer), JSON.stringify(asked)).toEqual(expectedOf(decision));
    if (answer.status === 200) expectSameRequest(answer, decision.member_request);
    if (headerOf(answer, 'connection') !== 'close' && at < MOST_PER_CONNECTION) continue;
    client.close();
    client = await site.listener.connect({ from });
    at = 0;
  }
  client.close();
}

/** The client of the tests keeps every answer. */
const MOST_PER_CONNECTION = 100;

describe('explain', () => {
  it('says of random requests what the listener does with them', async () => {
    const requests = fc.sample(anyRequest, requestCount);
    const lanes = Map.groupBy(requests.entries(), ([number]) => number % laneCount);
    await Promise.all([...lanes.values()].map((lane) => compare(lane.map(([, asked]) => asked))));
    // What the members got is forgotten: they keep every request.
    for (const member of Object.values(site.members)) member.forget();
  }, 240_000);

  it('shows each policy that was tried and what its conditions saw', async () => {
    const { tried, decision, pools, certificates, access } = await explain({
      target: '/a/b?go=on',
      headers: [{ name: 'x-tea', value: 'Green' }],
    });
    expect(tried).toHaveLength(5);
    expect(tried[0].conditions).toEqual(
      expect.arrayContaining([
        { type: 'host', key: '', expected: ['one.test'], seen: [serverName], matched: false },
        { type: 'path', key: '', expected: ['/a'], seen: ['/a/b'], matched: true },
      ]),
    );
    expect(tried[3].conditions[0]).toMatchObject({ key: 'go', seen: ['on'], matched: false });
    expect(tried[4]).toMatchObject({ matched: true, conditions: [{ seen: ['Green'], matched: true }] });
    expect(decision).toMatchObject({ kind: 'fixed', status: 418, body: 'tea' });
    expect(pools).toEqual([]);
    expect(certificates).toEqual([site.listener.certificate?.id]);
    expect(access).toEqual({ mode: 'all', from, admitted: true, listed_in: [] });
  });

  it('names the pool, its members and what they would see', async () => {
    const { decision, pools } = await explain({ target: '/v7/x?y=z' });
    expect(decision.member_request).toMatchObject({
      target: '/rewritten/x?v=7&y=z',
      host: `${serverName}:8443`,
    });
    expect(decision.member_request.headers).toContainEqual({ name: 'X-Forwarded-For', value: from });
    expect(pools).toMatchObject([{ pool_id: site.pools['g2'], weight: 1 }]);
    expect(pools[0].members).toMatchObject([{ address: site.members['g2']?.address, weight: 1 }]);
  });

  it('names the pools that get a copy, and none for what is one or becomes a tunnel', async () => {
    const { id } = (await policy({
      action: 'REDIRECT_TO_POOL',
      redirect_pool_id: site.pools['g1'],
      rules: [rule('PATH', 'EQUAL_TO', '/mirrored')],
      redirect_pools_extend_config: {
        traffic_mirror_config: {
          target_ids: [site.pools['g3'], site.pools['g2']],
          mirror_request_body_enable: false,
        },
      },
    })) as { readonly id: string };
    const { decision, mirrors } = await explain({ target: '/mirrored' });
    const copies = ['g3', 'g2'].map((name) => ({ pool_id: site.pools[name], with_body: false }));
    expect(decision).toMatchObject({ policy_id: id, mirrors: copies });
    expect(mirrors).toMatchObject(copies);
    expect(mirrors[0].members).toMatchObject([{ address: site.members['g3']?.address, weight: 1 }]);
    for (const header of [
      { name: 'X-Mirrored', value: '1' },
      { name: 'Upgrade', value: 'websocket' },
    ])
      expect((await explain({ target: '/mirrored', headers: [header] })).mirrors).toEqual([]);
    expect((await explain({ target: '/a/b' })).mirrors).toEqual([]);
    expect((await elbow.api.call('DELETE', `l7policies/${id}`)).status).toBe(204);
  });

  it('says who may not even connect', async () => {
    const group = await create(elbow, 'ipgroups', 'ipgroup', { ip_list: [{ ip: '127.1.2.0/24' }] });
    const ipgroup = { ipgroup_id: group.id, type: 'black' };
    await elbow.api.update('listener', site.listener.listener.id, { ipgroup });
    const { access } = await explain({});
    expect(access).toEqual({ mode: 'deny', from, admitted: false, listed_in: [group.id] });
    await elbow.api.update('listener', site.listener.listener.id, { ipgroup: null });
  });

  it('finds the listener by the URL', async () => {
    const request = { url: `https://${site.listener.vip}:8443/v1/x` };
    const answer = await elbow.api.call('POST', '/elbow/v1/explain', { request });
    expect(answer.json.explanation.listener.id).toBe(site.listener.listener.id);
  });

  it.each([
    [{ url: 'ftp://x/' }, 'request.url'],
    [{ url: 'https://x:9/' }, 'request.url'],
    [{ url: 'https://x/', from: 'here' }, 'request.from'],
    [{ url: 'https://x/', method: 'get' }, 'request.method'],
    [{ url: 'https://x/', headers: [{ name: 'a', value: 'b\r\nc: d' }] }, 'request.headers[0].value'],
    [{}, 'request.url'],
  ])('refuses %j', async (request, field) => {
    const answer = await elbow.api.call('POST', '/elbow/v1/explain', { request });
    expect(answer.status).toBe(400);
    expect(answer.json.error_msg).toContain(field);
  });
});

describe('elbow explain', () => {
  const run = (...words: readonly string[]) =>
    runCommand(process.execPath, [
      'apps/elbow/src/main.ts',
      'explain',
      ...words,
      '--data-dir',
      elbow.dataDir,
    ]);

  it('prints the same for people', async () => {
    const { stdout, code } = await run(
      `https://${site.listener.vip}:8443/v3/x`,
      '--from',
      from,
      '--header',
      'x-tea: none',
    );
    expect(code).toBe(0);
    expect(stdout).toContain(`listener ${site.listener.listener.id} (HTTPS ${site.listener.vip}:8443)`);
    expect(stdout).toMatch(/yes path: \/v\(\\d\)\/\(\.\*\); the request has "\/v3\/x"/);
    expect(stdout).toContain(`forward  /rewritten/x?v=3& for ${site.listener.vip}:8443`);
    expect(stdout).toContain(`${site.members['g2']?.address}:${site.members['g2']?.port} weight 1`);
  });

  it('says what is wrong in one line', async () => {
    const { stderr, code } = await run('https://nowhere.test:9/');
    expect(code).toBe(1);
    expect(stderr).toContain(
      'elbow explain: invalid input for field request.url: no HTTPS listener has port 9',
    );
  });
});

/** Which member answered, or what the load balancer answered by itself. */
function outcomeOf(answer: ReceivedAnswer): object {
  const member = headerOf(answer, 'x-member') ?? null;
  return { member, status: answer.status, location: headerOf(answer, 'location') ?? null };
}

// oxlint-disable-next-line typescript/no-explicit-any -- an answer of the API
function expectedOf(decision: any): object {
  const name = Object.entries(site.pools).find(([, id]) => id === decision.pools[0]?.pool_id)?.[0];
  // `pools` of the decision are what the request would go to.
  return { member: name ?? null, status: decision.status ?? 200, location: decision.location };
}

// oxlint-disable-next-line typescript/no-explicit-any -- an answer of the API
function expectSameRequest(answer: ReceivedAnswer, expected: any): void {
  const seen = JSON.parse(answer.body.toString());
  expect(seen.target).toBe(expected.target);
  const header = (name: string) =>
    seen.headers
      .filter(([key]: [string]) => key.toLowerCase() === name)
      .map(([, value]: [string, string]) => value);
  expect(header('host')).toEqual([expected.host]);
  for (const name of ['x-forwarded-for', 'x-forwarded-host', 'x-tea', 'cookie']) {
    const told = expected.headers.filter((each: { name: string }) => each.name.toLowerCase() === name);
    expect(header(name)).toEqual(told.map((each: { value: string }) => each.value));
  }
}
