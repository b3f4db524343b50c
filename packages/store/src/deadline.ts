import { UnitTimedOut } from './errors.ts';

/** Settles as `work` does, or rejects with `UnitTimedOut` first. `work` goes on but nobody listens any more. */
export async function withDeadline<T>(work: () => Promise<T>, timeoutMs: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new UnitTimedOut(timeoutMs)), timeoutMs);
  try {
    return await Promise.race([work(), promise]);
  } finally {
    clearTimeout(timer);
  }
}
