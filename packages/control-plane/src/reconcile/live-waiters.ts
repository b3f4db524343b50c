interface Waiter {
  readonly revision: number;
  readonly finish: (isLive: boolean) => void;
}

/** Those who wait until a revision is served. */
export class LiveWaiters {
  readonly #isLive: (revision: number) => boolean;
  readonly #waiters = new Set<Waiter>();

  constructor(isLive: (revision: number) => boolean) {
    this.#isLive = isLive;
  }

  /** Resolves true as soon as `revision` is live, false after `timeoutMs` or when the waiting is ended. */
  wait(revision: number, timeoutMs: number): Promise<boolean> {
    if (this.#isLive(revision)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => waiter.finish(false), timeoutMs);
      const waiter: Waiter = {
        revision,
        finish: (isLive) => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          resolve(isLive);
        },
      };
      this.#waiters.add(waiter);
    });
  }

  /** To be called whenever a revision may have become live. */
  settle(): void {
    for (const waiter of this.#waiters) if (this.#isLive(waiter.revision)) waiter.finish(true);
  }

  end(): void {
    for (const waiter of this.#waiters) waiter.finish(false);
  }
}
