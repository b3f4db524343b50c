import {
  aListener,
  askOnce,
  type BuiltListener,
  type Elbow,
  expectStatus,
  freeAddress,
  poll,
  scriptedBackend,
  type ScriptedBackend,
  startElbow,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// What somebody should look at is one question away.

let elbow: Elbow;
let member: ScriptedBackend;
let built: BuiltListener;
beforeAll(async () => {
  elbow = await startElbow({ workers: 2 });
  member = await scriptedBackend();
  built = await aListener(elbow, { members: [member], fields: { name: 'shop', connection: 5 } });
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

interface Item {
  readonly kind: string;
  readonly [fact: string]: unknown;
}

async function attention() {
  const { json } = expectStatus(await elbow.api.call('GET', '/elbow/v1/attention'), 200);
  return json.attention as { items: readonly Item[]; counts: object; thresholds: object };
}

async function itemsOf(kind: string): Promise<readonly Item[]> {
  return (await attention()).items.filter((item) => item.kind === kind);
}

async function soon(kind: string): Promise<Item> {
  await poll(async () => (await itemsOf(kind)).length > 0, { timeoutMs: 10_000, what: kind });
  return (await itemsOf(kind))[0] ?? { kind: 'none' };
}

describe('what needs attention', () => {
  it('is a certificate that ends within thirty days, with the listeners that use it', async () => {
    const { thresholds, counts } = await attention();
    expect(thresholds).toEqual({ limit_percent: 80, certificate_days: 30 });
    expect(counts).toMatchObject({ load_balancers: 1, listeners: 1, pools: 1, certificates: 1 });
    expect(await itemsOf('certificate_expires')).toEqual([
      expect.objectContaining({
        severity: 'warning',
        resource_id: built.certificate?.id,
        days_left: 29,
        listeners: 1,
      }),
    ]);
  });

  it('is a listener at eighty percent of its connections, until they are closed', async () => {
    expect(await itemsOf('connections_near_limit')).toEqual([]);
    const clients = [];
    for (let count = 0; count < 4; count += 1) {
      const client = await built.connect();
      client.write('GET / HTTP/1.1\r\nHost: www.example.test\r\n\r\n');
      await client.answer();
      clients.push(client);
    }
    expect(await soon('connections_near_limit')).toMatchObject({
      severity: 'warning',
      resource_type: 'listener',
      resource_name: 'shop',
      percent: 80,
      value: 4,
      limit: 5,
    });
    for (const client of clients) client.close();
    await poll(async () => (await itemsOf('connections_near_limit')).length === 0, {
      timeoutMs: 10_000,
      what: 'no listener near its limit',
    });
  });

  it('is a pool with servers that are down; critical when none is left', async () => {
    await elbow.api.addMember(built.pool.id, { address: freeAddress(), protocol_port: 9 });
    await elbow.api.create('healthmonitor', {
      pool_id: built.pool.id,
      type: 'TCP',
      delay: 1,
      timeout: 1,
      max_retries: 1,
      max_retries_down: 1,
    });
    expect(await soon('members_down')).toMatchObject({
      severity: 'warning',
      resource_id: built.pool.id,
      down: 1,
      members: 2,
    });
    await member.stop();
    await poll(async () => (await itemsOf('members_down'))[0]?.['down'] === 2, {
      timeoutMs: 10_000,
      what: 'both down',
    });
    const { items } = await attention();
    expect(items[0]).toMatchObject({ kind: 'members_down', severity: 'critical' });
  });
});

describe('series of a zone', () => {
  const total = async (query: string): Promise<number> => {
    const { json } = expectStatus(await elbow.api.call('GET', `/elbow/v1/metrics/series?${query}`), 200);
    const values = json.series.values.connections_new as readonly (number | null)[];
    return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  };

  it('add up what its nodes did; with one zone that is all there is', async () => {
    await askOnce(built, '/once-more');
    const owner = `scope=loadbalancer&id=${built.loadBalancer.id}`;
    await poll(async () => (await total(owner)) >= 5, { timeoutMs: 20_000, what: 'the connections' });
    const all = await total(owner);
    expect(await total('scope=zone&id=az1')).toBe(all);
    expect(await total(`${owner}&availability_zone=az1`)).toBe(all);
    expect(await total('scope=zone&id=az9')).toBe(0);
    expect(await total(`${owner}&availability_zone=az9`)).toBe(0);
    const bad = await elbow.api.call('GET', '/elbow/v1/metrics/series?scope=zone&id=a%2Fb');
    expect(bad.status).toBe(400);
  });
});
