import type { PoolMessages } from './messages.ts';

/** What the time until a change is noticed follows from; nothing is there while it is typed. */
export interface Timing {
  readonly delay?: number | null;
  readonly timeout?: number | null;
  readonly max_retries?: number | null;
  readonly max_retries_down?: number | null;
}

/** So many checks, each as long as its timeout, an interval apart. */
export function windowSeconds({ delay, timeout }: Timing, checks: number): number {
  return (timeout ?? 0) * checks + (delay ?? 0) * (checks - 1);
}

/** How long it takes until a failed server is out, and a recovered one back. */
export function windowText(timing: Timing, { monitor: t }: PoolMessages): string {
  const { max_retries: rise, max_retries_down: fall } = timing;
  return t.window(windowSeconds(timing, fall ?? 1), windowSeconds(timing, rise ?? 1));
}

/** The sums behind it. */
export function formulaText(timing: Timing, { monitor: t }: PoolMessages): string {
  const sum = (checks: number): string => {
    const { delay, timeout } = timing;
    return `${timeout ?? 0} × ${checks} + ${delay ?? 0} × ${checks - 1} = ${windowSeconds(timing, checks)} s`;
  };
  return t.formula(sum(timing.max_retries_down ?? 1), sum(timing.max_retries ?? 1));
}
