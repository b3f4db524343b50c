import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clientCounters,
  latencyBoundsMs,
  latencyBucket,
  latencyBuckets,
  upstreamCounters,
} from './counters.ts';

describe('latency buckets', () => {
  it('hold what is at most their bound and more than the one before', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 5e6, noNaN: true }), (ms) => {
        const bucket = latencyBucket(ms);
        expect(ms <= (latencyBoundsMs[bucket] ?? Number.POSITIVE_INFINITY)).toBe(true);
        expect(bucket === 0 || ms > latencyBoundsMs[bucket - 1]!).toBe(true);
      }),
    );
  });

  it('include their bounds, and the last one has none', () => {
    expect(latencyBoundsMs.map((bound) => latencyBucket(bound))).toEqual(latencyBoundsMs.map((_, at) => at));
    expect(latencyBucket(Number.MAX_VALUE)).toBe(latencyBuckets - 1);
    expect([...latencyBoundsMs].sort((a, b) => a - b)).toEqual(latencyBoundsMs);
  });
});

it('no name stands twice in a row, and the sum of durations comes last, right before its buckets', () => {
  for (const names of [clientCounters, upstreamCounters]) {
    expect(new Set<string>(names).size).toBe(names.length);
    expect(names.at(-1)).toBe('durationMs');
  }
});
