import { createServer } from 'node:http';
import {
  aListener,
  askOnce,
  freeAddress,
  listenOn,
  scriptedBackend,
  startElbow,
  tlsMember,
} from '@elbow/testkit';
import type { BuiltListener, Elbow, ReceivedAnswer, TlsMember } from '@elbow/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

// HTTPS pools: requests are encrypted again on their way to the member.

let elbow: Elbow;
let member: TlsMember;
let built: BuiltListener;

beforeAll(async () => {
  // One worker: what connections are used again shows only within one.
  elbow = await startElbow({ workers: 1 });
  member = await tlsMember();
  built = await aListener(elbow, { members: [member], pool: { protocol: 'HTTPS' } });
});
beforeEach(() => void (member.requests.length = 0));
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

const ask = (host: string, listener = built, method = 'GET'): Promise<ReceivedAnswer> =>
  askOnce(listener, '/p', { host, method, timeoutMs: 20_000 });

describe('the server name', () => {
  it.each([
    ['one.example.test', 'one.example.test'],
    ['One.Example.Test:8443', 'one.example.test'],
    ['one.example.test.', 'one.example.test'],
    ['192.0.2.7', null],
    ['[2001:db8::1]:443', null],
  ])('for Host %s is %s, and the Host is passed as it is', async (host, name) => {
    const answer = await ask(host);
    expect([answer.status, answer.body.toString()]).toEqual([200, name ?? 'no name']);
    expect(member.requests[0]).toMatchObject({ host, serverName: name, target: '/p' });
  });

  it('decides which connection is used again: two names never share one', async () => {
    const hosts = ['a.test', 'b.test', 'a.test', 'b.test', 'c.test', 'a.test'];
    for (const host of hosts) expect((await ask(host)).body.toString()).toBe(host);
    const names = Map.groupBy(member.requests, ({ connection }) => connection);
    for (const requests of names.values())
      expect(new Set(requests.map(({ serverName }) => serverName)).size).toBe(1);
    expect(member.requests.map(({ serverName }) => serverName)).toEqual(hosts);
    expect(names.size).toBe(3);
  });
});

describe('certificates of members', () => {
  it('are not verified by default: one for another name will do', async () => {
    expect((await ask('www.example.test')).status).toBe(200);
  });

  it('TLS 1.2 and 1.3 members are reached', async () => {
    const old = await tlsMember({ maxVersion: 'TLSv1.2' });
    const listener = await aListener(elbow, { members: [old], pool: { protocol: 'HTTPS' } });
    expect((await ask('x.test', listener)).status).toBe(200);
    expect([old.requests[0]?.version, member.requests.length]).toEqual(['TLSv1.2', 0]);
    await ask('x.test');
    expect(member.requests[0]?.version).toBe('TLSv1.3');
    await old.stop();
  });
});

/** A member that speaks plain HTTP where TLS is expected: Node's own server answers a client hello with 400. */
async function plainMember(): Promise<{ address: string; port: number; stop(): void }> {
  const server = createServer();
  return { ...(await listenOn(server, freeAddress())), stop: () => void server.close() };
}

describe('a handshake that fails', () => {
  it('is a connection that was never made: even a POST goes to another member', async () => {
    const plain = await plainMember();
    const listener = await aListener(elbow, { members: [plain, member], pool: { protocol: 'HTTPS' } });
    for (let at = 0; at < 4; at++) expect((await ask('x.test', listener, 'POST')).status).toBe(200);
    expect(member.requests).toHaveLength(4);
    plain.stop();
  });

  it('is 502 when there is no other', async () => {
    const deaf = await scriptedBackend();
    await deaf.stop();
    const listener = await aListener(elbow, { members: [deaf], pool: { protocol: 'HTTPS' } });
    expect((await ask('x.test', listener)).status).toBe(502);
  });

  it('is 504 when the member accepts and says nothing for 5 s', async () => {
    const silent = await scriptedBackend({ script: () => ({ kind: 'silence' }) });
    // A hello is no request: the backend waits for the end of a head that never comes.
    const listener = await aListener(elbow, { members: [silent], pool: { protocol: 'HTTPS' } });
    const startMs = performance.now();
    expect((await ask('x.test', listener)).status).toBe(504);
    expect(performance.now() - startMs).toBeGreaterThan(4900);
    await silent.stop();
  });
});
