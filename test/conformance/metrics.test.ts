import {
  aListener,
  openRawClient,
  poll,
  runLoad,
  scriptedBackend,
  serverName,
  startElbow,
} from '@elbow/testkit';
import type { BuiltListener, Elbow, RawClient, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// What Prometheus reads at /metrics is what clients and members saw, exactly, over all workers.

let elbow: Elbow;
let member: ScriptedBackend;

beforeAll(async () => {
  elbow = await startElbow();
  member = await scriptedBackend({ script: () => ({ kind: 'answer', body: 'ok' }) });
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

type Samples = ReadonlyMap<string, number>;

async function scrape(): Promise<Samples> {
  const response = await fetch(`http://${elbow.admin}/metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const lines = (await response.text()).trimEnd().split('\n');
  for (const line of lines)
    expect(line).toMatch(/^# (HELP|TYPE) elbow_\w+ |^elbow_\w+(\{[^{}]*\})? [0-9.e+-]+$/);
  return new Map(
    lines
      .filter((line) => !line.startsWith('#'))
      .map((line) => {
        const blank = line.lastIndexOf(' ');
        return [line.slice(0, blank), Number(line.slice(blank + 1))];
      }),
  );
}

/** The sample of this name whose labels hold all of these texts. */
function value(samples: Samples, name: string, ...labels: readonly string[]): number {
  const found = [...samples].filter(
    ([key]) => key.startsWith(`${name}{`) && labels.every((label) => key.includes(label)),
  );
  expect(found.map(([key]) => key)).toHaveLength(1);
  return found[0]![1];
}

/** Scrapes until the listener has this many requests: a count is made when the exchange is over. */
async function scrapeAfter({ listener }: BuiltListener, requests: number): Promise<Samples> {
  let samples: Samples = new Map();
  await poll(
    async () => {
      samples = await scrape();
      return value(samples, 'elbow_listener_requests_total', String(listener.id)) >= requests;
    },
    { timeoutMs: 5000, what: `${requests} counted requests` },
  );
  return samples;
}

const get = (fields = ''): string => `GET / HTTP/1.1\r\nHost: ${serverName}\r\n${fields}\r\n`;

async function ask(listener: BuiltListener, bytes = get()): Promise<RawClient> {
  const client = await listener.connect();
  client.write(bytes);
  await client.answer();
  return client;
}

describe('/metrics', () => {
  it('counts every request once, at its listener, its pool and its member', async () => {
    const other = await scriptedBackend({ script: () => ({ kind: 'answer', status: 404 }) });
    const web = await aListener(elbow, { members: [member, other] });
    const load = await runLoad({ url: `${web.url}/`, clients: 8, requests: 400 });
    expect(load.statuses).toMatchObject({ '2xx': 200, '4xx': 200 });
    const samples = await scrapeAfter(web, 400);
    const [listener, pool] = [`listener="${web.listener.id}"`, `pool="${web.pool.id}"`];
    for (const [scope, label] of [
      ['listener', listener],
      ['pool', pool],
    ] as const) {
      expect(value(samples, `elbow_${scope}_requests_total`, label)).toBe(400);
      expect(value(samples, `elbow_${scope}_responses_total`, label, 'class="2xx"')).toBe(200);
      expect(value(samples, `elbow_${scope}_responses_total`, label, 'class="4xx"')).toBe(200);
      expect(value(samples, `elbow_${scope}_responses_by_code_total`, label, 'code="404"')).toBe(200);
      expect(value(samples, `elbow_${scope}_request_duration_seconds_count`, label)).toBe(400);
      expect(value(samples, `elbow_${scope}_request_duration_seconds_bucket`, label, 'le="+Inf"')).toBe(400);
      expect(value(samples, `elbow_${scope}_upstream_attempts_total`, label)).toBe(400);
      expect(value(samples, `elbow_${scope}_upstream_duration_seconds_count`, label)).toBe(400);
    }
    expect(value(samples, 'elbow_listener_requests_total', listener, `lb="${web.loadBalancer.id}"`)).toBe(
      400,
    );
    expect(value(samples, 'elbow_listener_connections_total', listener)).toBe(8);
    for (const { id } of web.members)
      expect(value(samples, 'elbow_member_attempts_total', `member="${id}"`)).toBe(200);
    const [first, second] = web.members.map(({ id }) => `member="${id}"`);
    expect(value(samples, 'elbow_member_responses_total', first!, 'class="2xx"')).toBe(200);
    expect(value(samples, 'elbow_member_responses_total', second!, 'class="4xx"')).toBe(200);
    await other.stop();
  });

  it('counts bytes as client and member saw them, and open connections', async () => {
    const web = await aListener(elbow, { members: [member] });
    const clients = await Promise.all([ask(web), ask(web), ask(web)]);
    const samples = await scrapeAfter(web, 3);
    const label = `listener="${web.listener.id}"`;
    const sent = clients.reduce(
      (sum, { answers: [answer] }) => sum + answer!.rawHead.length + answer!.body.length,
      0,
    );
    expect(value(samples, 'elbow_listener_request_bytes_total', label)).toBe(3 * get().length);
    expect(value(samples, 'elbow_listener_sent_bytes_total', label)).toBe(sent);
    expect(value(samples, 'elbow_listener_open_connections', label)).toBe(3);
    for (const client of clients) client.close();
    await poll(async () => value(await scrape(), 'elbow_listener_open_connections', label) === 0, {
      timeoutMs: 5000,
      what: 'no open connection',
    });
  });

  it('counts what failed where it failed', async () => {
    const [gone, broken] = [
      await scriptedBackend(),
      await scriptedBackend({ script: () => ({ kind: 'reset' }) }),
    ];
    await gone.stop();
    const web = await aListener(elbow, { members: [gone, broken, member] });
    for (let count = 0; count < 3; count++) (await ask(web)).close();
    const samples = await scrapeAfter(web, 3);
    const pool = `pool="${web.pool.id}"`;
    const [first, second] = web.members.map(({ id }) => `member="${id}"`);
    const [lost, reset] = [
      value(samples, 'elbow_member_failures_total', first!, 'kind="connect_error"'),
      value(samples, 'elbow_member_failures_total', second!, 'kind="response_error"'),
    ];
    // Each was first once; one of them also came second, whichever stands behind the other.
    expect([lost, reset].sort()).toEqual([1, 2]);
    expect(value(samples, 'elbow_pool_upstream_retries_total', pool)).toBe(3);
    expect(value(samples, 'elbow_pool_upstream_attempts_total', pool)).toBe(6);
    expect(value(samples, 'elbow_pool_responses_total', pool, 'class="2xx"')).toBe(3);
    await broken.stop();
  });

  it('counts a client that left, requests that were refused, and handshakes that failed', async () => {
    const silent = await scriptedBackend({ script: () => ({ kind: 'silence' }) });
    const web = await aListener(elbow, { members: [silent] });
    const client = await web.connect();
    client.write(get());
    await silent.until(() => silent.requests.length === 1, 'the request');
    client.close();
    (await ask(web, get('bad field: x\r\n'))).close();
    const rubbish = await openRawClient({ host: web.vip, port: web.port });
    rubbish.writeMore(Buffer.from('160301000401020304', 'hex'));
    await rubbish.ended();
    const label = `listener="${web.listener.id}"`;
    await poll(async () => value(await scrape(), 'elbow_listener_tls_handshake_errors_total', label) === 1, {
      timeoutMs: 5000,
      what: 'the failed handshake',
    });
    const samples = await scrapeAfter(web, 1);
    expect(value(samples, 'elbow_listener_requests_total', label)).toBe(1);
    expect(value(samples, 'elbow_listener_responses_by_code_total', label, 'code="499"')).toBe(1);
    expect(value(samples, 'elbow_listener_refused_requests_total', label)).toBe(1);
    expect(value(samples, 'elbow_member_failures_total', `pool="${web.pool.id}"`, 'kind="abandoned"')).toBe(
      1,
    );
    await silent.stop();
  });

  it('counts connections that a limit kept out', async () => {
    const web = await aListener(elbow, {
      members: [member],
      protocol: 'HTTP',
      port: 8082,
      fields: { connection: 2 },
    });
    const held = await Promise.all([ask(web), ask(web)]);
    for (let count = 0; count < 3; count++) await expect(ask(web)).rejects.toThrow();
    const samples = await scrapeAfter(web, 2);
    const label = `listener="${web.listener.id}"`;
    expect(value(samples, 'elbow_listener_refused_connections_total', label, 'limit="connections"')).toBe(3);
    expect(value(samples, 'elbow_listener_connections_total', label)).toBe(2);
    for (const client of held) client.close();
  });

  it('keeps counts through changes of the pool and its members, and drops those of what is gone', async () => {
    const web = await aListener(elbow, { members: [member] });
    const { api } = elbow;
    (await ask(web)).close();
    await scrapeAfter(web, 1);
    const added = await scriptedBackend({ script: () => ({ kind: 'answer', body: 'new' }) });
    const [old] = web.members;
    await api.addMember(web.pool.id, { address: added.address, protocol_port: added.port });
    for (let count = 0; count < 2; count++) (await ask(web)).close();
    const samples = await scrapeAfter(web, 3);
    expect(value(samples, 'elbow_pool_requests_total', `pool="${web.pool.id}"`)).toBe(3);
    expect(value(samples, 'elbow_member_attempts_total', `member="${old?.id}"`)).toBe(2);
    await api.call('DELETE', `pools/${web.pool.id}/members/${old?.id}`);
    const after = await scrape();
    expect([...after.keys()].some((key) => key.includes(`member="${old?.id}"`))).toBe(false);
    expect(value(after, 'elbow_pool_requests_total', `pool="${web.pool.id}"`)).toBe(3);
    await added.stop();
  });

  it('says that nodes and workers are up', async () => {
    const samples = await scrape();
    expect(value(samples, 'elbow_node_up')).toBe(1);
    expect([...samples].filter(([key, up]) => key.startsWith('elbow_worker_up{') && up === 1)).toHaveLength(
      4,
    );
    expect(value(samples, 'elbow_build_info', 'version="')).toBe(1);
  });
});
