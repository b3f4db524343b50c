import { scriptedBackend } from '@elbow/testkit';
import type { Reply, ScriptedBackend } from '@elbow/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { ListeningOwner } from '../testing/listening-owner.ts';
import { FlushTurn } from '../client/flush-turn.ts';
import { MemberPool } from './member-pool.ts';

const started: { stop(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.stop()));
});

/** A member, a pool of at most two idle connections to it, and the pool's clock. */
async function setUp(reply: Reply = { kind: 'answer', body: 'ok' }) {
  const member: ScriptedBackend = await scriptedBackend({ script: () => reply });
  const clock = { nowMs: 1_000_000 };
  const { address, port } = member;
  const target = { address, port, protocol: 'http1', tls: null, serverName: null, sources: [] } as const;
  const pool = new MemberPool(target, 2, { clock, flushTurn: new FlushTurn() });
  started.push(member, { stop: () => pool.close() });
  const ask = async (method = 'GET'): Promise<{ wasUsed: boolean; log: readonly string[] }> => {
    const link = pool.take(method);
    const { wasUsed } = link;
    return { wasUsed, log: await ListeningOwner.begin(link).until('end') };
  };
  return { member, pool, clock, ask };
}

describe('a kept-alive connection', () => {
  it('is used again within a minute by requests that may be repeated, within a second by others', async () => {
    const { clock, ask } = await setUp();
    const used: boolean[] = [];
    for (const [method, idleMs] of [
      ['GET', 0],
      ['GET', 59_000],
      ['POST', 900],
      ['POST', 1000],
      ['GET', 60_000],
    ] as const) {
      clock.nowMs += idleMs;
      used.push((await ask(method)).wasUsed);
    }
    expect(used).toEqual([false, true, true, false, false]);
  });

  it('is used for a second less than its member promised', async () => {
    const { clock, ask } = await setUp({ kind: 'answer', headers: [['Keep-Alive', 'timeout=5']] });
    const used: boolean[] = [];
    for (const idleMs of [0, 3900, 4000]) {
      clock.nowMs += idleMs;
      used.push((await ask()).wasUsed);
    }
    expect(used).toEqual([false, true, false]);
  });

  it('is kept up to the cap of its pool, and given up when idle for too long', async () => {
    const { member, pool, clock } = await setUp();
    const owners = [1, 2, 3, 4].map(() => ListeningOwner.begin(pool.take('GET')));
    await Promise.all(owners.map((owner) => owner.until('end')));
    await member.until(() => member.openConnections === 2, 'two connections');
    clock.nowMs += 60_000;
    pool.expire();
    await member.until(() => member.openConnections === 0, 'no connection');
  });

  it.each([
    [
      'bytes behind the answer',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret',
    ],
    ['Connection: close', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok'],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ])('is not used again after %s', async (_what, bytes) => {
    const { ask } = await setUp({ kind: 'raw', bytes });
    expect((await ask()).log).toEqual(['connected', 'head 200', 'body ok', 'end']);
    expect(await ask()).toMatchObject({ wasUsed: false, log: ['connected', 'head 200', 'body ok', 'end'] });
  });

  it('on which the member speaks unasked is dropped', async () => {
    const { member, ask } = await setUp({
      kind: 'raw',
      bytes: 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
    });
    await ask();
    member.script = () => ({ kind: 'raw', bytes: 'HTTP/1.1 408 Too late\r\n\r\n', ending: 'end' });
    await ask();
    await member.until(() => member.openConnections === 0, 'no connection');
  });
});
