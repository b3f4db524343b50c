import { ApiClient, type ApiAnswer, type Elbow, expectStatus, startElbow } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Who may call: users with a role, their keys and their sessions, each of which ends when it is said to end.

let elbow: Elbow;
const password = 'correct horse battery';

beforeAll(async () => {
  elbow = await startElbow({ workers: 1 });
});
afterAll(() => elbow?.stop());

let count = 0;
async function aUser(role: string, fields: object = {}) {
  const user = { name: `user-${++count}`, role, password, ...fields };
  const answer = await elbow.api.call('POST', '/elbow/v1/users', { user });
  return expectStatus(answer, 201).json.user;
}

async function aKey(userId: string): Promise<{ access_key: string; secret_key: string }> {
  const answer = await elbow.api.call('POST', `/elbow/v1/users/${userId}/keys`, {
    key: { description: 'ci' },
  });
  return expectStatus(answer, 201).json.key;
}

/** Signs as the holder of a key. */
function clientOf(key: { access_key: string; secret_key: string }): ApiClient {
  const { access_key, secret_key } = key;
  return new ApiClient({ ...elbow.credentials, access_key, secret_key });
}

function login(name: string, secret = password): Promise<ApiAnswer> {
  const user = { name, password: secret, domain: { name } };
  const auth = { identity: { methods: ['password'], password: { user } } };
  return elbow.api.call('POST', '/v3/auth/tokens', { auth }, { isUnsigned: true });
}

async function tokenOf(name: string): Promise<string> {
  return String(expectStatus(await login(name), 201).headers['x-subject-token']);
}

function withToken(token: string, method: string, path: string, body?: unknown): Promise<ApiAnswer> {
  return elbow.api.call(method, path, body, { isUnsigned: true, headers: { 'x-auth-token': token } });
}

const aLoadBalancerBody = { loadbalancer: { availability_zone_list: ['az1'] } };

describe('the user of the credentials file', () => {
  it('is an admin, and the only one', async () => {
    const { me } = expectStatus(await elbow.api.call('GET', '/elbow/v1/me'), 200).json;
    const { username, access_key, project_id } = elbow.credentials;
    expect(me).toMatchObject({ name: username, role: 'admin', enabled: true, access_key, project_id });
    expect(me.roles).toEqual(['reader', 'editor', 'admin']);
    expect(me.address).toBe('127.0.0.1');
  });

  it('cannot be removed, disabled or demoted while nobody else is an admin', async () => {
    const { me } = (await elbow.api.call('GET', '/elbow/v1/me')).json;
    const path = `/elbow/v1/users/${me.id}`;
    const tries = [
      await elbow.api.call('DELETE', path),
      await elbow.api.call('PUT', path, { user: { role: 'editor' } }),
      await elbow.api.call('PUT', path, { user: { enabled: false } }),
    ];
    expect(tries.map(({ status }) => status)).toEqual([409, 409, 409]);
    expect(tries[0]!.json.error_msg).toContain('last enabled user with the role admin');
    expect((await elbow.api.call('GET', '/elbow/v1/me')).json.me.role).toBe('admin');
  });
});

describe('a role', () => {
  it.each([
    ['reader', 200, 403, 403],
    ['editor', 200, 201, 403],
    ['admin', 200, 201, 200],
  ])('%s: sees %i, changes %i, manages users %i', async (role, sees, changes, manages) => {
    const client = clientOf(await aKey((await aUser(role)).id));
    expect((await client.call('GET', 'loadbalancers')).status).toBe(sees);
    expect((await client.call('POST', 'loadbalancers', aLoadBalancerBody)).status).toBe(changes);
    expect((await client.call('GET', '/elbow/v1/users')).status).toBe(manages);
  });

  it('that changes counts for the next request, by key and by token', async () => {
    const user = await aUser('editor');
    const client = clientOf(await aKey(user.id));
    const token = await tokenOf(user.name);
    const demote = await elbow.api.call('PUT', `/elbow/v1/users/${user.id}`, { user: { role: 'reader' } });
    expectStatus(demote, 200);
    expect((await client.call('POST', 'loadbalancers', aLoadBalancerBody)).status).toBe(403);
    expect((await withToken(token, 'POST', 'loadbalancers', aLoadBalancerBody)).status).toBe(403);
    expect((await withToken(token, 'GET', 'loadbalancers')).status).toBe(200);
  });
});

describe('keys', () => {
  it('are several, shown with their secret once, and each ends by itself', async () => {
    const user = await aUser('reader');
    const [first, second] = [await aKey(user.id), await aKey(user.id)];
    const path = `/elbow/v1/users/${user.id}/keys`;
    const listed = expectStatus(await elbow.api.call('GET', path), 200);
    expect(listed.json.keys.map((key: { access_key: string }) => key.access_key)).toEqual([
      first.access_key,
      second.access_key,
    ]);
    expect(listed.text).not.toContain('secret');
    for (const key of [first, second]) expect((await clientOf(key).call('GET', 'pools')).status).toBe(200);
    const disabled = await elbow.api.call('PUT', `${path}/${first.access_key}`, { key: { enabled: false } });
    expect(expectStatus(disabled, 200).json.key.enabled).toBe(false);
    expect((await clientOf(first).call('GET', 'pools')).status).toBe(401);
    expect((await clientOf(second).call('GET', 'pools')).status).toBe(200);
    expectStatus(await elbow.api.call('PUT', `${path}/${first.access_key}`, { key: { enabled: true } }), 200);
    expect((await clientOf(first).call('GET', 'pools')).status).toBe(200);
    expectStatus(await elbow.api.call('DELETE', `${path}/${second.access_key}`), 204);
    expect((await clientOf(second).call('GET', 'pools')).status).toBe(401);
    expect((await elbow.api.call('DELETE', `${path}/${second.access_key}`)).status).toBe(404);
  });

  it('may be one’s own, with no more rights than one has', async () => {
    const token = await tokenOf((await aUser('reader')).name);
    const { key } = expectStatus(await withToken(token, 'POST', '/elbow/v1/me/keys', { key: {} }), 201).json;
    expect((await clientOf(key).call('GET', 'pools')).status).toBe(200);
    expect((await clientOf(key).call('POST', 'loadbalancers', aLoadBalancerBody)).status).toBe(403);
    expectStatus(await withToken(token, 'DELETE', `/elbow/v1/me/keys/${key.access_key}`), 204);
    expect((await clientOf(key).call('GET', 'pools')).status).toBe(401);
  });

  it('stop at ten', async () => {
    const user = await aUser('reader');
    for (let made = 0; made < 10; made++) await aKey(user.id);
    const refused = await elbow.api.call('POST', `/elbow/v1/users/${user.id}/keys`, { key: {} });
    expect([refused.status, refused.json.error_code]).toEqual([409, 'ELB.8905']);
  });
});

describe('a session ends', () => {
  it('when its user is disabled, for good', async () => {
    const user = await aUser('editor');
    const key = await aKey(user.id);
    const token = await tokenOf(user.name);
    const path = `/elbow/v1/users/${user.id}`;
    expectStatus(await elbow.api.call('PUT', path, { user: { enabled: false } }), 200);
    expect((await withToken(token, 'GET', 'pools')).status).toBe(401);
    expect((await clientOf(key).call('GET', 'pools')).status).toBe(401);
    expect((await login(user.name)).status).toBe(401);
    expectStatus(await elbow.api.call('PUT', path, { user: { enabled: true } }), 200);
    expect((await withToken(token, 'GET', 'pools')).status).toBe(401);
    expect((await clientOf(key).call('GET', 'pools')).status).toBe(200);
    expect((await login(user.name)).status).toBe(201);
  });

  it('when the password changes; the old one opens nothing any more', async () => {
    const user = await aUser('editor');
    const token = await tokenOf(user.name);
    const path = `/elbow/v1/users/${user.id}`;
    expectStatus(await elbow.api.call('PUT', path, { user: { password: 'another password' } }), 200);
    expect((await withToken(token, 'GET', 'pools')).status).toBe(401);
    expect((await login(user.name)).status).toBe(401);
    expect((await login(user.name, 'another password')).status).toBe(201);
  });

  it('when its user is removed', async () => {
    const user = await aUser('editor');
    const token = await tokenOf(user.name);
    expectStatus(await elbow.api.call('DELETE', `/elbow/v1/users/${user.id}`), 204);
    expect((await withToken(token, 'GET', 'pools')).status).toBe(401);
    expect((await elbow.api.call('GET', `/elbow/v1/users/${user.id}`)).status).toBe(404);
  });
});

describe('one’s own password', () => {
  const change = (token: string, current: string, next = 'a new password') =>
    withToken(token, 'PUT', '/elbow/v1/me/password', {
      password: { current_password: current, new_password: next },
    });

  it('changes for whoever knows the one before', async () => {
    const { name } = await aUser('reader');
    const token = await tokenOf(name);
    expect((await change(token, 'a wrong password')).status).toBe(403);
    expect((await change(token, password, 'short')).status).toBe(400);
    expectStatus(await change(token, password), 204);
    expect((await withToken(token, 'GET', 'pools')).status).toBe(401);
    expect((await login(name, 'a new password')).status).toBe(201);
  });

  it('is asked for from an admin too', async () => {
    const admin = await aUser('admin');
    const token = await tokenOf(admin.name);
    const path = `/elbow/v1/users/${admin.id}`;
    const without = await withToken(token, 'PUT', path, { user: { password: 'taken over now' } });
    expect([without.status, without.json.error_msg]).toEqual([
      400,
      expect.stringContaining('user.current_password'),
    ]);
    const fields = { password: 'changed by its owner', current_password: password };
    expectStatus(await withToken(token, 'PUT', path, { user: fields }), 200);
    expectStatus(await elbow.api.call('DELETE', path), 204);
  });
});

describe('users', () => {
  it('are refused with a name that is taken, in any case of letters', async () => {
    const { name } = await aUser('reader');
    const user = { name: name.toUpperCase(), role: 'reader', password };
    expect((await elbow.api.call('POST', '/elbow/v1/users', { user })).status).toBe(409);
  });

  it.each([
    [{ name: 'a b' }, 'user.name'],
    [{ name: '' }, 'user.name'],
    [{ role: 'owner' }, 'user.role'],
    [{ password: 'too short' }, 'user.password'],
    [{ password: 1234567890 }, 'user.password'],
    [{ id: '1' }, 'user.id'],
    [{ secret: '1' }, 'user.secret'],
  ])('are refused with %j', async (fields, field) => {
    const user = { name: 'fine', role: 'reader', password, ...fields };
    const answer = await elbow.api.call('POST', '/elbow/v1/users', { user });
    expect([answer.status, answer.json.error_msg]).toEqual([400, expect.stringContaining(field)]);
  });

  it('and their keys and sessions outlive kill -9', async () => {
    const user = await aUser('editor');
    const key = await aKey(user.id);
    const token = await tokenOf(user.name);
    const before = await elbow.kill9('control');
    await elbow.untilReplaced('control', before);
    await elbow.untilReady();
    expect((await clientOf(key).call('GET', 'pools')).status).toBe(200);
    expect((await withToken(token, 'GET', 'pools')).status).toBe(200);
  });
});
