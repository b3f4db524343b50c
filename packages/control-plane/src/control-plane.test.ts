import { ClientBuilder } from '@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js';
import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import type { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js';
import { mkdtemp, readFile, rm, stat, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient, type Credentials, freeAddress } from '@elbow/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { settings } from './testing/api-fixture.ts';

let dataDir: string;
let host: string;
let running: ControlPlane[];
let events: string[];

beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'elbow-control-')), 'data');
  host = freeAddress();
  running = [];
  events = [];
});
afterEach(async () => {
  for (const plane of running) await plane.close();
  await rm(join(dataDir, '..'), { recursive: true, force: true });
});

async function start(port = 8700): Promise<ControlPlane> {
  const log = (level: string, message: string, facts?: object): void => {
    events.push(`${level} ${message} ${JSON.stringify(facts)}`);
  };
  const plane = await startControlPlane({
    settings: { ...settings, dataDir, admin: { host, port } },
    consoleFolder: '/nowhere',
    version: '0.0.0-test',
    log,
  });
  running.push(plane);
  return plane;
}

async function credentials(): Promise<Credentials> {
  return JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8')) as Credentials;
}

describe('the first start', () => {
  it('writes credentials for the owner only, and nothing of them to the log', async () => {
    await start();
    expect((await stat(join(dataDir, 'credentials.json'))).mode & 0o777).toBe(0o600);
    const made = await credentials();
    expect(made).toMatchObject({
      endpoint: `http://${host}:8700`,
      username: 'admin',
      project_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect((await new ApiClient(made).call('GET', 'loadbalancers')).status).toBe(200);
    for (const secret of [made.secret_key, made.password]) expect(events.join()).not.toContain(secret);
  });
});

describe('a later start', () => {
  it('keeps credentials and resources, and follows the admin address', async () => {
    const first = await start();
    const before = await credentials();
    const fields = { name: 'kept', availability_zone_list: ['az1'] };
    const made = await new ApiClient(before).create('loadbalancer', fields);
    await first.close();
    await start(8701);
    const after = await credentials();
    expect(after).toEqual({ ...before, endpoint: `http://${host}:8701` });
    expect(await new ApiClient(after).show('loadbalancer', made.id)).toEqual(made);
  });

  it('makes a new password when the file is gone; the access key stays', async () => {
    const first = await start();
    const before = await credentials();
    await first.close();
    await unlink(join(dataDir, 'credentials.json'));
    await start();
    const after = await credentials();
    expect([after.access_key, after.secret_key]).toEqual([before.access_key, before.secret_key]);
    expect(after.password).not.toBe(before.password);
  });

  it('that cannot have its address says so and holds nothing', async () => {
    const first = await start();
    const taken = { ...settings, dataDir: join(dataDir, '..', 'other'), admin: { host, port: 8700 } };
    await expect(
      startControlPlane({ settings: taken, consoleFolder: '/nowhere', version: 'x', log: () => {} }),
    ).rejects.toThrow(/EADDRINUSE/);
    await first.close();
    await start();
  });
});

/** One call by the SDK that the cloud's clients are made of: its signer and its HTTP. */
function callBySdk(
  own: Credentials,
  method: string,
  path: string,
  more: object = {},
): Promise<Record<string, unknown>> {
  const credential = new BasicCredentials()
    .withAk(own.access_key)
    .withSk(own.secret_key)
    .withProjectId(own.project_id);
  const client = new ClientBuilder((made: HcClient) => made)
    .withEndpoint(own.endpoint)
    .withCredential(credential)
    .build();
  return client.sendRequest({
    method,
    url: `/v3/{project_id}/elb/${path}`,
    contentType: 'application/json',
    headers: {},
    pathParams: { project_id: own.project_id },
    queryParams: {},
    ...more,
  } as never);
}

describe('the socket edge', () => {
  it('is called by the genuine SDK, names of every kind included', async () => {
    await start();
    const own = await credentials();
    const pool = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', type: 'ip' };
    for (const name of ['plain', '负载-é', 'a b+c', "it's (a) *star*!", 'q?&=#%/', '~_-.']) {
      const made = (await callBySdk(own, 'POST', 'pools', { data: { pool: { ...pool, name } } })) as {
        pool: { id: string };
      };
      const found = await callBySdk(own, 'GET', 'pools', { queryParams: { name: [name, 'none'], limit: 5 } });
      expect(found).toMatchObject({ pools: [{ id: made.pool.id, name }] });
      const path = `pools/${made.pool.id}`;
      const changed = { data: { pool: { description: name } } };
      expect(await callBySdk(own, 'PUT', path, changed)).toMatchObject({
        httpStatusCode: 200,
        pool: { description: name },
      });
      expect(await callBySdk(own, 'DELETE', path)).toMatchObject({ httpStatusCode: 204 });
    }
    await expect(callBySdk(own, 'GET', 'pools/x')).rejects.toMatchObject({
      httpStatusCode: 404,
      errorCode: 'ELB.8904',
      requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    await expect(callBySdk({ ...own, secret_key: 'wrong' }, 'GET', 'pools')).rejects.toMatchObject({
      httpStatusCode: 401,
    });
  });

  it.each([
    ['no HTTP', 'garbage\r\n\r\n', '400 Bad Request', 'ELB.8902'],
    [
      'a head that is too large',
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      '431 Request Header Fields Too Large',
      'ELB.8902',
    ],
    ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b/c\r\n\r\n', '400 Bad Request', 'ELB.8902'],
    [
      'a proxy request',
      'GET http://other.test/v3/x HTTP/1.1\r\nHost: other.test\r\n\r\n',
      '401 Unauthorized',
      'SYS.0401',
    ],
  ])('answers %s in the envelope and lives on', async (_what, bytes, status, code) => {
    await start();
    const answer = await exchange(bytes);
    expect(answer.split('\r\n')[0]).toBe(`HTTP/1.1 ${status}`);
    expect(answer).toMatch(/x-request-id: [0-9a-f]{32}/i);
    expect(answer).toContain(`"error_code":"${code}"`);
    expect(answer).not.toMatch(/\.ts|at .*\(/);
    expect((await fetch(`http://${host}:8700/healthz`)).status).toBe(200);
  });
});

function exchange(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: 8700 }, () => socket.end(bytes));
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}
