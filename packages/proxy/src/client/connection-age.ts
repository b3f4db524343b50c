/** Connections end now and then, so that they spread over the workers again. */
export const LONGEST_LIFE_MS = 3_600_000;
export const MOST_REQUESTS = 100_000;

/** Whether a connection has lived long enough or served enough to be told to go. @param ageMs since it was accepted */
export function isDueToLeave(ageMs: number, requestCount: number): boolean {
  return requestCount >= MOST_REQUESTS || ageMs >= LONGEST_LIFE_MS;
}
