import { askOnce, headerOf, openRawClient, serverName, startElbow } from '@elbow/testkit';
import type { AskWish, Elbow, ReceivedAnswer, SeenRequest } from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aPolicy, changePolicy, conditions, routed, type Routed, rule } from './policy-kit.ts';

// Where requests go by policy, what is made of them on the way, and what the load balancer answers itself.

let elbow: Elbow;
let site: Routed;
const advanced = { enhance_l7policy_enable: true };

beforeAll(async () => {
  elbow = await startElbow();
  site = await routed(elbow, ['g1', 'g2', 'g3', 'g4', 'g5'], advanced);
});
afterAll(async () => {
  await elbow?.stop();
  await site?.stop();
});
beforeEach(() => {
  for (const member of Object.values(site.members)) member.forget();
});

interface Ask extends AskWish {
  readonly at?: Routed;
}

const ask = (target: string, { at = site, ...wish }: Ask = {}): Promise<ReceivedAnswer> =>
  askOnce(at.listener, target, wish);

/** The name of the member that answered. */
async function memberFor(target: string, wish: Ask = {}): Promise<string | undefined> {
  return headerOf(await ask(target, wish), 'x-member');
}

/** Makes policies on the site, runs the test, and takes them away. */
async function withPolicies(
  policies: readonly object[],
  run: (ids: string[]) => Promise<void>,
): Promise<void> {
  const ids: string[] = [];
  try {
    for (const policy of policies)
      ids.push((await aPolicy(elbow, { listener_id: site.listener.listener.id, ...policy })).id);
    await run(ids);
  } finally {
    for (const id of ids) await elbow.api.call('DELETE', `l7policies/${id}`);
  }
}

const toPool = (name: string, rules: readonly object[], more: object = {}): object => ({
  action: 'REDIRECT_TO_POOL',
  redirect_pool_id: site.pools[name],
  rules,
  ...more,
});
const fixed = (status: string, more: object = {}): object => ({
  action: 'FIXED_RESPONSE',
  fixed_response_config: { status_code: status, ...more },
});
const lastRequest = (name: string): SeenRequest => site.members[name]!.requests.at(-1)!;
const everything = [rule('PATH', 'STARTS_WITH', '/')];

describe('order', () => {
  it('is the priority and nothing else', async () => {
    const policies = [
      toPool('g1', [rule('PATH', 'STARTS_WITH', '/elb/abc.html')], { priority: 1 }),
      toPool('g2', [rule('PATH', 'STARTS_WITH', '/elb')], { priority: 2 }),
      toPool('g3', [rule('PATH', 'REGEX', '/exa[^\\s]*')], { priority: 3 }),
      toPool('g4', [rule('PATH', 'REGEX', '/exa/index.html')], { priority: 4 }),
      toPool('g5', [rule('PATH', 'EQUAL_TO', '/mpl/index.html')], { priority: 5 }),
    ];
    await withPolicies(policies, async ([first, second]) => {
      expect(await memberFor('/elb/abc.html')).toBe('g1');
      expect(await memberFor('/elbow')).toBe('g2');
      expect(await memberFor('/exa/index.html')).toBe('g3');
      expect(await memberFor('/mpl/index.html?x=1')).toBe('g5');
      expect(await memberFor('/nothing')).toBe('default');
      const swapped = {
        l7policies: [
          { id: first, priority: 2 },
          { id: second, priority: 1 },
        ],
      };
      expect((await elbow.api.call('POST', 'l7policies/batch-update-priority', swapped)).status).toBe(202);
      expect(await memberFor('/elb/abc.html')).toBe('g2');
    });
  });
});

describe('rules', () => {
  it('of several types must all hold, one of the values of each', async () => {
    const rules = [
      conditions('HEADER', 'Accept-Language', 'en-*'),
      conditions('QUERY_STRING', 'locale', 'en-us', 'de-*'),
      conditions('METHOD', '', 'GET', 'POST'),
      conditions('COOKIE', 'tier', 'gold'),
    ];
    await withPolicies([toPool('g1', rules)], async () => {
      const fields = 'accept-language: EN-gb\r\nCookie: a=b; tier=gold\r\n';
      expect(await memberFor('/?locale=de-at', { fields })).toBe('g1');
      expect(await memberFor('/?locale=DE-at', { fields })).toBe('default');
      expect(await memberFor('/?locale=de-at', { fields: fields.replace('gold', 'lead') })).toBe('default');
      expect(await memberFor('/?locale=de-at', { fields, method: 'PUT' })).toBe('default');
      expect(await memberFor('/?locale=de-at', { fields: fields.replace('EN', 'fr') })).toBe('default');
    });
  });

  it('for hosts have wildcards and no port, and know no case', async () => {
    await withPolicies(
      [toPool('g1', [conditions('HOST_NAME', '', '*.shop.test', 'api?.test')])],
      async () => {
        expect(await memberFor('/', { host: 'A.b.SHOP.test:8443' })).toBe('g1');
        expect(await memberFor('/', { host: 'api1.test' })).toBe('g1');
        expect(await memberFor('/', { host: 'shop.test' })).toBe('default');
        expect(await memberFor('/', { host: 'api12.test' })).toBe('default');
      },
    );
  });

  it('for sources look at the TCP peer, whatever the client says', async () => {
    const fields = 'X-Forwarded-For: 127.1.2.3\r\n';
    await withPolicies([toPool('g1', [conditions('SOURCE_IP', '', '127.1.2.0/24')])], async () => {
      expect(await memberFor('/', { from: '127.1.2.3' })).toBe('g1');
      expect(await memberFor('/', { fields })).toBe('default');
    });
  });
});

describe('paths', () => {
  it('are compared decoded and forwarded as they came', async () => {
    await withPolicies([toPool('g1', [rule('PATH', 'STARTS_WITH', '/a/b')])], async () => {
      for (const target of [
        '/a/b',
        '/%61/b?x=%20',
        '/a%2Fb',
        '/x/../a/b',
        '/x/%2e%2e/a/./b',
        '/a%2F.%2Fb/c',
      ]) {
        expect(await memberFor(target), target).toBe('g1');
        expect(lastRequest('g1').target).toBe(target);
      }
      for (const target of ['/a%252Fb', '/a//b', '/A/b'])
        expect(await memberFor(target), target).toBe('default');
    });
  });

  it('that leave the root or hold a NUL are refused', async () => {
    await withPolicies([toPool('g1', everything)], async () => {
      for (const target of ['/../a', '/a/%2e%2e/%2e%2e/b', '/..%2f', '/a%00b'])
        expect((await ask(target)).status, target).toBe(400);
      expect(site.members['g1']?.requests).toEqual([]);
    });
  });
});

describe('pools with weights', () => {
  const shared = (weights: readonly number[], more: object = {}) => ({
    action: 'REDIRECT_TO_POOL',
    redirect_pools_config: weights.map((weight, at) => ({ pool_id: site.pools[`g${at + 1}`], weight })),
    rules: everything,
    ...more,
  });

  it('get exactly their shares, whichever worker has the connection, and none without a weight', async () => {
    await withPolicies([shared([3, 1, 0])], async () => {
      for (let count = 0; count < 40; count++) await ask('/');
      expect(['g1', 'g2', 'g3'].map((name) => site.members[name]?.requests.length)).toEqual([30, 10, 0]);
    });
  });

  it('answer 503 when no weight is above 0', async () => {
    await withPolicies([shared([0, 0])], async () => expect((await ask('/')).status).toBe(503));
  });

  it('keep a client with its pool by a cookie that members do not see', async () => {
    const sticky = { redirect_pools_sticky_session_config: { enable: true, timeout: 5 } };
    await withPolicies([shared([1, 1], sticky)], async ([id]) => {
      const first = await ask('/');
      const cookie = headerOf(first, 'set-cookie') ?? '';
      expect(cookie).toMatch(
        new RegExp(`^LBPOOL-${id!.slice(0, 8)}=[^;]+; Path=/; Max-Age=300; HttpOnly; SameSite=Lax; Secure$`),
      );
      const fields = `Cookie: a=b; ${cookie.split(';')[0]}\r\n`;
      const name = headerOf(first, 'x-member')!;
      for (let count = 0; count < 4; count++) {
        const answer = await ask('/', { fields });
        expect(headerOf(answer, 'x-member')).toBe(name);
        expect(headerOf(answer, 'set-cookie')).toBeUndefined();
      }
      expect(headerOf(lastRequest(name), 'cookie')).toBe('a=b');
      // Pools cannot be named by who has no cookie of ours.
      const other = site.pools[name === 'g1' ? 'g2' : 'g1']!;
      expect(cookie).not.toContain(site.pools[name]);
      const forged = `Cookie: LBPOOL-${id!.slice(0, 8)}=${other}\r\n`;
      const names = new Set<string | undefined>();
      for (let count = 0; count < 4; count++) {
        const answer = await ask('/', { fields: forged });
        expect(headerOf(answer, 'set-cookie')).toContain('LBPOOL-');
        names.add(headerOf(answer, 'x-member'));
      }
      expect(names.size).toBe(2);
    });
  });

  it('stand in for one that has nobody to serve', async () => {
    const { id } = await elbow.api.create('pool', {
      loadbalancer_id: site.listener.loadBalancer.id,
      protocol: 'HTTP',
      lb_algorithm: 'ROUND_ROBIN',
    });
    const policy = {
      action: 'REDIRECT_TO_POOL',
      redirect_pools_config: [
        { pool_id: id, weight: 100 },
        { pool_id: site.pools['g2'], weight: 1 },
      ],
      rules: everything,
    };
    await withPolicies([policy], async () => {
      for (let count = 0; count < 4; count++) expect(await memberFor('/')).toBe('g2');
    });
  });
});

describe('a redirect to a URL', () => {
  const to = (config: object) => ({
    action: 'REDIRECT_TO_URL',
    redirect_url_config: config,
    rules: [rule('PATH', 'REGEX', '/old(.*)')],
  });

  it('has exactly the location that its parts make', async () => {
    const config = {
      status_code: '301',
      protocol: 'HTTPS',
      host: 'www.example1.com',
      port: '8081',
      path: '/index.html',
      query: 'locale=en-us&${query}',
    };
    await withPolicies([to(config)], async () => {
      const answer = await ask('/old/x?a=b');
      expect(answer.status).toBe(301);
      expect(headerOf(answer, 'location')).toBe('https://www.example1.com:8081/index.html?locale=en-us&a=b');
      expect((await ask('/old', { method: 'HEAD' })).body).toHaveLength(0);
    });
  });

  it('keeps what it does not name, and takes groups of the path in', async () => {
    await withPolicies([to({ status_code: '307', path: '/new$1' })], async () => {
      const answer = await ask('/old/a%0D%0Ab?c=d', { host: 'Other.test' });
      expect(answer.status).toBe(307);
      expect(headerOf(answer, 'location')).toBe('https://other.test:8443/new/a%0D%0Ab?c=d');
    });
  });

  it('may add and remove fields of the answer', async () => {
    const config = {
      status_code: '302',
      host: 'x.test',
      insert_headers_config: { configs: [{ key: 'x-why', value_type: 'USER_DEFINED', value: 'moved' }] },
      remove_headers_config: { configs: [{ key: 'server' }] },
    };
    await withPolicies([to(config)], async () => {
      const answer = await ask('/old');
      expect(headerOf(answer, 'x-why')).toBe('moved');
      expect(headerOf(answer, 'server')).toBeUndefined();
    });
  });
});

describe('a fixed response', () => {
  it('is what the policy says, to the byte', async () => {
    const body = { content_type: 'text/plain', message_body: 'short and stout ☕\n' };
    await withPolicies([{ ...fixed('418', body), rules: everything }], async () => {
      const answer = await ask('/tea');
      expect(answer.status).toBe(418);
      expect(headerOf(answer, 'content-type')).toBe('text/plain; charset=utf-8');
      expect(answer.body.toString()).toBe('short and stout ☕\n');
      expect((await ask('/tea', { method: 'HEAD' })).body).toHaveLength(0);
      expect(site.members['default']?.requests).toEqual([]);
    });
  });

  it('has no body where its status allows none', async () => {
    await withPolicies([{ ...fixed('204', { message_body: 'x' }), rules: everything }], async () => {
      const answer = await ask('/');
      expect(answer.status).toBe(204);
      expect(headerOf(answer, 'content-length')).toBeUndefined();
    });
  });
});

describe('on the way to a pool', () => {
  const extended = (extend: object, rules = everything) =>
    toPool('g1', rules, { redirect_pools_extend_config: extend });

  it('host, path and query are rewritten, with groups of the expression', async () => {
    const rewrite_url_config = { host: 'inner.test', path: '/$2', query: 'api=$1&${query}' };
    const rules = [rule('PATH', 'REGEX', '/api/(v\\d+)/(.*)')];
    await withPolicies([extended({ rewrite_url_enable: true, rewrite_url_config }, rules)], async () => {
      expect(await memberFor('/api/v2/users?x=1')).toBe('g1');
      const seen = lastRequest('g1');
      expect(seen.target).toBe('/users?api=v2&x=1');
      expect(headerOf(seen, 'host')).toBe('inner.test');
      expect(headerOf(seen, 'x-forwarded-host')).toBe(serverName);
    });
  });

  it('fields are removed, then written: texts, other fields, facts', async () => {
    const insert = (key: string, value_type: string, value: string) => ({ key, value_type, value });
    const extend = {
      remove_headers_config: { configs: [{ key: 'X-Gone' }, { key: 'x-both' }] },
      insert_headers_config: {
        configs: [
          insert('x-text', 'USER_DEFINED', 'a b'),
          insert('x-both', 'USER_DEFINED', 'new'),
          insert('x-agent', 'REFERENCE_HEADER', 'user-agent'),
          insert('x-none', 'REFERENCE_HEADER', 'x-absent'),
          insert('x-client', 'SYSTEM_DEFINED', 'CLIENT-IP'),
          insert('x-port', 'SYSTEM_DEFINED', 'ELB-PORT'),
          insert('x-vip', 'SYSTEM_DEFINED', 'ELB-VIP'),
          insert('x-eip', 'SYSTEM_DEFINED', 'ELB-EIP'),
          insert('x-tls', 'SYSTEM_DEFINED', 'TLS-PROTOCOL'),
        ],
      },
    };
    await withPolicies([extended(extend)], async () => {
      await ask('/', {
        from: '127.1.2.3',
        fields: 'User-Agent: probe\r\nx-gone: 1\r\nX-Both: old\r\nX-Both: older\r\n',
      });
      const seen = lastRequest('g1');
      const of = (name: string) => headerOf(seen, name);
      expect([of('x-text'), of('x-both'), of('x-agent'), of('x-client'), of('x-port'), of('x-vip')]).toEqual([
        'a b',
        'new',
        'probe',
        '127.1.2.3',
        '8443',
        site.listener.vip,
      ]);
      expect(of('x-tls')).toMatch(/^TLSv1\.[23]$/);
      expect([of('x-gone'), of('x-none'), of('x-eip')]).toEqual([undefined, undefined, undefined]);
    });
  });

  it('a limit answers 503 above its rate, over all workers, and asks no member', async () => {
    await withPolicies([extended({ traffic_limit_config: { qps: 2 } })], async () => {
      const statuses = (await Promise.all(Array.from({ length: 10 }, () => ask('/')))).map(
        ({ status }) => status,
      );
      const passed = statuses.filter((status) => status === 200).length;
      // A second is worth two; the ten requests may take longer than one.
      expect(passed).toBeGreaterThanOrEqual(2);
      expect(passed).toBe(site.members['g1']?.requests.length);
      expect(statuses.filter((status) => status === 503)).toHaveLength(10 - passed);
      expect(passed).toBeLessThan(10);
    });
  });

  it('a source has a rate and a burst of its own', async () => {
    await withPolicies([extended({ traffic_limit_config: { per_source_ip_qps: 1, burst: 2 } })], async () => {
      const of = async (from: string) =>
        (await Promise.all(Array.from({ length: 12 }, () => ask('/', { from })))).filter(
          ({ status }) => status === 200,
        ).length;
      const [one, other] = [await of('127.1.2.3'), await of('127.1.2.4')];
      for (const passed of [one, other]) {
        expect(passed).toBeGreaterThanOrEqual(3);
        expect(passed).toBeLessThan(12);
      }
    });
  });

  it('CORS is settled by the load balancer', async () => {
    const cors_config = {
      allow_origin: ['https://*.example.com'],
      allow_methods: ['GET', 'PUT'],
      allow_headers: ['x-a'],
      max_age: 60,
    };
    site.members['g1']!.script = () => ({
      kind: 'answer',
      headers: [
        ['Access-Control-Allow-Origin', 'https://wrong.test'],
        ['X-Member', 'g1'],
      ],
      body: 'x',
    });
    await withPolicies([extended({ cors_config })], async () => {
      const preflight = 'Origin: https://a.example.com\r\nAccess-Control-Request-Method: PUT\r\n';
      const granted = await ask('/', { method: 'OPTIONS', fields: preflight });
      expect(granted.status).toBe(204);
      expect(headerOf(granted, 'access-control-allow-origin')).toBe('https://a.example.com');
      expect(headerOf(granted, 'access-control-allow-methods')).toBe('GET, PUT');
      const denied = await ask('/', {
        method: 'OPTIONS',
        fields: preflight.replace('example.com', 'evil.test'),
      });
      expect([denied.status, headerOf(denied, 'access-control-allow-origin')]).toEqual([204, undefined]);
      expect(site.members['g1']?.requests).toEqual([]);
      const actual = await ask('/', { fields: 'Origin: https://a.example.com\r\n' });
      expect(headerOf(actual, 'access-control-allow-origin')).toBe('https://a.example.com');
      expect(headerOf(actual, 'vary')).toBe('Origin');
    });
  });
});

describe('a redirect to another listener', () => {
  it('is for every request of an HTTP listener, other policies or not', async () => {
    const lb = site.listener.loadBalancer.id;
    const plain = await elbow.api.create('listener', {
      loadbalancer_id: lb,
      protocol: 'HTTP',
      protocol_port: 8080,
      ...advanced,
    });
    await aPolicy(elbow, { listener_id: plain.id, ...fixed('200'), rules: everything });
    const redirect = await aPolicy(elbow, {
      listener_id: plain.id,
      action: 'REDIRECT_TO_LISTENER',
      redirect_listener_id: site.listener.listener.id,
    });
    expect(redirect['priority']).toBe(0);
    const client = await openRawClient({ host: site.listener.vip, port: 8080 });
    client.write(`POST /a%2Fb?c=d HTTP/1.1\r\nHost: ${serverName}:8080\r\nContent-Length: 0\r\n\r\n`, 'POST');
    const answer = await client.answer();
    expect(answer.status).toBe(301);
    expect(headerOf(answer, 'location')).toBe(`https://${serverName}:8443/a%2Fb?c=d`);
    client.close();
    const inUse = await elbow.api.call('DELETE', `listeners/${site.listener.listener.id}`);
    expect([inUse.status, inUse.json.error_code]).toEqual([409, 'ELB.8907']);
  });
});

describe('basic mode', () => {
  it('goes by host, then by kind and length of the path, and keeps that order when it is left', async () => {
    const basic = await routed(elbow, ['g2', 'g3', 'g4'], { enhance_l7policy_enable: false });
    const listener_id = basic.listener.listener.id;
    const to = (name: string, rules: readonly object[]) =>
      aPolicy(elbow, { listener_id, action: 'REDIRECT_TO_POOL', redirect_pool_id: basic.pools[name], rules });
    const made = [
      await to('g3', [rule('PATH', 'REGEX', '/elb[^\\s]*')]),
      await to('g2', [rule('PATH', 'STARTS_WITH', '/elb')]),
      await to('g4', [rule('HOST_NAME', 'EQUAL_TO', 'only.test')]),
    ];
    const expectOrder = async () => {
      expect(await memberFor('/elb_gls/glossary.html', { at: basic })).toBe('g2');
      expect(await memberFor('/elb_gls', { at: basic, host: 'only.test' })).toBe('g4');
      expect(await memberFor('/other', { at: basic })).toBe('default');
    };
    await expectOrder();
    await elbow.api.update('listener', listener_id, { enhance_l7policy_enable: true });
    await expectOrder();
    const priorities = await Promise.all(
      made.map(async ({ id }) => (await elbow.api.call('GET', `l7policies/${id}`)).json.l7policy.priority),
    );
    expect(priorities).toEqual([3, 2, 1]);
    const back = await elbow.api.call('PUT', `listeners/${listener_id}`, {
      listener: { enhance_l7policy_enable: false },
    });
    expect(back.status).toBe(400);
    await basic.stop();
  });
});

describe('a policy', () => {
  it('without rules waits for them', async () => {
    await withPolicies([toPool('g1', [])], async ([id]) => {
      expect(await memberFor('/')).toBe('default');
      const created = await elbow.api.call('POST', `l7policies/${id}/rules`, {
        rule: rule('PATH', 'EQUAL_TO', '/now'),
      });
      expect(created.status, created.text).toBe(201);
      expect(await memberFor('/now')).toBe('g1');
      await changePolicy(elbow, id!, { rules: [rule('PATH', 'EQUAL_TO', '/then')] });
      expect(await memberFor('/now')).toBe('default');
      expect(await memberFor('/then')).toBe('g1');
    });
  });
});
