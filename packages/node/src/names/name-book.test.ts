import { DnsServer } from '@elbow/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemberAddresses } from './member-addresses.ts';
import { NameBook } from './name-book.ts';
import type { NameAnswers } from './name-disk.ts';
import { dnsResolver, type NameAnswer } from './name-resolver.ts';
import { poolChunk } from '../testing/chunks.ts';

describe('dnsResolver', () => {
  let server: DnsServer;
  beforeEach(async () => {
    server = await DnsServer.start();
  });
  afterEach(() => server.stop());

  it('takes IPv4 addresses, IPv6 ones where there are no others, and the shortest time', async () => {
    const resolve = dnsResolver([server.place]);
    server.answers.set('both.test', { addresses: ['127.0.0.9', '127.0.0.10', '2001:db8::1'], ttlSeconds: 7 });
    server.answers.set('six.test', { addresses: ['2001:db8::2'], ttlSeconds: 9 });
    expect(await resolve('both.test')).toEqual({ addresses: ['127.0.0.10', '127.0.0.9'], ttlSeconds: 7 });
    expect(await resolve('six.test')).toEqual({ addresses: ['2001:db8::2'], ttlSeconds: 9 });
    await expect(resolve('none.test')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    server.answers.set('empty.test', { addresses: [], ttlSeconds: 1 });
    await expect(resolve('empty.test')).rejects.toMatchObject({ code: 'ENODATA' });
  });
});

describe('a name book', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function aBook(known: NameAnswers = new Map()) {
    const answers: (NameAnswer | Error)[] = [];
    const asked: number[] = [];
    let changes = 0;
    const begin = Date.now();
    const book = new NameBook({
      resolve: async () => {
        asked.push(Date.now() - begin);
        const answer = answers.shift() ?? new Error('ESERVFAIL');
        if (answer instanceof Error) throw answer;
        return answer;
      },
      known,
      onChange: () => void changes++,
    });
    return { book, answers, asked, changes: () => changes };
  }
  const one: NameAnswer = { addresses: ['192.0.2.1'], ttlSeconds: 60 };

  it('asks again when the answer has expired, within bounds', async () => {
    const { book, answers, asked, changes } = aBook();
    answers.push({ ...one, ttlSeconds: 0 }, one, { ...one, ttlSeconds: 86_400 }, one);
    book.follow(new Set(['a.test']));
    await book.settled(1000);
    await vi.advanceTimersByTimeAsync(1000 + 60_000 + 300_000);
    expect(asked).toEqual([0, 1000, 61_000, 361_000]);
    expect(changes()).toBe(1);
    book.stop();
  });

  it('keeps the last answer through failures, says why, and asks ever less often', async () => {
    const { book, answers, asked, changes } = aBook();
    answers.push({ ...one, ttlSeconds: 1 });
    book.follow(new Set(['a.test']));
    await vi.advanceTimersByTimeAsync(100_000);
    expect(asked).toEqual([0, 1000, 2000, 4000, 8000, 16_000, 32_000, 62_000, 92_000]);
    expect(book.get('a.test')).toEqual({
      addresses: ['192.0.2.1'],
      problem: 'a.test cannot be resolved: ESERVFAIL',
    });
    answers.push({ addresses: ['192.0.2.2'], ttlSeconds: 60 });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(book.get('a.test')).toEqual({ addresses: ['192.0.2.2'], problem: null });
    expect(changes()).toBe(2);
    book.stop();
  });

  it('asks nothing about names that are not in use any more', async () => {
    const { book, asked } = aBook();
    book.follow(new Set(['a.test']));
    await book.settled(1000);
    book.follow(new Set());
    await vi.advanceTimersByTimeAsync(100_000);
    expect([asked, book.get('a.test').addresses]).toEqual([[0], []]);
  });

  it('begins with what an earlier run knew, waits for nobody then, and asks all the same', async () => {
    const { book, answers, asked, changes } = aBook(new Map([['a.test', ['192.0.2.7']]]));
    book.follow(new Set(['a.test']));
    expect(book.get('a.test')).toEqual({ addresses: ['192.0.2.7'], problem: null });
    await book.settled(60_000);
    await vi.advanceTimersByTimeAsync(0);
    expect(book.get('a.test').problem).toContain('ESERVFAIL');
    expect([book.answers().get('a.test'), changes()]).toEqual([['192.0.2.7'], 0]);
    answers.push(one);
    await vi.advanceTimersByTimeAsync(1000);
    expect([asked, book.get('a.test'), changes()]).toEqual([
      [0, 1000],
      { addresses: ['192.0.2.1'], problem: null },
      1,
    ]);
    book.stop();
  });

  it('waits for slow names no longer than told', async () => {
    const book = new NameBook({ resolve: () => new Promise(() => {}), known: new Map(), onChange: () => {} });
    book.follow(new Set(['slow.test']));
    const settled = book.settled(1500);
    await vi.advanceTimersByTimeAsync(1500);
    await settled;
    book.stop();
  });
});

describe('addresses of members', () => {
  const known = new Map<string, readonly string[]>();
  const addresses = new MemberAddresses(
    { get: (name) => ({ addresses: known.get(name) ?? [], problem: null }) },
    (address) => (address.startsWith('169.254.') ? `${address} is a link-local address` : null),
  );
  const [plain, named] = [
    poolChunk('p', [1]).members[0]!,
    { ...poolChunk('p', [2]).members[0]!, address: 'a.test' },
  ];
  const pool = { ...poolChunk('p', []), members: [plain, named] };
  const used = () => addresses.resolved('hash', pool).chunk.members.map(({ address }) => address);

  it('stay the same for as long as the name stands for them', () => {
    expect(used()).toEqual(['127.0.0.1']);
    known.set('a.test', ['192.0.2.1', '192.0.2.2']);
    expect(used()).toEqual(['127.0.0.1', '192.0.2.1']);
    const { hash } = addresses.resolved('hash', pool);
    known.set('a.test', ['192.0.2.0', '192.0.2.1']);
    expect(used()).toEqual(['127.0.0.1', '192.0.2.1']);
    expect(addresses.resolved('hash', pool).hash).toBe(hash);
    known.set('a.test', ['192.0.2.0', '192.0.2.9']);
    expect(used()).toEqual(['127.0.0.1', '192.0.2.0']);
    expect(addresses.resolved('hash', pool).hash).not.toBe(hash);
  });

  it('that members must not have are not used', () => {
    known.set('a.test', ['169.254.169.254', '192.0.2.5']);
    expect(addresses.place(named)).toEqual({
      addresses: ['169.254.169.254', '192.0.2.5'],
      inUse: '192.0.2.5',
      problem: null,
    });
    known.set('a.test', ['169.254.169.254']);
    expect(addresses.place(named)).toMatchObject({
      inUse: null,
      problem: '169.254.169.254 is a link-local address',
    });
    expect(used()).toEqual(['127.0.0.1']);
  });

  it('leave pools without names as they are', () => {
    const without = poolChunk('q', [1, 2]);
    expect(addresses.resolved('hash', without)).toEqual({ hash: 'hash', chunk: without });
    expect(addresses.resolved('hash', without).chunk).toBe(without);
  });
});
