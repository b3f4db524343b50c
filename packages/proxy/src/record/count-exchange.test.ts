import { clientCounters, type PoolChunk, upstreamCounters } from '@elbow/plan';
import { describe, expect, it } from 'vitest';
import { counterArenaBytes, counterOffset } from '../shared/counter-arena.ts';
import { CounterBook } from './counter-book.ts';
import { countExchange } from './count-exchange.ts';
import type { ExchangeRecord } from './exchange-record.ts';
import { sampleAttempt, sampleListener, sampleRecord } from './sample-record.ts';

const rows = { listener: [1, 2], pool: [3, 4, 5, 6] } as const;

function shared(chunk: object): SharedArrayBuffer {
  const text = new TextEncoder().encode(JSON.stringify(chunk));
  const buffer = new SharedArrayBuffer(text.length);
  new Uint8Array(buffer).set(text);
  return buffer;
}

/** Counts records, and shows what stands in a row by name, without zeros. */
function counting(...records: readonly ExchangeRecord[]) {
  const buffer = new SharedArrayBuffer(counterArenaBytes(2));
  const book = new CounterBook(1);
  const members = ['m1', 'm2'].map((id) => ({ id }));
  const pool = { kind: 'pool', id: 'p1', members } as unknown as PoolChunk;
  const place = { hash: 'h', slot: null, ownerSlot: null, memberSlots: [] };
  book.apply({
    counterArenas: [{ index: 0, buffer }],
    remove: [],
    put: [
      {
        kind: 'listener',
        id: sampleListener.id,
        json: shared(sampleListener),
        counterRows: rows.listener,
        ...place,
      },
      { kind: 'pool', id: 'p1', json: shared(pool), counterRows: rows.pool, ...place },
    ],
  });
  for (const record of records) countExchange(book, record);
  const numbers = new Float64Array(buffer);
  const show = (row: number, names: readonly string[]) => {
    const start = counterOffset(row, 1);
    const named = names.map((name, at) => [name, numbers[start + at]] as const);
    const timed = numbers.slice(start + names.length, start + 48).reduce((sum, count) => sum + count, 0);
    return Object.fromEntries([...named, ['timed', timed] as const].filter(([, count]) => count !== 0));
  };
  return {
    book,
    client: show(1, clientCounters),
    upstream: show(2, upstreamCounters),
    poolClient: show(3, clientCounters),
    poolUpstream: show(4, upstreamCounters),
    m1: show(5, upstreamCounters),
    m2: show(6, upstreamCounters),
    otherWorker: numbers.slice(0, counterOffset(0, 1)).some((count) => count !== 0),
  };
}

describe('countExchange', () => {
  it('adds an exchange to its listener, its pool and its member, in the rows of this worker', () => {
    const counts = counting(sampleRecord(), sampleRecord({ status: 404 }));
    const client = {
      requests: 2,
      status2xx: 1,
      status4xx: 1,
      status404: 1,
      requestBytes: 240,
      sentBytes: 1000,
      durationMs: 2032,
      timed: 2,
    };
    const upstream = { attempts: 2, status2xx: 2, durationMs: 2031.2, timed: 2 };
    expect(counts).toMatchObject({
      client,
      poolClient: client,
      upstream,
      poolUpstream: upstream,
      m1: upstream,
      m2: {},
    });
    expect(counts.otherWorker).toBe(false);
  });

  it('tells a retry from a new connection to the same member', () => {
    const broken = sampleAttempt({ status: 502, headerMs: -1 });
    const stale = counting(sampleRecord({ attempts: [broken, sampleAttempt()] }));
    expect(stale.upstream).toMatchObject({ attempts: 2, responseErrors: 1, status2xx: 1 });
    expect(stale.upstream).not.toHaveProperty('retries');
    const retried = counting(sampleRecord({ attempts: [broken, sampleAttempt({ memberId: 'm2' })] }));
    expect(retried.upstream).toMatchObject({ attempts: 2, retries: 1, responseErrors: 1 });
    expect(retried.m1).toEqual({ attempts: 1, responseErrors: 1 });
    expect(retried.m2).toMatchObject({ attempts: 1, retries: 1, status2xx: 1 });
  });

  it.each([
    ['connectErrors', { status: 502, connectMs: -1 }],
    ['connectTimeouts', { status: 504, connectMs: -1 }],
    ['responseErrors', { status: 502 }],
    ['responseTimeouts', { status: 504 }],
  ])('counts %s', (counter, changes) => {
    const attempts = [sampleAttempt({ headerMs: -1, ...changes })];
    expect(counting(sampleRecord({ status: changes.status, attempts })).m1).toEqual({
      attempts: 1,
      [counter]: 1,
    });
  });

  it('blames a member neither for a client that left nor for trouble of this machine', () => {
    const attempts = [sampleAttempt({ status: 0, headerMs: -1 })];
    const left = counting(sampleRecord({ status: 499, isCut: true, attempts }));
    expect(left.m1).toEqual({ attempts: 1, abandoned: 1 });
    expect(left.client).toMatchObject({ status4xx: 1, status499: 1, cutAnswers: 1 });
    expect(counting(sampleRecord({ status: 503, attempts })).m1).toEqual({ attempts: 1 });
  });

  it('counts tunnels, but not for how long they were open', () => {
    const tunnel = sampleRecord({
      status: 101,
      isTunnel: true,
      durationMs: 3_600_000,
      attempts: [sampleAttempt({ status: 101 })],
    });
    const { client, m1 } = counting(tunnel);
    expect(client).toEqual({ requests: 1, status1xx: 1, requestBytes: 120, sentBytes: 500, tunnels: 1 });
    expect(m1).toEqual({ attempts: 1, status1xx: 1 });
  });

  it('counts nothing in rows of objects that left the plan', () => {
    const { book } = counting();
    const remove = [
      { kind: 'listener', id: sampleListener.id },
      { kind: 'pool', id: 'p1' },
    ] as const;
    book.apply({ counterArenas: [], put: [], remove });
    expect([book.listener(sampleListener.id), book.pool('p1')]).toEqual([null, null]);
    countExchange(book, sampleRecord());
  });
});
