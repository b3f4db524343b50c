/** A new member's share is recomputed once in this time. */
export const SLOW_START_STEP_MS = 1000;

const WHOLE = 100;

/**
 * How much of its weight a member gets, in percent: from 1 at its start, in a straight line, to 100 when the time is
 * over. A start in the future, by a clock that was set back, counts as now.
 */
export function slowStartPercent(startMs: number, durationMs: number, nowMs: number): number {
  const percent = Math.floor(((nowMs - startMs) * WHOLE) / durationMs);
  return Math.min(WHOLE, Math.max(1, percent));
}

/**
 * Weights under slow start, in hundredths so that they are whole; the weights themselves when nobody is slow. Where
 * all members are slow their shares are those among them, so that requests still get somewhere.
 */
export function slowShares(weights: readonly number[], percents: readonly number[]): readonly number[] {
  const isSlow = weights.some((weight, member) => weight > 0 && percents[member] !== WHOLE);
  return isSlow ? weights.map((weight, member) => weight * percents[member]!) : weights;
}
