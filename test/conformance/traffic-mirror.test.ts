import { blackHole, headerOf, patternBytes, poll, serverName, startElbow } from '@elbow/testkit';
import type { Elbow, RawClient, ReceivedAnswer, SeenRequest } from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aPolicy, changePolicy, routed, type Routed, rule } from './policy-kit.ts';

// Copies of requests go to mirror pools; nothing that a mirror does or does not do is seen by the client.

let elbow: Elbow;
let site: Routed;
let policyId: string;

beforeAll(async () => {
  elbow = await startElbow({ workers: 1 });
  site = await routed(elbow, ['g1', 'm1', 'm2'], { enhance_l7policy_enable: true, http2_enable: true });
  const policy = await aPolicy(elbow, {
    listener_id: site.listener.listener.id,
    action: 'REDIRECT_TO_POOL',
    redirect_pool_id: site.pools['g1'],
    rules: [rule('PATH', 'STARTS_WITH', '/')],
    redirect_pools_extend_config: mirrors('m1'),
  });
  policyId = policy.id;
  expect(policy['redirect_pools_extend_config'].traffic_mirror_config).toEqual({
    target_ids: [site.pools['m1']],
    mirror_request_body_enable: true,
  });
});
afterAll(async () => {
  await elbow?.stop();
  await site?.stop();
});
beforeEach(async () => {
  for (const member of Object.values(site.members)) member.forget();
  await set(mirrors('m1'));
});

function mirrors(...names: readonly string[]): object {
  return { traffic_mirror_config: { target_ids: names.map((name) => site.pools[name]) } };
}

async function set(extension: object): Promise<void> {
  await changePolicy(elbow, policyId, { redirect_pools_extend_config: extension });
}

async function ask(target: string, body: Buffer | null = null, fields = ''): Promise<ReceivedAnswer> {
  const client: RawClient = await site.listener.connect();
  try {
    const length = body === null ? '' : `Content-Length: ${body.length}\r\n`;
    const method = body === null ? 'GET' : 'POST';
    client.write(`${method} ${target} HTTP/1.1\r\nHost: ${serverName}\r\n${length}${fields}\r\n`, method);
    if (body !== null) client.write(body);
    return await client.answer();
  } finally {
    client.close();
  }
}

async function copyAt(name: string): Promise<SeenRequest> {
  const member = site.members[name]!;
  await member.until(() => member.requests.some(({ state }) => state === 'answered'), 'a copy');
  return member.requests[0]!;
}

const lowerFields = ({ headers }: SeenRequest): readonly string[] =>
  headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`);

async function counted(name: string): Promise<number> {
  const page = await (await fetch(`http://${elbow.admin}/metrics`)).text();
  return Number(new RegExp(`^elbow_mirror_${name}_total\\{[^}]*\\} (\\d+)$`, 'm').exec(page)?.[1]);
}

async function untilCounted(name: string, count: number): Promise<void> {
  await poll(async () => (await counted(name)) === count, {
    timeoutMs: 10_000,
    what: `${count} copies ${name}`,
  });
}

describe('a copy', () => {
  it('is what the member gets, marked, and its answer is nobody’s', async () => {
    site.members['m1']!.script = () => ({ kind: 'answer', status: 500, body: 'no' });
    const answer = await ask('/a?b=c', Buffer.from('hello'), 'X-Mirrored: no\r\nX-Own: 1\r\n');
    expect([answer.status, headerOf(answer, 'x-member')]).toEqual([200, 'g1']);
    expect(site.members['m1']!.requests).toEqual([]);
    await ask('/a?b=c', Buffer.from('hello'), 'X-Own: 1\r\n');
    const copy = await copyAt('m1');
    const own = site.members['g1']!.requests.at(-1)!;
    expect([copy.method, copy.target, copy.body.toString()]).toEqual(['POST', '/a?b=c', 'hello']);
    expect(lowerFields(copy).toSorted()).toEqual([...lowerFields(own), 'x-mirrored: 1'].toSorted());
  });

  it('goes to each of the pools', async () => {
    await set(mirrors('m1', 'm2'));
    await ask('/both');
    const targets = [(await copyAt('m1')).target, (await copyAt('m2')).target];
    expect(targets).toEqual(['/both', '/both']);
  });

  it('has no body when that is switched off, or longer than 1 MiB', async () => {
    const config = { target_ids: [site.pools['m1']], mirror_request_body_enable: false };
    await set({ traffic_mirror_config: config });
    await ask('/off', Buffer.from('hello'));
    expect((await copyAt('m1')).bodyBytes).toBe(0);
    await set(mirrors('m1'));
    for (const [size, copied] of [
      [1024 * 1024, 1024 * 1024],
      [1024 * 1024 + 1, 0],
    ] as const) {
      site.members['m1']!.forget();
      await ask('/size', patternBytes(size));
      expect((await copyAt('m1')).bodyBytes).toBe(copied);
      expect(site.members['g1']!.requests.at(-1)!.bodyBytes).toBe(size);
    }
  });

  it('of a chunked body over HTTP/2 is complete, too', async () => {
    const file = ['--data-binary', 'x'.repeat(100_000), '-H', 'Content-Type: text/plain'];
    const { stdout } = await site.listener.curl(
      '/h2',
      '--http2',
      ...file,
      '-o',
      '/dev/null',
      '-w',
      '%{http_version}',
    );
    expect(stdout).toBe('2');
    expect((await copyAt('m1')).bodyBytes).toBe(100_000);
  });

  it('of a request that asks for a tunnel is not made', async () => {
    const { status } = await ask('/ws', null, 'Connection: upgrade\r\nUpgrade: websocket\r\n');
    expect(status).toBe(200);
    await ask('/after');
    expect((await copyAt('m1')).target).toBe('/after');
  });
});

describe('a mirror that is of no use', () => {
  it('harms nobody and is counted: resetting or refusing', async () => {
    const failed = await counted('failed');
    site.members['m1']!.script = () => ({ kind: 'reset' });
    expect((await ask('/reset')).status).toBe(200);
    await untilCounted('failed', failed + 1);
    await site.members['m1']!.stop();
    expect((await ask('/refused')).status).toBe(200);
    await untilCounted('failed', failed + 2);
    await site.members['m1']!.reopen();
  });

  it('is asked by 256 copies at most, what is beyond them is counted', async () => {
    const hole = await blackHole();
    const pool = await elbow.api.create('pool', {
      loadbalancer_id: site.listener.loadBalancer.id,
      protocol: 'HTTP',
      lb_algorithm: 'ROUND_ROBIN',
    });
    await elbow.api.addMember(pool.id, { address: hole.address, protocol_port: hole.port });
    await set({ traffic_mirror_config: { target_ids: [pool.id] } });
    const before = await counted('dropped');
    const client = await site.listener.connect();
    for (let count = 0; count < 300; count++) {
      client.write(`GET /${count} HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`);
      expect((await client.answer(count)).status).toBe(200);
    }
    client.close();
    await untilCounted('dropped', before + 44);
    await set(mirrors('m1'));
    await hole.stop();
  });
});

describe('the API', () => {
  it('refuses mirrors that are none', async () => {
    const path = 'redirect_pools_extend_config.traffic_mirror_config';
    const m1 = site.pools['m1'];
    for (const [ids, field] of [
      [[], path],
      [[m1, m1], `${path}.target_ids`],
      [[site.pools['g1']], `${path}.target_ids`],
      [['5c3b1d4e-0000-4000-8000-000000000000'], 'pool'],
    ] as const) {
      const fields = { redirect_pools_extend_config: { traffic_mirror_config: { target_ids: ids } } };
      const { status, json } = await elbow.api.call('PUT', `l7policies/${policyId}`, { l7policy: fields });
      expect([400, 404]).toContain(status);
      expect(json.error_msg).toContain(field);
    }
    expect((await elbow.api.call('DELETE', `pools/${m1}`)).status).toBe(409);
  });
});
