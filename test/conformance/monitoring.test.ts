import { randomBytes } from 'node:crypto';
import {
  aListener,
  type BuiltListener,
  type Elbow,
  expectStatus,
  openRawClient,
  poll,
  runLoad,
  scriptedBackend,
  type ScriptedBackend,
  serverName,
  startElbow,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// What charts and the log viewer show is what clients and members saw.

let elbow: Elbow;
let member: ScriptedBackend;
let web: BuiltListener;

beforeAll(async () => {
  elbow = await startElbow({
    workers: 2,
    arguments: ['--access-log', 'all', '--access-log-rotate-mib', '1'],
  });
  member = await scriptedBackend({ script: () => ({ kind: 'answer', body: 'ok' }) });
  web = await aListener(elbow, { members: [member] });
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

type Values = Readonly<Record<string, readonly (number | null)[]>>;
interface Series {
  readonly step: number;
  readonly timestamps: readonly string[];
  readonly values: Values;
}

async function series(scope: string, id: string, more = ''): Promise<Series> {
  const path = `/elbow/v1/metrics/series?scope=${scope}&id=${id}${more}`;
  return expectStatus(await elbow.api.call('GET', path), 200).json.series;
}

function total({ values }: Series, name: string): number {
  return (values[name] ?? []).reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

/** Asks until a count is there: an exchange is counted when it is over. */
async function seriesAfter(
  scope: string,
  id: string,
  [name, count]: readonly [string, number],
): Promise<Series> {
  let found = await series(scope, id);
  await poll(
    async () => {
      found = await series(scope, id);
      return total(found, name) >= count;
    },
    { timeoutMs: 5000, what: `${count} ${name} of ${scope}` },
  );
  return found;
}

const get = (path = '/', fields = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${serverName}\r\n${fields}\r\n`;

async function ask(listener: BuiltListener, bytes = get()): Promise<void> {
  const client = await listener.connect();
  client.write(bytes);
  await client.answer();
  client.close();
}

describe('series', () => {
  it('count every request once, at the listener, its pool and its load balancer', async () => {
    const other = await scriptedBackend({ script: () => ({ kind: 'answer', status: 404 }) });
    const site = await aListener(elbow, { members: [member, other] });
    await runLoad({ url: `${site.url}/`, clients: 4, requests: 200 });
    for (const [scope, id] of [
      ['listener', site.listener.id],
      ['pool', site.pool.id],
      ['loadbalancer', site.loadBalancer.id],
    ] as const) {
      const found = await seriesAfter(scope, id, ['requests', 200]);
      const totals = ['requests', 'status_2xx', 'status_404', 'member_requests', 'member_status_4xx'].map(
        (name) => total(found, name),
      );
      expect(totals).toEqual([200, 100, 100, 200, 100]);
      const [p50, p95, most] = ['latency_p50', 'latency_p95', 'latency_max'].map((name) =>
        Math.max(...found.values[name]!.map((value) => value ?? 0)),
      );
      expect(p50).toBeGreaterThan(0);
      expect(p95).toBeGreaterThanOrEqual(p50!);
      expect(most).toBeGreaterThanOrEqual(p95!);
    }
    const found = await series('listener', site.listener.id);
    expect(total(found, 'connections_new')).toBe(4);
    expect([total(found, 'bytes_in'), total(found, 'bytes_out')].every((bytes) => bytes > 200 * 20)).toBe(
      true,
    );
    await other.stop();
  });

  it('show open connections, failures of TLS, clients that left and those kept out', async () => {
    const silent = await scriptedBackend({ script: () => ({ kind: 'silence' }) });
    const site = await aListener(elbow, { members: [silent], fields: { connection: 2 } });
    const clients = [await site.connect(), await site.connect()];
    await expect(site.connect()).rejects.toThrow();
    clients[0]!.write(get());
    await silent.until(() => silent.requests.length === 1, 'the request');
    expect(
      Math.max(...(await series('listener', site.listener.id)).values['connections_open_max']!.map(Number)),
    ).toBe(2);
    for (const client of clients) client.close();
    await seriesAfter('listener', site.listener.id, ['status_499', 1]);
    const rubbish = await openRawClient({ host: site.vip, port: site.port });
    rubbish.writeMore(Buffer.from('160301000401020304', 'hex'));
    await rubbish.ended();
    const found = await seriesAfter('loadbalancer', site.loadBalancer.id, ['tls_failures', 1]);
    expect(total(found, 'refused_by_count')).toBeGreaterThanOrEqual(1);
    expect(total(found, 'status_499')).toBe(1);
    await silent.stop();
  });

  it('show healthy and unhealthy members', async () => {
    const gone = await scriptedBackend();
    await gone.stop();
    const site = await aListener(elbow, { members: [member, gone] });
    await elbow.api.create('healthmonitor', {
      pool_id: site.pool.id,
      type: 'TCP',
      delay: 1,
      timeout: 1,
      max_retries: 1,
      max_retries_down: 1,
    });
    for (const [scope, id] of [
      ['pool', site.pool.id],
      ['loadbalancer', site.loadBalancer.id],
    ] as const) {
      await poll(
        async () => {
          const { values } = await series(scope, id, '&names=members_healthy,members_unhealthy');
          const seen = (name: string): boolean => (values[name] ?? []).some((value) => (value ?? 0) > 0);
          return seen('members_healthy') && seen('members_unhealthy');
        },
        { timeoutMs: 20_000, what: `a healthy and an unhealthy member of ${scope}` },
      );
    }
  });

  it('tell nothing happened from nobody looked', async () => {
    const from = new Date(Date.now() - 30 * 60_000).toISOString();
    const { values, timestamps, step } = await series(
      'listener',
      web.listener.id,
      `&names=requests&from=${from}`,
    );
    expect(step).toBe(10);
    expect(values['requests']).toHaveLength(timestamps.length);
    expect(values['requests']![0]).toBeNull();
    expect(values['requests']!.at(-1)).not.toBeNull();
  });

  it('go in steps of ten seconds over an hour, and of a minute over more', async () => {
    const stepOf = async (more: string) =>
      (await series('listener', web.listener.id, `&names=requests${more}`)).step;
    const nowMs = Date.now();
    const since = (ms: number): string => `&from=${new Date(nowMs - ms).toISOString()}`;
    const to = `&to=${new Date(nowMs).toISOString()}`;
    expect(await stepOf('')).toBe(10);
    expect(await stepOf(`${since(3_600_000)}${to}`)).toBe(10);
    expect(await stepOf(`${since(3_600_000)}${to}&step=10`)).toBe(10);
    expect(await stepOf(`${since(3_660_000)}${to}`)).toBe(60);
  });

  it('of minutes outlive a restart of the control process', async () => {
    await ask(web);
    const before = total(await seriesAfter('listener', web.listener.id, ['requests', 1]), 'requests');
    const { control } = await elbow.pids();
    process.kill(control, 'SIGTERM');
    await elbow.untilReplaced('control', control);
    await elbow.untilReady();
    const from = new Date(Date.now() - 2 * 3_600_000).toISOString();
    const found = await series('listener', web.listener.id, `&from=${from}`);
    expect(found.step).toBe(60);
    expect(total(found, 'requests')).toBeGreaterThanOrEqual(before);
  });

  it.each([
    'scope=member&id=1',
    'scope=pool&id=%25',
    'scope=listener&id=1&names=nonsense',
    'scope=listener&id=1&step=7',
    'scope=listener&id=1&from=2020-01-01T00:00:00Z',
    'scope=listener&id=1&from=tomorrow',
  ])('refuse %s', async (query) => {
    expect((await elbow.api.call('GET', `/elbow/v1/metrics/series?${query}`)).status).toBe(400);
  });

  it('of an object that is not there are 404', async () => {
    expect((await elbow.api.call('GET', '/elbow/v1/metrics/series?scope=pool&id=abc')).status).toBe(404);
  });
});

interface Log {
  // oxlint-disable-next-line typescript/no-explicit-any -- an entry has the names of the log's format
  readonly entries: readonly any[];
  readonly cursors: { readonly older: string | null; readonly newer: string };
}

async function accessLog(query: string): Promise<Log> {
  return expectStatus(await elbow.api.call('GET', `/elbow/v1/access-log?${query}`), 200).json.access_log;
}

async function logHas(query: string, count: number): Promise<Log> {
  let found = await accessLog(query);
  await poll(
    async () => {
      found = await accessLog(query);
      return found.entries.length >= count;
    },
    { timeoutMs: 5000, what: `${count} lines for ${query}` },
  );
  return found;
}

describe('the access log', () => {
  it('shows the newest lines first, and only those that are asked for', async () => {
    const broken = await scriptedBackend({ script: () => ({ kind: 'answer', status: 503 }) });
    const site = await aListener(elbow, { members: [broken] });
    const mark = randomBytes(6).toString('hex');
    await ask(web, get(`/${mark}/one`));
    await ask(web, get(`/${mark}/two`));
    await ask(site, get(`/${mark}/three`));
    const { entries } = await logHas(`path=${mark}`, 3);
    const times = entries.map(({ msec }) => msec);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    const uris = entries.map(({ router_request_uri: uri }) => uri);
    expect(uris.toSorted()).toEqual(['one', 'three', 'two'].map((name) => `/${mark}/${name}`));
    expect(entries.find(({ router_request_uri: uri }) => uri.endsWith('/one'))).toMatchObject({
      status: 200,
      remote_addr: '127.0.0.1',
      request_method: 'GET',
      host: serverName,
      upstream_addr: [`${member.address}:${member.port}`],
      member_name: [`member_${web.members[0]!.id}`],
      raw: expect.stringContaining(mark),
    });
    const only = async (query: string): Promise<number> =>
      (await accessLog(`path=${mark}&${query}`)).entries.length;
    expect(await only(`listener_id=${web.listener.id}`)).toBe(2);
    expect(await only(`loadbalancer_id=${site.loadBalancer.id}`)).toBe(1);
    expect(await only('status=5xx')).toBe(1);
    expect(await only('status=200')).toBe(2);
    expect(await only(`member=${web.members[0]!.id}`)).toBe(2);
    expect(await only(`member=${broken.address}:${broken.port}`)).toBe(1);
    expect(await only('client=127.')).toBe(3);
    expect(await only('client=10.')).toBe(0);
    expect(await only(`since=${Date.now() + 60_000}`)).toBe(0);
    await broken.stop();
  });

  it('goes back in pages, and on as lines come, over a renamed file', async () => {
    const mark = randomBytes(6).toString('hex');
    const { cursors } = await accessLog('limit=1');
    // More than a megabyte of lines: the file is renamed on the way.
    const filler = 'x'.repeat(4_000);
    for (let sent = 0; sent < 3; sent++) {
      const client = await web.connect();
      for (let at = 0; at < 120; at++) {
        client.write(get(`/${mark}/${sent * 120 + at}`, `User-Agent: ${filler}\r\n`));
        await client.answer(at);
      }
      client.close();
    }
    const seen: number[] = [];
    let after = cursors.newer;
    await poll(
      async () => {
        const log = await accessLog(`after=${after}&limit=50&path=${mark}`);
        seen.push(...log.entries.map(({ router_request_uri: uri }) => Number(uri.split('/')[2])));
        after = log.cursors.newer;
        return seen.length >= 360;
      },
      { timeoutMs: 15_000, everyMs: 5, what: '360 lines of the live log' },
    );
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 360 }, (_, at) => at));
    const back: number[] = [];
    for (let before: string | null = ''; before !== null; ) {
      const log: Log = await accessLog(`limit=100&path=${mark}${before === '' ? '' : `&before=${before}`}`);
      back.push(...log.entries.map(({ router_request_uri: uri }) => Number(uri.split('/')[2])));
      before = log.cursors.older;
    }
    expect([...back].sort((a, b) => a - b)).toEqual(Array.from({ length: 360 }, (_, at) => at));
  });

  it.each(['limit=0', 'status=9xx', 'before=x', 'listener_id=%22', 'since=x', 'before=1-1&after=1-1'])(
    'refuses %s',
    async (query) => {
      expect((await elbow.api.call('GET', `/elbow/v1/access-log?${query}`)).status).toBe(400);
    },
  );
});
