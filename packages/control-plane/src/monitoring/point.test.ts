import * as fc from 'fast-check';
import { clientCounters, clientRowLength, upstreamRowLength } from '@elbow/plan';
import { describe, expect, it } from 'vitest';
import { maximumMs, quantileMs } from './latency.ts';
import {
  addCounts,
  addGauge,
  addPoint,
  bucketsOf,
  client,
  closeSample,
  decodePoint,
  emptyPoint,
  encodePoint,
  isIdle,
  mostOf,
} from './point.ts';

const counts = (requests: number) => {
  const row = Array.from({ length: clientRowLength }, () => 0);
  row[clientCounters.indexOf('requests')] = requests;
  return { client: row, upstream: Array.from({ length: upstreamRowLength }, () => 0) };
};

describe('a point', () => {
  it('holds what was counted since the look before, also by counters that began anew', () => {
    const point = emptyPoint();
    addCounts(point, counts(5), null);
    expect(client(point, 'requests')).toBe(5);
    addCounts(point, counts(7), counts(5));
    expect(client(point, 'requests')).toBe(7);
    addCounts(point, counts(3), counts(7));
    expect(client(point, 'requests')).toBe(10);
  });

  it('adds up counts and keeps the most of gauges', () => {
    const sum = emptyPoint();
    for (const open of [3, 9, 4]) {
      const point = emptyPoint();
      addGauge(point, 'openConnections', open);
      addPoint(sum, closeSample(point));
    }
    expect(mostOf(sum, 'openConnections')).toBe(9);
  });

  it('is idle when nothing but looking happened', () => {
    expect(isIdle(closeSample(emptyPoint()))).toBe(true);
    const point = emptyPoint();
    addCounts(point, counts(1), null);
    expect(isIdle(closeSample(point))).toBe(false);
  });

  it('comes back from its text', () => {
    const number = fc.oneof(fc.constant(0), fc.nat(), fc.double({ min: 0, max: 1e9, noNaN: true }));
    fc.assert(
      fc.property(fc.array(number, { minLength: clientRowLength, maxLength: clientRowLength }), (row) => {
        const point = emptyPoint();
        addCounts(point, { ...counts(0), client: row.map((value) => Math.round(value * 1000) / 1000) }, null);
        expect(decodePoint(encodePoint(point))).toEqual(point);
      }),
    );
  });
});

describe('latencies', () => {
  const buckets = (...pairs: readonly (readonly [at: number, count: number])[]) => {
    const all = bucketsOf(emptyPoint(), 'client');
    for (const [at, count] of pairs) all[at] = count;
    return all;
  };

  it('lie within their bucket', () => {
    // 1 to 2 ms, and 100 to 200 ms.
    const seen = buckets([5, 90], [11, 10]);
    expect(quantileMs(seen, 0.5)).toBeCloseTo(1 + 50 / 90);
    expect(quantileMs(seen, 0.95)).toBe(150);
    expect(maximumMs(seen)).toBe(200);
  });

  it('are none without a request', () => {
    expect([quantileMs(buckets(), 0.5), maximumMs(buckets())]).toEqual([null, null]);
  });

  it('above the last bound are at least that', () => {
    expect([quantileMs(buckets([23, 1]), 0.5), maximumMs(buckets([23, 1]))]).toEqual([1_000_000, 1_000_000]);
  });
});
