import { createServer } from 'node:net';
import { blackHole, freeAddress, http2Member, listenOn } from '@elbow/testkit';
import type { Http2Member } from '@elbow/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { FlushTurn } from '../client/flush-turn.ts';
import { aRequest, ListeningOwner } from '../testing/listening-owner.ts';
import { Http2MemberPool } from './http2-member-pool.ts';

const started: { stop(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.stop()));
});

const clock = { nowMs: 1_000_000 };

function poolFor({ address, port }: { address: string; port: number }): Http2MemberPool {
  const target = { address, port, protocol: 'http2', tls: null, serverName: null, sources: [] } as const;
  const pool = new Http2MemberPool(target, { flushTurn: new FlushTurn(), clock });
  started.push({ stop: () => pool.close() });
  return pool;
}

async function aMember(): Promise<Http2Member> {
  const member = await http2Member(({ stream, headers }) => {
    if (headers[':method'] === 'POST') return; // says nothing until a test does
    stream.respond({ ':status': 200 });
    stream.end('ok');
  });
  started.push(member);
  return member;
}

describe('connections', () => {
  it('requests that come while one is being made share it, and so do those after', async () => {
    const member = await aMember();
    const pool = poolFor(member);
    const links = [pool.take(), pool.take(), pool.open()];
    const owners = links.map((link) => ListeningOwner.begin(link));
    for (const owner of owners) expect(await owner.until('end')).toContain('body ok');
    await ListeningOwner.begin(pool.take()).until('end');
    expect([member.connectionsMade, links.map(({ wasUsed }) => wasUsed)]).toEqual([1, [false, false, false]]);
    expect(pool.take().wasUsed).toBe(true);
  });

  it('one that is being made and that nobody waits for any more is dropped', async () => {
    const hole = await blackHole();
    started.push(hole);
    const pool = poolFor(hole);
    const links = [pool.take(), pool.take()];
    for (const link of links) ListeningOwner.begin(link);
    links[0]!.discard();
    expect(pool.isUnused).toBe(false);
    links[1]!.discard();
    expect(pool.isUnused).toBe(true);
  });

  it('whose member was silent carries nothing new, and what is open on it goes on', async () => {
    const member = await aMember();
    const pool = poolFor(member);
    const open = pool.take();
    const owner = ListeningOwner.begin(open, aRequest('POST'));
    await member.until(() => member.calls.length === 1, 'the open call');
    const silent = pool.take();
    ListeningOwner.begin(silent, aRequest('POST'));
    silent.giveUp();
    await ListeningOwner.begin(pool.take()).until('end');
    expect(member.connectionsMade).toBe(2);
    member.calls[0]!.stream.respond({ ':status': 204 }, { endStream: true });
    expect(await owner.until('end')).toContain('head 204');
  });

  it('are closed when they have been idle for a minute', async () => {
    const member = await aMember();
    const pool = poolFor(member);
    await ListeningOwner.begin(pool.take()).until('end');
    clock.nowMs += 59_000;
    pool.expire();
    expect(pool.isUnused).toBe(false);
    clock.nowMs += 1000;
    pool.expire();
    expect(pool.isUnused).toBe(true);
    await member.until(() => member.openSessions.length === 0, 'the end of the connection');
  });
});

describe('a stream', () => {
  it('whose answer is complete before its request is ended at the member, too', async () => {
    const member = await aMember();
    const pool = poolFor(member);
    const owner = ListeningOwner.begin(pool.take(), aRequest('POST'));
    await member.until(() => member.calls.length === 1, 'the call');
    member.calls[0]!.stream.respond({ ':status': 413 }, { endStream: true });
    expect(await owner.until('end')).toEqual(['connected', 'head 413', 'end']);
    await member.until(() => member.calls[0]!.stream.closed, 'the end of the stream');
  });

  it('that the member did not begin with fails like a connection that was never made', async () => {
    // SETTINGS and, for the first HEADERS that come, GOAWAY with last stream 0.
    const server = createServer((socket) => {
      socket.write(Buffer.from('000000040000000000', 'hex'));
      socket.on('data', () => socket.write(Buffer.from('0000080700000000000000000000000000', 'hex')));
      socket.on('error', () => {});
    });
    started.push({ stop: () => void server.close() });
    const pool = poolFor(await listenOn(server, freeAddress()));
    const owner = ListeningOwner.begin(pool.take(), aRequest('POST'));
    expect(await owner.until('failed')).toEqual(['connected', 'failed connect-error']);
  });
});
