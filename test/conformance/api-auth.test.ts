import { ClientBuilder } from '@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js';
import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import type { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js';
import { Logger4jInstance } from '@huaweicloud/huaweicloud-sdk-core/logger/log4jLogger.js';
import { ApiClient, expectStatus, startElbow } from '@elbow/testkit';
import type { ApiAnswer, Elbow } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Who may call the API: the cloud's own SDK, tokens, and nobody else.

Logger4jInstance.level = 'off'; // it prints a page for each error answer

let elbow: Elbow;
beforeAll(async () => {
  elbow = await startElbow({ workers: 1 });
});
afterAll(() => elbow?.stop());

interface SdkCall {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
  readonly secretKey?: string;
}

/** One call by the SDK that ships with the cloud's Node clients: its signer, its HTTP, its error classes. */
function callBySdk({ method, path, query = {}, data, secretKey }: SdkCall): Promise<Record<string, unknown>> {
  const { endpoint, project_id: project, access_key: accessKey, secret_key: ownKey } = elbow.credentials;
  const credential = new BasicCredentials()
    .withAk(accessKey)
    .withSk(secretKey ?? ownKey)
    .withProjectId(project);
  const client = new ClientBuilder((made: HcClient) => made)
    .withEndpoint(endpoint)
    .withCredential(credential)
    .build();
  const options = {
    method,
    url: `/v3/{project_id}/elb/${path}`,
    contentType: 'application/json',
    headers: {},
    pathParams: { project_id: project },
  };
  return client.sendRequest({
    ...options,
    queryParams: { ...query },
    ...(data === undefined ? {} : { data }),
  } as never);
}

describe('the SDK of the cloud', () => {
  it('creates, finds, changes and deletes, with names of every kind', async () => {
    const names = ['plain', '负载-é', 'a b+c', "it's (a) *star*!", 'q?&=#%/', '~_-.'];
    for (const name of names) {
      const data = { loadbalancer: { name, availability_zone_list: ['az1'] } };
      const made = (await callBySdk({ method: 'POST', path: 'loadbalancers', data })) as {
        loadbalancer: { id: string };
      };
      const found = (await callBySdk({
        method: 'GET',
        path: 'loadbalancers',
        query: { name: [name, 'no such name'], limit: 5 },
      })) as { loadbalancers: { id: string }[] };
      expect(found.loadbalancers.map(({ id }) => id)).toEqual([made.loadbalancer.id]);
      const path = `loadbalancers/${made.loadbalancer.id}`;
      const changed = await callBySdk({ method: 'PUT', path, data: { loadbalancer: { description: name } } });
      expect(changed).toMatchObject({ httpStatusCode: 200, loadbalancer: { description: name } });
      expect(await callBySdk({ method: 'DELETE', path })).toMatchObject({ httpStatusCode: 204 });
    }
  });

  it('reads errors: code, message and request id', async () => {
    const call = callBySdk({ method: 'GET', path: 'listeners/7c1d0f3a-52b8-4e61-9a0d-3f8e6b2c4d10' });
    await expect(call).rejects.toMatchObject({
      httpStatusCode: 404,
      errorCode: 'ELB.8904',
      errorMsg: expect.stringContaining('could not be found'),
      requestId: expect.stringMatching(/^[0-9a-f-]{32,36}$/),
    });
  });

  it('is refused with a wrong secret key', async () => {
    const call = callBySdk({ method: 'GET', path: 'loadbalancers', secretKey: 'not the secret' });
    await expect(call).rejects.toMatchObject({ httpStatusCode: 401, errorCode: 'APIGW.0301' });
  });
});

describe('signatures', () => {
  const list = (options: object): Promise<ApiAnswer> =>
    elbow.api.call('GET', 'loadbalancers', undefined, options);

  it('hold for 15 minutes, in both directions', async () => {
    for (const minutes of [-14, 0, 14])
      expect((await list({ date: new Date(Date.now() + minutes * 60_000) })).status).toBe(200);
    for (const minutes of [-16, 16])
      expect((await list({ date: new Date(Date.now() + minutes * 60_000) })).status).toBe(401);
  });

  it('cover the body byte by byte', async () => {
    const body = '{ "loadbalancer" : {"availability_zone_list":["az1"], "name":"spaced" } }\n';
    expectStatus(await elbow.api.call('POST', 'loadbalancers', body), 201);
  });

  it('give one answer to an unknown access key and to a wrong secret', async () => {
    const wrongs = [{ access_key: 'UNKNOWN' }, { secret_key: 'wrong' }];
    const answers = await Promise.all(
      wrongs.map((wrong) => new ApiClient({ ...elbow.credentials, ...wrong }).call('GET', 'loadbalancers')),
    );
    const [first, second] = answers.map(({ status, json }) => ({
      status,
      code: json.error_code,
      message: json.error_msg,
    }));
    expect(first).toEqual(second);
    expect(first?.status).toBe(401);
  });

  it('do not open the project of another', async () => {
    const answer = await elbow.api.call('GET', '/v3/0a1b2c3d4e5f60718293a4b5c6d7e8f9/elb/loadbalancers');
    expect([401, 403, 404]).toContain(answer.status);
    expect(answer.json.loadbalancers).toBeUndefined();
  });
});

describe('tokens', () => {
  const login = (password: string): Promise<ApiAnswer> => {
    const { username, project_id: project } = elbow.credentials;
    const user = { name: username, password, domain: { name: username } };
    const auth = {
      identity: { methods: ['password'], password: { user } },
      scope: { project: { id: project } },
    };
    return elbow.api.call('POST', '/v3/auth/tokens', { auth }, { isUnsigned: true });
  };

  it('come for the password, and open the API', async () => {
    const answer = expectStatus(await login(elbow.credentials.password), 201);
    const token = String(answer.headers['x-subject-token']);
    const listed = await elbow.api.call('GET', 'loadbalancers', undefined, {
      isUnsigned: true,
      headers: { 'x-auth-token': token },
    });
    expect(listed.status).toBe(200);
    const cut = await elbow.api.call('GET', 'loadbalancers', undefined, {
      isUnsigned: true,
      headers: { 'x-auth-token': token.slice(1) },
    });
    expect(cut.status).toBe(401);
  });

  it('do not come for a wrong one', async () => {
    const answer = await login('wrong');
    expect(answer.status).toBe(401);
    expect(answer.headers['x-subject-token']).toBeUndefined();
  });
});

describe('without any of them', () => {
  it.each([
    'loadbalancers',
    'listeners',
    'pools',
    'certificates',
    'members',
    'quotas',
    'flavors',
    '/elbow/v1/nodes',
    'no/such/path',
  ])('GET %s is 401', async (path) => {
    const answer = await elbow.api.call('GET', path, undefined, { isUnsigned: true });
    expect(answer.status).toBe(401);
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]+$/);
  });

  it('health and versions are open', async () => {
    for (const path of ['/healthz', '/readyz', '/versions']) expect(await elbow.statusOf(path)).toBe(200);
  });
});
