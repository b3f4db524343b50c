import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../testing/api-fixture.ts';

const minuteMs = 60_000;
const path = '/elbow/v1/session';
const own = { host: 'elbow.example.test', 'x-elbow-console': 'active' };

interface Wish {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly scheme?: string;
}

async function call(api: ApiFixture, wish: Wish): Promise<Response> {
  const { method = 'GET', headers = {}, body, scheme = 'http' } = wish;
  return api.app.request(`${scheme}://elbow.example.test${wish.path ?? path}`, {
    method,
    headers: { host: 'elbow.example.test', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function logIn(api: ApiFixture, more: Wish = {}): Promise<Response> {
  const session = { user_name: 'admin', password: api.password };
  return call(api, { method: 'POST', headers: own, body: { session }, ...more });
}

/** What a browser would send back. */
function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

let api: ApiFixture;
let cookie: string;
beforeAll(async () => {
  api = await apiFixture();
  cookie = cookieOf(await logIn(api));
});
afterAll(() => api.close());

describe('a session', () => {
  it('is in a cookie that no script reads and no other site sends; over TLS it is tied to the host', async () => {
    const plain = await logIn(api);
    expect([plain.status, plain.headers.get('set-cookie')]).toEqual([
      201,
      expect.stringMatching(/^elbow_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    const tls = await logIn(api, { scheme: 'https' });
    expect(tls.headers.get('set-cookie')).toMatch(
      /^__Host-elbow_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    );
    expect(await plain.text()).not.toContain(cookieOf(plain).split('=')[1]);
  });

  it('says whose it is and when it ends', async () => {
    const answer = (await (await call(api, { headers: { cookie } })).json()) as { session: object };
    expect(answer.session).toMatchObject({
      user: { name: 'admin' },
      role: 'admin',
      roles: expect.arrayContaining(['reader', 'editor', 'admin']),
      project_id: api.account.projectId,
      expires_in: 12 * 3_600,
      idle_expires_in: 30 * 60,
    });
  });

  it('opens the API as the user does, and stands in the history', async () => {
    const target = `${api.project}/loadbalancers`;
    expect((await call(api, { path: target, headers: { cookie } })).status).toBe(200);
    const body = { loadbalancer: { name: 'by-cookie', availability_zone_list: ['az1'] } };
    const made = await call(api, { path: target, method: 'POST', headers: { ...own, cookie }, body });
    expect(made.status).toBe(201);
    const { json } = await api.call('GET', '/elbow/v1/history?limit=1');
    expect(json.history[0].credential).toMatchObject({ kind: 'session' });
  });

  it('is kept as a hash', async () => {
    const stored = JSON.stringify(await api.store.read((reader) => reader.document('sessions')));
    expect(stored).not.toContain(cookie.split('=')[1]);
  });

  it.each([{}, { session: {} }, { session: { user_name: 'admin' } }, null])(
    'is not made from %j',
    async (body) => {
      expect((await logIn(api, { body })).status).toBe(400);
    },
  );

  it('is none without a cookie, and with one that was made up', async () => {
    expect(await (await call(api, {})).json()).toMatchObject({ session: null });
    const made = { cookie: `elbow_session=${'a'.repeat(43)}` };
    expect((await call(api, { path: `${api.project}/pools`, headers: made })).status).toBe(401);
  });

  it('counts for nothing beside a token: the token decides', async () => {
    const headers = { cookie, 'x-auth-token': 'wrong' };
    expect((await call(api, { path: `${api.project}/pools`, headers })).status).toBe(401);
  });

  it('ends on the server', async () => {
    const mine = cookieOf(await logIn(api));
    const out = await call(api, { method: 'DELETE', headers: { ...own, cookie: mine } });
    expect([out.status, out.headers.get('set-cookie')]).toEqual([
      204,
      'elbow_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict',
    ]);
    expect((await call(api, { path: `${api.project}/pools`, headers: { cookie: mine } })).status).toBe(401);
    expect((await call(api, { method: 'DELETE', headers: { ...own, cookie: mine } })).status).toBe(204);
  });
});

describe('a page of another origin', () => {
  const foreign: readonly (readonly [string, Record<string, string>])[] = [
    ['without the header of the console', {}],
    ['another site', { ...own, 'sec-fetch-site': 'cross-site' }],
    ['another port of this host', { ...own, 'sec-fetch-site': 'same-site' }],
    ['another origin', { ...own, origin: 'http://evil.example.test' }],
    ['another port as origin', { ...own, origin: 'http://elbow.example.test:8080' }],
    ['an origin that is hidden', { ...own, origin: 'null' }],
  ];

  it.each(foreign)('changes nothing: %s', async (_name, headers) => {
    const target = `${api.project}/loadbalancers`;
    const body = { loadbalancer: { name: 'foreign', availability_zone_list: ['az1'] } };
    const tried = await call(api, { path: target, method: 'POST', headers: { cookie, ...headers }, body });
    expect(tried.status).toBe(403);
    expect((await api.call('GET', 'loadbalancers?name=foreign')).json.loadbalancers).toEqual([]);
  });

  it.each(foreign)('logs nobody in or out: %s', async (_name, headers) => {
    expect((await logIn(api, { headers })).status).toBe(403);
    const out = await call(api, { method: 'DELETE', headers: { cookie, ...headers } });
    expect(out.status).toBe(403);
    expect((await call(api, { headers: { cookie } })).status).toBe(200);
  });

  it('is not the page itself, whatever port the host names', async () => {
    const headers = { ...own, origin: 'http://elbow.example.test', 'sec-fetch-site': 'same-origin' };
    expect((await logIn(api, { headers })).status).toBe(201);
    expect((await logIn(api, { headers: { ...headers, host: 'elbow.example.test:80' } })).status).toBe(201);
  });
});

describe('the time of a session', () => {
  const isOpen = async (fixture: ApiFixture, secret: string, activity?: string): Promise<boolean> => {
    const headers = { cookie: secret, ...(activity === undefined ? {} : { 'x-elbow-console': activity }) };
    const { status } = await call(fixture, { path: `${fixture.project}/pools`, headers });
    return status === 200;
  };

  it('is half an hour without its user, and pages that ask by themselves do not make it longer', async () => {
    const fixture = await apiFixture();
    const secret = cookieOf(await logIn(fixture));
    fixture.clock.advance(29 * minuteMs);
    expect(await isOpen(fixture, secret, 'active')).toBe(true);
    for (let minutes = 0; minutes < 29; minutes++) {
      fixture.clock.advance(minuteMs);
      expect(await isOpen(fixture, secret, 'idle')).toBe(true);
    }
    fixture.clock.advance(minuteMs);
    expect(await isOpen(fixture, secret, 'active')).toBe(false);
    await fixture.close();
  });

  it('is twelve hours at most', async () => {
    const fixture = await apiFixture();
    const secret = cookieOf(await logIn(fixture));
    for (let step = 1; step < 12 * 3; step++) {
      fixture.clock.advance(20 * minuteMs);
      expect(await isOpen(fixture, secret, 'active')).toBe(true);
    }
    fixture.clock.advance(20 * minuteMs);
    expect(await isOpen(fixture, secret, 'active')).toBe(false);
    await fixture.close();
  });

  it('is what the settings say', async () => {
    const fixture = await apiFixture({ settings: { sessionIdleMinutes: 1, sessionHours: 1 } });
    const secret = cookieOf(await logIn(fixture));
    fixture.clock.advance(minuteMs);
    expect(await isOpen(fixture, secret)).toBe(false);
    await fixture.close();
  });

  it('is over when the password changes', async () => {
    const fixture = await apiFixture();
    const secret = cookieOf(await logIn(fixture));
    const password = { current_password: fixture.password, new_password: 'another password' };
    expect((await fixture.call('PUT', '/elbow/v1/me/password', { password })).status).toBe(204);
    expect(await isOpen(fixture, secret)).toBe(false);
    await fixture.close();
  });
});

describe('guessing', () => {
  it('waits after five failures, here and at the tokens together', async () => {
    const fixture = await apiFixture();
    const guess = { session: { user_name: 'admin', password: 'wrong' } };
    for (let count = 0; count < 5; count++) expect((await logIn(fixture, { body: guess })).status).toBe(401);
    expect((await logIn(fixture)).status).toBe(429);
    fixture.clock.advance(5 * minuteMs);
    expect((await logIn(fixture)).status).toBe(201);
    await fixture.close();
  }, 30_000);
});
