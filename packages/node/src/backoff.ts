export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * Delay before attempt `attempt` (0 is the first retry): doubled each time up to a longest, of which a random part
 * up to a half is taken off, so that many do not come back in the same moment.
 * @param random in [0, 1).
 */
export function backoffMs({ firstMs, longestMs }: Backoff, attempt: number, random: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 30));
  return Math.round(full * (1 - random / 2));
}
