/** A life this long was no part of a crash loop. */
const STEADY_LIFE_MS = 30_000;
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 15_000;
/** A role that dies this often without ever having been ready will not be ready the next time either. */
const ATTEMPTS_AT_FIRST_START = 5;

export interface Ending {
  /** Whether any life of this role in this run got to be ready. */
  readonly hasEverBeenReady: boolean;
  /** Whether the role itself said that it cannot start, and did not just die. */
  readonly saidWhy: boolean;
  readonly livedMs: number;
  /** Endings in a row after short lives, this one included. */
  readonly endingsInARow: number;
}

export type NextStep = { readonly type: 'give-up' } | { readonly type: 'restart'; readonly delayMs: number };

/** How many endings in a row there are now, this one included. */
export function endingsInARow(before: number, livedMs: number): number {
  return livedMs >= STEADY_LIFE_MS ? 1 : before + 1;
}

/**
 * What the supervisor does when a child ended by itself: at once again the first time, then slower and slower.
 *
 * It gives up only while nothing has worked yet, when a person is watching the start and has to be told. Later it
 * never does: the other child serves on, and taking it down would turn a fault of one into an outage of both.
 */
export function nextStep({ hasEverBeenReady, saidWhy, endingsInARow }: Ending): NextStep {
  if (!hasEverBeenReady && (saidWhy || endingsInARow >= ATTEMPTS_AT_FIRST_START)) return { type: 'give-up' };
  if (endingsInARow <= 1) return { type: 'restart', delayMs: 0 };
  return { type: 'restart', delayMs: Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (endingsInARow - 2)) };
}
