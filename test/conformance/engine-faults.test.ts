import {
  aListener,
  askHttp2,
  blackHole,
  headerOf,
  openHttp2,
  openRawClient,
  scriptedBackend,
  serverName,
  startElbow,
  testAuthority,
  tlsMember,
} from '@elbow/testkit';
import type { BackendOptions, BuiltListener, Elbow, RawClient, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// Faults that were measured on other load balancers in front of the same members. None of them may be ours.

let elbow: Elbow;

beforeAll(async () => {
  elbow = await startElbow();
});
afterAll(() => elbow?.stop());

const get = (target = '/'): string => `GET ${target} HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`;

const backend = (options?: BackendOptions): Promise<ScriptedBackend> => forThisTest(scriptedBackend(options));
const connect = (listener: BuiltListener): Promise<RawClient> => forThisTest(listener.connect());
const open = (listener: BuiltListener) => forThisTest(openHttp2(listener));
const fields = { ':path': '/', ':authority': serverName };

it('a connect timeout is answered, on a kept-alive connection and over HTTP/2', async () => {
  const hole = await forThisTest(blackHole());
  const member = await backend();
  const listener = await aListener(elbow, { members: [member], fields: { http2_enable: true } });
  const client = await connect(listener);
  client.write(get());
  await client.answer(0);
  const session = await open(listener);
  expect((await askHttp2(session, fields)).status).toBe(200);
  await elbow.api.removeMember(listener.pool.id, listener.members[0]!.id);
  await elbow.api.addMember(listener.pool.id, { address: hole.address, protocol_port: hole.port });
  client.write(get());
  const [one, two] = await Promise.all([client.answer(1, 15_000), askHttp2(session, fields)]);
  expect([one.status, two.status, two.ending]).toEqual([504, 504, 'complete']);
  expect(client.ending).toBeNull();
});

it('a member that dies in its answer never looks like a complete one', async () => {
  const bytes = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n';
  const member = await backend({ script: () => ({ kind: 'raw', bytes, ending: 'end' }) });
  const listener = await aListener(elbow, { members: [member], fields: { http2_enable: true } });
  const session = await open(listener);
  expect((await askHttp2(session, fields)).ending).toBe(2);
  const client = await connect(listener);
  client.write(get());
  await client.ended();
  expect(client.answers[0]?.isComplete ?? false).toBe(false);
});

it('a POST on a connection that its member has just closed is answered, never reset: a client would send it again', async () => {
  let warm = 0;
  const member = await backend({
    script: ({ connection, method }) =>
      method === 'POST' && connection <= warm ? { kind: 'reset' } : { kind: 'answer', body: 'ok' },
  });
  const listener = await aListener(elbow, { members: [member] });
  const client = await connect(listener);
  client.write(get());
  await client.answer(0);
  warm = member.connectionsMade;
  client.write(`POST / HTTP/1.1\r\nHost: ${serverName}\r\nContent-Length: 1\r\n\r\nx`);
  expect((await client.answer(1)).status).toBe(502);
  expect(client.ending).toBeNull();
  expect(member.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

it('103 Early Hints and trailers over HTTP/1.1 arrive', async () => {
  const bytes =
    'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n' +
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 42\r\n\r\n';
  const member = await backend({ script: () => ({ kind: 'raw', bytes }) });
  const client = await connect(await aListener(elbow, { members: [member] }));
  client.write(get());
  const answer = await client.answer(1);
  expect(client.answers.map(({ status }) => status)).toEqual([103, 200]);
  expect([answer.body.toString(), answer.trailers]).toEqual(['ok', [['X-Sum', '42']]]);
});

it('a slow head and a slow body are answered 408', async () => {
  const member = await backend();
  const listener = await aListener(elbow, { members: [member], fields: { client_timeout: 1 } });
  for (const bytes of [
    'GET / HT',
    `POST / HTTP/1.1\r\nHost: ${serverName}\r\nContent-Length: 9\r\n\r\nhalf`,
  ]) {
    const client = await connect(listener);
    client.write(bytes);
    const answer = await client.answer();
    expect([answer.status, headerOf(answer, 'connection')]).toEqual([408, 'close']);
  }
});

it('a garbage status line is 502, not HTTP/0.9, and nothing of it reaches the client', async () => {
  for (const bytes of ['hello, world\n', '<html>', 'HTTP/1.1\r\n\r\n', 'HTTP/1.1 99 Low\r\n\r\n']) {
    const member = await backend({ script: () => ({ kind: 'raw', bytes, ending: 'end' }) });
    const client = await connect(await aListener(elbow, { members: [member] }));
    client.write(get());
    const answer = await client.answer();
    expect(answer.status).toBe(502);
    expect(answer.body.toString()).not.toContain('hello');
  }
});

it('a DELETE that a member has run is not run by another', async () => {
  const members = [await backend({ script: () => ({ kind: 'reset' }) }), await backend()];
  const listener = await aListener(elbow, { members });
  const statuses: number[] = [];
  for (let at = 0; at < 2; at++) {
    const client = await connect(listener);
    client.write(`DELETE /one HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`);
    statuses.push((await client.answer()).status);
  }
  expect(statuses.sort()).toEqual([200, 502]);
  expect(members.map(({ requests }) => requests.length)).toEqual([1, 1]);
});

it('twenty changes close no idle connection and fail no request', async () => {
  const members = [await backend(), await backend()];
  const listener = await aListener(elbow, { members, fields: { http2_enable: true } });
  const idle = await Promise.all(Array.from({ length: 12 }, () => connect(listener)));
  const session = await open(listener);
  const other = await testAuthority().then((authority) => authority.issue([serverName], 'rsa'));
  const certificate = { certificate: other.certificatePem, private_key: other.keyPem };
  const statuses: number[] = [];
  for (let round = 0; round < 5; round++) {
    await elbow.api.update('listener', listener.listener.id, { member_timeout: 30 + round });
    await elbow.api.update(
      'certificate',
      listener.certificate!.id,
      round === 2 ? certificate : { name: `r${round}` },
    );
    await elbow.api.updateMember(listener.pool.id, listener.members[0]!.id, { weight: 1 + round });
    await elbow.api.update('pool', listener.pool.id, { name: `round-${round}` });
    for (const client of idle) client.write(get(`/${round}`));
    for (const client of idle) statuses.push((await client.answer(round)).status);
    statuses.push((await askHttp2(session, fields)).status);
  }
  expect(statuses).toEqual(Array(5 * 13).fill(200));
  expect(idle.map(({ ending }) => ending)).toEqual(Array(12).fill(null));
});

it('a TLS connection to a member is not used for another server name', async () => {
  const member = await forThisTest(tlsMember());
  const listener = await aListener(elbow, { members: [member], pool: { protocol: 'HTTPS' } });
  const client = await connect(listener);
  const hosts = ['a.test', 'b.test', 'a.test', 'b.test'];
  for (const host of hosts) client.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  await client.answer(3);
  expect(member.requests.map(({ serverName: name }) => name)).toEqual(hosts);
  const connections = Map.groupBy(member.requests, ({ serverName: name }) => name);
  expect(
    [...connections.values()].map((each) => new Set(each.map(({ connection }) => connection)).size),
  ).toEqual([1, 1]);
});

describe('a limit of concurrent connections', () => {
  it('refuses instead of queueing, counts idle connections, and survives a change', async () => {
    const listener = await aListener(elbow, { members: [await backend()], fields: { connection: 2 } });
    const held = [await connect(listener), await connect(listener)];
    const isRefused = async (): Promise<boolean> => {
      try {
        const ca = (await testAuthority()).certificatePem;
        const client = await openRawClient({
          host: listener.vip,
          port: listener.port,
          tls: { ca, servername: serverName },
        });
        client.close();
        return false;
      } catch {
        return true;
      }
    };
    expect(await isRefused()).toBe(true);
    await elbow.api.update('listener', listener.listener.id, { member_timeout: 30 });
    expect(await isRefused()).toBe(true);
    held[0]!.write(get());
    expect((await held[0]!.answer()).status).toBe(200);
    held[1]!.close();
    await expect.poll(isRefused, { timeout: 10_000 }).toBe(false);
  });
});
