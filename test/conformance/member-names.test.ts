import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  aListener,
  type BuiltListener,
  DnsServer,
  type Elbow,
  expectStatus,
  poll,
  scriptedBackend,
  type ScriptedBackend,
  startElbow,
  untilMember,
  watchMembers,
  whoAnswers,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Members may be named: nodes resolve the names, and again when the answers have expired.

let dns: DnsServer;
let elbow: Elbow;
let one: ScriptedBackend;
let other: ScriptedBackend;
let listener: BuiltListener;
let memberId: string;

beforeAll(async () => {
  dns = await DnsServer.start();
  elbow = await startElbow({ env: { ELBOW_RESOLVERS: dns.place } });
  one = await scriptedBackend({ name: 'one' });
  other = await scriptedBackend({ name: 'other', port: one.port });
  dns.answers.set('app.test', { addresses: [one.address], ttlSeconds: 1 });
  listener = await aListener(elbow, { protocol: 'HTTP' });
  const { id, ...member } = await add('App.test.');
  memberId = id;
  expect(member).toMatchObject({ address: 'app.test', ip_version: 'v4', protocol_port: one.port });
});
afterAll(async () => {
  await elbow?.stop();
  await one?.stop();
  await other?.stop();
  dns?.stop();
});

function add(address: string, port: number = one.port) {
  return elbow.api.addMember(listener.pool.id, { address, protocol_port: port });
}

function untilAnswered(expected: string): Promise<unknown> {
  return poll(async () => (await whoAnswers(listener)) === expected, {
    timeoutMs: 10_000,
    everyMs: 50,
    what: `answers of ${expected}`,
  });
}

async function seen() {
  const { json } = expectStatus(await elbow.api.call('GET', `/elbow/v1/pools/${listener.pool.id}`), 200);
  return json.pool.members.find(({ id }: { id: string }) => id === memberId).seen[0];
}

describe('a named member', () => {
  it('serves as soon as it was added, at the address that its name stands for', async () => {
    expect(await whoAnswers(listener)).toBe('one');
    expect(await seen()).toMatchObject({
      resolved_addresses: [one.address],
      address_in_use: one.address,
      resolution_problem: null,
    });
  });

  it('moves when its name does, and its health is that of the new address', async () => {
    const monitor = await watchMembers(elbow, listener.pool.id);
    await untilMember(elbow, { poolId: listener.pool.id, id: memberId }, 'ONLINE');
    expect(one.requests.at(-1)?.rawHead).toContain(`\r\nHost: app.test:${one.port}\r\n`);
    await one.stop();
    await untilMember(elbow, { poolId: listener.pool.id, id: memberId }, 'OFFLINE');
    dns.answers.set('app.test', { addresses: [other.address], ttlSeconds: 1 });
    await untilMember(elbow, { poolId: listener.pool.id, id: memberId }, 'ONLINE');
    await untilAnswered('other');
    await one.reopen();
    expectStatus(await elbow.api.call('DELETE', `healthmonitors/${monitor.id}`), 204);
  });

  it('stays where it is while its name stands for that among others', async () => {
    const both = [one.address, other.address];
    dns.answers.set('app.test', { addresses: both, ttlSeconds: 1 });
    await poll(async () => (await seen()).resolved_addresses.length === 2, {
      timeoutMs: 10_000,
      what: 'two addresses',
    });
    for (let count = 0; count < 5; count++) expect(await whoAnswers(listener)).toBe('other');
    expect((await seen()).resolved_addresses).toEqual(both.toSorted());
  });

  it('keeps its last address while DNS fails', async () => {
    for (const code of ['SERVFAIL', 'NXDOMAIN'] as const) {
      dns.answers.set('app.test', { code });
      await poll(async () => (await seen()).resolution_problem !== null, { timeoutMs: 10_000, what: code });
      expect(await whoAnswers(listener)).toBe('other');
    }
    expect((await seen()).resolution_problem).toContain('app.test cannot be resolved');
    dns.answers.set('app.test', { addresses: [one.address], ttlSeconds: 1 });
    await untilAnswered('one');
  });

  it('gets nothing at an address that members must not have', async () => {
    dns.answers.set('app.test', { addresses: ['169.254.169.254'], ttlSeconds: 1 });
    await untilAnswered('503');
    expect(await seen()).toMatchObject({ resolved_addresses: ['169.254.169.254'], address_in_use: null });
    expect((await seen()).resolution_problem).toContain('metadata');
    dns.answers.set('app.test', { addresses: [one.address], ttlSeconds: 1 });
    await untilAnswered('one');
  });

  it('does not lead to the API itself', async () => {
    const [host = '', port = ''] = elbow.admin.split(':');
    dns.answers.set('admin.test', { addresses: [host], ttlSeconds: 60 });
    const member = await add('admin.test', Number(port));
    const { json } = await elbow.api.call('GET', `/elbow/v1/pools/${listener.pool.id}`);
    const { seen: views } = json.pool.members.find(({ id }: { id: string }) => id === member.id);
    expect(views[0]).toMatchObject({ address_in_use: null, resolved_addresses: [host] });
    expect(views[0].resolution_problem).toContain('admin address');
    expectStatus(await elbow.api.call('DELETE', `pools/${listener.pool.id}/members/${member.id}`), 204);
  });
});

describe('a start while DNS is down', () => {
  it('serves with the last answers, and follows the name when DNS is back', async () => {
    dns.answers.set('app.test', { addresses: [other.address], ttlSeconds: 1 });
    await untilAnswered('other');
    const file = join(elbow.dataDir, 'plan', 'names.json');
    await poll(() => readFileSync(file, 'utf8').includes(other.address), {
      timeoutMs: 10_000,
      what: 'the answer on disk',
    });
    await elbow.kill9Everything();
    dns.isSilent = true;
    const asked = dns.questions.length;
    await elbow.start();
    expect(await whoAnswers(listener)).toBe('other');
    expect(await seen()).toMatchObject({
      resolved_addresses: [other.address],
      address_in_use: other.address,
    });
    dns.answers.set('app.test', { addresses: [one.address], ttlSeconds: 1 });
    dns.isSilent = false;
    await poll(async () => (await whoAnswers(listener)) === 'one', {
      timeoutMs: 20_000,
      everyMs: 50,
      what: 'answers of the new place',
    });
    expect(dns.questions.slice(asked)).toContain('app.test 4');
    expect((await seen()).resolution_problem).toBeNull();
  });
});

describe('the API', () => {
  it.each([
    'localhost',
    'a.localhost',
    'localhost.localdomain',
    '1.2.3',
    '0x7f.1',
    'a..b',
    '-a.test',
    'a b',
    'x'.repeat(64),
  ])('refuses %s', async (address) => {
    const body = { member: { address, protocol_port: 80 } };
    const answer = await elbow.api.call('POST', `pools/${listener.pool.id}/members`, body);
    expect(answer.status).toBe(400);
    expect(answer.json.error_msg).toContain('member.address');
  });

  it('refuses a name twice at a port, and a name in a subnet', async () => {
    const path = `pools/${listener.pool.id}/members`;
    const twin = { member: { address: 'APP.test', protocol_port: one.port } };
    expectStatus(await elbow.api.call('POST', path, twin), 409);
    const { json } = await elbow.api.call('GET', '/elbow/v1/subnets');
    const inSubnet = { member: { address: 'b.test', protocol_port: 1, subnet_cidr_id: json.subnets[0].id } };
    expect(expectStatus(await elbow.api.call('POST', path, inSubnet), 400).json.error_msg).toContain(
      'subnet_cidr_id',
    );
  });
});
