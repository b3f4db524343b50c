import { signRequest } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFixture, apiFixture } from '../testing/api-fixture.ts';

let api: ApiFixture;
beforeAll(async () => {
  api = await apiFixture();
});
afterAll(() => api.close());

interface Signing {
  readonly secretKey?: string;
  readonly accessKey?: string;
  readonly shiftMs?: number;
  readonly sentBody?: string;
  readonly headers?: Record<string, string>;
}

async function signed(method: string, path: string, body: string, wish: Signing = {}): Promise<Response> {
  const url = new URL(path, 'http://elb.example.test');
  const key = {
    accessKey: wish.accessKey ?? api.account.accessKey,
    secretKey: wish.secretKey ?? api.account.secretKey.reveal(),
  };
  const now = new Date(api.clock.now() + (wish.shiftMs ?? 0));
  const headers = signRequest({ method, url, headers: { host: url.host }, body }, key, now);
  const sent = wish.sentBody ?? body;
  return api.app.request(url.href, {
    method,
    headers: { ...headers, ...wish.headers },
    ...(sent === '' ? {} : { body: sent }),
  });
}

const list = (wish?: Signing): Promise<Response> => signed('GET', `${api.project}/loadbalancers`, '', wish);

describe('a signature', () => {
  it('opens the API within 15 minutes, both ways', async () => {
    for (const minutes of [-15, 0, 15]) expect((await list({ shiftMs: minutes * 60_000 })).status).toBe(200);
    for (const ms of [-901_000, 901_000]) expect((await list({ shiftMs: ms })).status).toBe(401);
  });

  it('covers method, path, query and every byte of the body', async () => {
    const body = '{"loadbalancer":{"availability_zone_list":["az1"]}}\n';
    const path = `${api.project}/loadbalancers`;
    expect((await signed('POST', path, body)).status).toBe(201);
    expect((await signed('POST', path, body, { sentBody: body.trim() })).status).toBe(401);
    expect((await signed('POST', path, body, { sentBody: body.replace('az1', 'az2') })).status).toBe(401);
  });

  it('over a stated hash counts only when the body has it', async () => {
    const headers = { 'x-sdk-content-sha256': 'a'.repeat(64) };
    expect((await list({ headers })).status).toBe(401);
  });

  it('with a wrong secret and of an unknown key get one answer', async () => {
    const answers = await Promise.all([list({ secretKey: 'wrong' }), list({ accessKey: 'UNKNOWN' })]);
    const [first, second] = await Promise.all(
      answers.map((answer) => answer.json() as Promise<Record<string, string>>),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect([first?.['error_code'], first?.['error_msg']]).toEqual([
      second?.['error_code'],
      second?.['error_msg'],
    ]);
    expect(first?.['error_msg']).toMatch(/^Incorrect IAM authentication information/);
  });

  it('does not open the project that a header names', async () => {
    expect((await list({ headers: { 'x-project-id': 'f'.repeat(32) } })).status).toBe(403);
  });

  it.each([
    [
      'no date among the signed headers',
      'SDK-HMAC-SHA256 Access=AK, SignedHeaders=host, Signature=' + 'a'.repeat(64),
    ],
    ['another algorithm', 'SDK-HMAC-SM3 Access=AK, SignedHeaders=x-sdk-date, Signature=' + 'a'.repeat(64)],
    ['nonsense', 'Basic abc'],
  ])('with %s is 401', async (_what, authorization) => {
    const response = await api.app.request(`${api.project}/pools`, { headers: { authorization } });
    expect(response.status).toBe(401);
  });
});

describe('without credentials', () => {
  it.each(['/v3/x', '/v3', '/v2.0/x/loadbalancers/y/tags', '/elbow/v1/nodes', '/elbow/nothing'])(
    '%s is 401',
    async (path) => {
      const response = await api.app.request(path);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error_code: 'SYS.0401', request_id: expect.any(String) });
    },
  );
});

interface Login {
  readonly name?: string;
  readonly password?: string;
  readonly project?: string;
}

function logIn(target: ApiFixture, wish: Login = {}): Promise<Response> {
  const user = {
    name: wish.name ?? 'admin',
    password: wish.password ?? target.password,
    domain: { name: 'admin' },
  };
  const scope = wish.project === undefined ? {} : { scope: { project: { id: wish.project } } };
  const auth = { identity: { methods: ['password'], password: { user } }, ...scope };
  return Promise.resolve(
    target.app.request('/v3/auth/tokens', { method: 'POST', body: JSON.stringify({ auth }) }),
  );
}

describe('a token', () => {
  it('comes for the password, opens the API for a day, and is kept as a hash', async () => {
    const own = await apiFixture();
    const response = await logIn(own, { project: own.account.projectId });
    const token = response.headers.get('X-Subject-Token') ?? '';
    expect(response.status).toBe(201);
    const body = (await response.json()) as { token: { expires_at: string; project: { id: string } } };
    expect(body.token).toMatchObject({
      expires_at: '2024-01-03T03:04:05.000000Z',
      project: { id: own.account.projectId },
    });
    const list = (): Promise<Response> =>
      Promise.resolve(own.app.request(`${own.project}/pools`, { headers: { 'X-Auth-Token': token } }));
    expect((await list()).status).toBe(200);
    expect(JSON.stringify(await own.store.read((reader) => reader.document('tokens')))).not.toContain(token);
    own.clock.advance(24 * 3_600_000);
    expect((await list()).status).toBe(401);
    await own.close();
  });

  it('does not come for another project, a wrong name or a wrong password', async () => {
    const own = await apiFixture();
    for (const wish of [{ project: 'f'.repeat(32) }, { name: 'root' }, { password: 'wrong' }]) {
      const response = await logIn(own, wish);
      expect([response.status, response.headers.get('X-Subject-Token')]).toEqual([401, null]);
    }
    await own.close();
  });

  it.each([{}, { auth: {} }, { auth: { identity: { methods: ['token'] } } }, null])(
    'is not made from %j',
    async (body) => {
      const response = await api.app.request('/v3/auth/tokens', {
        method: 'POST',
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(400);
    },
  );

  it('is not to be guessed: after five failures the right password waits too', async () => {
    const own = await apiFixture();
    for (let count = 0; count < 5; count++)
      expect((await logIn(own, { password: 'wrong' })).status).toBe(401);
    expect((await logIn(own)).status).toBe(429);
    own.clock.advance(5 * 60_000);
    expect((await logIn(own)).status).toBe(201);
    await own.close();
  }, 30_000);
});
