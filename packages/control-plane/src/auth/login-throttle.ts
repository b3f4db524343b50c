/** Failed logins that a user at an address may have in a window before further ones are refused unseen. */
const maxFailures = 5;
const windowMs = 5 * 60_000;
/** Strangers must not fill memory: beyond this the oldest entries are forgotten. */
const maxEntries = 10_000;
/** Checks of a password cost memory and time: more than this at once are refused. */
const maxChecksInFlight = 4;

interface Failures {
  readonly count: number;
  readonly sinceMs: number;
}

/** Slows down guessing. An attempt counts as a failure from its start, so that many at once are no way around. */
export class LoginThrottle {
  readonly #nowMs: () => number;
  readonly #failures = new Map<string, Failures>();
  #checksInFlight = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** @returns seconds to wait, or 0 when the attempt may be made */
  begin(userName: string, address: string): number {
    const key = `${address} ${userName}`;
    const known = this.#current(key);
    if (known.count >= maxFailures) return Math.ceil((known.sinceMs + windowMs - this.#nowMs()) / 1_000);
    this.#failures.delete(key);
    this.#failures.set(key, { ...known, count: known.count + 1 });
    this.#forgetOldest();
    return 0;
  }

  succeed(userName: string, address: string): void {
    this.#failures.delete(`${address} ${userName}`);
  }

  /** Runs a check of a password. @returns null when too many are running */
  async check(work: () => Promise<boolean>): Promise<boolean | null> {
    if (this.#checksInFlight >= maxChecksInFlight) return null;
    this.#checksInFlight += 1;
    try {
      return await work();
    } finally {
      this.#checksInFlight -= 1;
    }
  }

  #current(key: string): Failures {
    const known = this.#failures.get(key);
    const isStale = known === undefined || this.#nowMs() - known.sinceMs >= windowMs;
    return isStale ? { count: 0, sinceMs: this.#nowMs() } : known;
  }

  #forgetOldest(): void {
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > maxEntries && oldest !== undefined) this.#failures.delete(oldest);
  }
}
