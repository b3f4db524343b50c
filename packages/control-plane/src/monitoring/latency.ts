import { latencyBoundsMs } from '@elbow/plan';

/**
 * The time that a share of the requests did not exceed. Between the bounds of a bucket it is interpolated, so it is as
 * exact as the buckets are: each is about twice as wide as the one before.
 * @param share 0 to 1
 * @returns milliseconds, or null without a request
 */
export function quantileMs(buckets: Float64Array, share: number): number | null {
  const total = buckets.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let left = share * total;
  for (const [at, count] of buckets.entries()) {
    if (count > 0 && left <= count) return within(at, left / count);
    left -= count;
  }
  return maximumMs(buckets);
}

function within(bucket: number, share: number): number {
  const low = latencyBoundsMs[bucket - 1] ?? 0;
  const high = latencyBoundsMs[bucket] ?? low;
  return low + (high - low) * share;
}

/** The bound that no request exceeded; of the last bucket, which has none, where it begins. */
export function maximumMs(buckets: Float64Array): number | null {
  const last = buckets.findLastIndex((count) => count > 0);
  if (last === -1) return null;
  return latencyBoundsMs[last] ?? latencyBoundsMs.at(-1)!;
}
