import { type ApiAnswer, expectStatus, startElbow } from '@elbow/testkit';
import type { Elbow } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The session of the console over real HTTP: its cookie, its end, and pages of other origins.

let elbow: Elbow;
beforeAll(async () => {
  elbow = await startElbow({ workers: 1 });
});
afterAll(() => elbow?.stop());

type Headers = Readonly<Record<string, string>>;
const own = { 'x-elbow-console': 'active' };

function call(method: string, path: string, headers: Headers = {}, body?: unknown): Promise<ApiAnswer> {
  return elbow.api.call(method, path, body, { isUnsigned: true, headers });
}

function logIn(headers: Headers = own): Promise<ApiAnswer> {
  const { username, password } = elbow.credentials;
  return call('POST', '/elbow/v1/session', headers, { session: { user_name: username, password } });
}

async function cookie(): Promise<string> {
  const [set] = expectStatus(await logIn(), 201).headers['set-cookie'] as string[];
  return set?.split(';')[0] ?? '';
}

describe('the cookie', () => {
  it('is for this server alone, hidden from scripts, and holds nothing that the body says too', async () => {
    const { headers, text } = expectStatus(await logIn(), 201);
    const [set] = headers['set-cookie'] as string[];
    const [pair = '', ...attributes] = (set ?? '').split('; ');
    expect(attributes.toSorted()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict']);
    expect(pair).toMatch(/^elbow_session=[\w-]{43}$/);
    expect(text).not.toContain(pair.split('=')[1]);
  });

  it('opens the API until the session ends', async () => {
    const mine = { cookie: await cookie() };
    expect((await call('GET', 'loadbalancers', mine)).status).toBe(200);
    expectStatus(await call('DELETE', '/elbow/v1/session', { ...mine, ...own }), 204);
    expect((await call('GET', 'loadbalancers', mine)).status).toBe(401);
    expect((await call('GET', '/elbow/v1/session', mine)).json.session).toBeNull();
  });

  it('says who is there and until when', async () => {
    const answer = expectStatus(await call('GET', '/elbow/v1/session', { cookie: await cookie() }), 200);
    expect(answer.json.session).toMatchObject({ user: { name: elbow.credentials.username }, role: 'admin' });
    expect(answer.json.session.idle_expires_in).toBeGreaterThan(1_790);
    expect(answer.json.session.expires_in).toBeGreaterThan(43_190);
  });
});

describe('a page of another origin', () => {
  const self = (): string => `http://${elbow.admin}`;
  const tried: readonly (readonly [string, () => Headers])[] = [
    ['sends no header of its own', () => ({})],
    ['is of another site', () => ({ ...own, 'sec-fetch-site': 'cross-site', origin: 'http://evil.test' })],
    ['is on another port', () => ({ ...own, 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' })],
    ['hides its origin', () => ({ ...own, origin: 'null' })],
  ];

  it.each(tried)('that %s changes nothing and logs nobody in', async (_name, headers) => {
    const mine = { cookie: await cookie(), ...headers() };
    const loadbalancer = { name: 'foreign', availability_zone_list: ['az1'] };
    const answer = await call('POST', 'loadbalancers', mine, { loadbalancer });
    expect([answer.status, answer.json.error_msg]).toEqual([
      403,
      expect.stringMatching(/origin|X-Elbow-Console/),
    ]);
    expect(await elbow.api.list('loadbalancer', '?name=foreign')).toEqual([]);
    expect((await logIn(headers())).status).toBe(403);
    expect((await call('DELETE', '/elbow/v1/session', mine)).status).toBe(403);
  });

  it('is not the console itself', async () => {
    const here = { 'sec-fetch-site': 'same-origin', origin: self() };
    const mine = { cookie: await cookie(), ...own, ...here };
    const loadbalancer = { name: 'own', availability_zone_list: ['az1'] };
    const made = expectStatus(await call('POST', 'loadbalancers', mine, { loadbalancer }), 201);
    expectStatus(await call('DELETE', `loadbalancers/${made.json.loadbalancer.id}`, mine), 204);
  });
});
