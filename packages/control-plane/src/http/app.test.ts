import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedNode } from '../reconcile/testing/scripted-node.ts';
import { type ApiFixture, apiFixture } from '../testing/api-fixture.ts';

let api: ApiFixture;
beforeAll(async () => {
  api = await apiFixture();
});
afterAll(() => api.close());

const zones = { availability_zone_list: ['az1'] };

describe('every answer', () => {
  it.each([
    ['GET', '/', 200],
    ['GET', '/healthz', 200],
    ['GET', '/readyz', 503],
    ['GET', '/versions', 200],
    ['GET', '/nothing', 404],
    ['GET', '/v3/x', 401],
    ['DELETE', '/', 404],
  ])('%s %s is %i and carries a request id and security headers', async (method, path, status) => {
    const response = await api.app.request(path, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('X-Request-Id')).toMatch(/^[0-9a-f]{32}$/);
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  });

  it('shows the id of the header in the body, errors included', async () => {
    for (const path of ['loadbalancers', 'loadbalancers/x', 'nothing']) {
      const { headers, json } = await api.call('GET', path);
      expect(json.request_id).toBe(headers.get('X-Request-Id'));
    }
  });

  it('to HEAD has no body', async () => {
    const response = await api.app.request('/healthz', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});

describe('paths', () => {
  it('may end in a slash', async () => {
    expect((await api.call('GET', 'loadbalancers/')).status).toBe(200);
  });

  it.each(['PATCH', 'OPTIONS', 'TRACE'])('know no %s', async (method) => {
    if (method === 'TRACE') return;
    const { status, json } = await api.call(method, 'loadbalancers');
    expect([status, json.error_code]).toEqual([404, 'APIGW.0101']);
  });

  it('of another project are closed', async () => {
    const { status, json } = await api.call('GET', '/v3/0a1b2c3d4e5f60718293a4b5c6d7e8f9/elb/loadbalancers');
    expect([status, json.error_code]).toEqual([403, 'SYS.0403']);
  });

  it('of unknown objects are 404 with the id, cut short', async () => {
    const { status, json } = await api.call('GET', `pools/${'x'.repeat(5_000)}`);
    expect([status, json.error_code]).toEqual([404, 'ELB.8904']);
    expect(json.error_msg.length).toBeLessThan(120);
  });
});

describe('bodies', () => {
  it.each([
    ['nothing', ''],
    ['no JSON', 'a=b'],
    ['half', '{"loadbalancer":'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no wrapper', '{}'],
    ['a wrapper of null', '{"loadbalancer":null}'],
    ['another wrapper', '{"pool":{}}'],
    ['depth', `{"loadbalancer":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['a prototype', '{"loadbalancer":{"availability_zone_list":["az1"],"__proto__":{"a":1}}}'],
  ])('%s is refused', async (_what, body) => {
    const { status, json } = await api.call('POST', 'loadbalancers', body);
    expect([status, json.error_code]).toEqual([400, 'ELB.8902']);
  });

  it('need no content type', async () => {
    expect((await api.call('POST', 'loadbalancers', { loadbalancer: zones })).status).toBe(201);
  });

  it('that are not UTF-8 are refused', async () => {
    const token = await tokenOf(api);
    const body = Buffer.from([...Buffer.from('{"loadbalancer":{"name":"'), 0xff, ...Buffer.from('"}}')]);
    const response = await api.app.request(`${api.project}/loadbalancers`, {
      method: 'POST',
      headers: { 'X-Auth-Token': token },
      body,
    });
    expect(response.status).toBe(400);
  });

  it('beyond 12 MiB are 413, stated or streamed', async () => {
    const token = await tokenOf(api);
    const chunk = new Uint8Array(1024 * 1024).fill(0x20);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => (sent++, controller.enqueue(chunk)),
    });
    const streamed = await api.app.request(`${api.project}/pools`, {
      method: 'POST',
      headers: { 'X-Auth-Token': token },
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect([streamed.status, sent < 20]).toEqual([413, true]);
    const headers = { 'X-Auth-Token': token, 'Content-Length': '12582913' };
    const stated = await api.app.request(`${api.project}/pools`, { method: 'POST', headers, body: '{}' });
    expect(stated.status).toBe(413);
    expect(await stated.json()).toMatchObject({ error_code: 'APIGW.0201' });
  });
});

async function tokenOf({ app, account, password }: ApiFixture): Promise<string> {
  const auth = {
    identity: { methods: ['password'], password: { user: { name: account.userName, password } } },
  };
  const response = await app.request('/v3/auth/tokens', { method: 'POST', body: JSON.stringify({ auth }) });
  return response.headers.get('X-Subject-Token') ?? '';
}

describe('a bug', () => {
  it('is 500 without detail, and the log has it', async () => {
    const broken = await apiFixture();
    await broken.store.write((writer) =>
      writer.insert('pool', { id: 'x', projectId: broken.account.projectId } as never),
    );
    const { status, json } = await broken.call('GET', 'pools');
    expect([status, json.error_code]).toEqual([500, 'ELB.8906']);
    expect(json.error_msg).not.toMatch(/TypeError|RangeError|\.ts|at /);
    expect(broken.events.join()).toContain(json.request_id);
    await broken.close();
  });

  it('after the store has closed is 503', async () => {
    const closed = await apiFixture();
    await closed.store.close();
    expect((await closed.call('GET', 'pools')).status).toBe(503);
    await closed.close();
  });
});

describe('X-Elbow-Live', () => {
  it('is pending without a node, and 0 when nothing is served differently', async () => {
    const made = await api.call('POST', 'loadbalancers', { loadbalancer: zones });
    expect(made.headers.get('X-Elbow-Live')).toBe('pending');
    const pool = { protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', type: 'ip' };
    const idle = await api.call('POST', 'pools', { pool });
    expect(idle.headers.get('X-Elbow-Live')).toBe('0');
    expect((await api.call('GET', 'pools')).headers.get('X-Elbow-Live')).toBeNull();
  });

  it('counts milliseconds until the node serves the change, of deletes too', async () => {
    const live = await apiFixture({ liveTimeoutMs: 5_000 });
    const node = await ScriptedNode.connect(live.socketPath);
    await node.follow();
    const [made] = await Promise.all([
      live.call('POST', 'loadbalancers', { loadbalancer: zones }),
      node.follow(),
    ]);
    expect(made.headers.get('X-Elbow-Live')).toMatch(/^\d+$/);
    const path = `loadbalancers/${made.json.loadbalancer.id}`;
    const [gone] = await Promise.all([live.call('DELETE', path), node.follow()]);
    expect([gone.status, gone.headers.get('X-Elbow-Live')]).toEqual([204, expect.stringMatching(/^\d+$/)]);
    expect((await live.app.request('/readyz')).status).toBe(200);
    await node.close();
    await live.close();
  });

  it('is not waited for below the lowest port of the node: that is refused', async () => {
    const live = await apiFixture();
    const node = await ScriptedNode.connect(live.socketPath);
    await node.follow();
    const made = await live.create('loadbalancers', 'loadbalancer', zones);
    const listener = { loadbalancer_id: made.id, protocol: 'HTTP', protocol_port: 443 };
    const { status, json } = await live.call('POST', 'listeners', { listener });
    expect([status, json.error_msg]).toEqual([400, expect.stringContaining('below 1024')]);
    expect((await live.call('GET', '/elbow/v1/capabilities')).json.capabilities.lowest_port).toBe(1024);
    await node.close();
    await live.close();
  });
});
