/** A rate as the gate counts it: what passes at once, and how fast it comes again. All times in microseconds. */
export interface Rate {
  readonly intervalUs: number;
  readonly toleranceUs: number;
}

/**
 * A rate under which a full second's worth may pass at once, and `burst` more; after that one request each interval.
 * The cloud's words for it are "requests per second", and a second that was quiet counts.
 */
export function rateOf(perSecond: number, burst = 0): Rate {
  const intervalUs = 1_000_000 / perSecond;
  return { intervalUs, toleranceUs: (perSecond + burst - 1) * intervalUs };
}

/**
 * The generic cell rate algorithm (ITU-T I.371): a whole history in one number.
 * @param dueUs what the gate returned for the request before, or anything in the past
 * @returns the next such number, or null when the request must not pass; nothing is to be kept then
 */
export function passGate(dueUs: number, nowUs: number, rate: Rate): number | null {
  const start = Math.max(dueUs, nowUs);
  return start - nowUs > rate.toleranceUs ? null : start + rate.intervalUs;
}
