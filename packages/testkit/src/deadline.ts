/**
 * Waits for `work`, at most `timeoutMs`.
 * @throws Error that names `what` when the time is over; it may be a function, asked only then
 */
export async function withDeadline<T>(
  work: Promise<T>,
  timeoutMs: number,
  what: string | (() => string),
): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`not within ${timeoutMs} ms: ${typeof what === 'string' ? what : what()}`));
  }, timeoutMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Asks again until the answer is neither null nor false, for states that send no event (a port that opens, a
 * process that appears). Asks every `everyMs` (20), at most `timeoutMs` long.
 */
export async function poll<T>(
  ask: () => Promise<T | null | false> | T | null | false,
  { timeoutMs, everyMs = 20, what }: { timeoutMs: number; everyMs?: number; what: string | (() => string) },
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    if (performance.now() > end) {
      throw new Error(`not within ${timeoutMs} ms: ${typeof what === 'string' ? what : what()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
