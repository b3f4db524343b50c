/** A clock that stands until a test moves it; timers run in the order of their time, within {@link advance}. */
export class ManualClock {
  private nowMs: number;
  private readonly timers = new Set<{ readonly atMs: number; readonly run: () => void }>();

  constructor(startMs = 0) {
    this.nowMs = startMs;
  }

  /** Milliseconds since 1970. Bound, so that it can be handed out as a function. */
  readonly now = (): number => this.nowMs;

  /** Runs `work` once the clock has been moved `delayMs` on. @returns a function that cancels it */
  readonly after = (delayMs: number, work: () => void): (() => void) => {
    const timer = { atMs: this.nowMs + delayMs, run: work };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  };

  /** Moves on by `durationMs`, running what falls due on the way, timers set on the way included. */
  advance(durationMs: number): void {
    const endMs = this.nowMs + durationMs;
    for (let next = this.nextBefore(endMs); next !== undefined; next = this.nextBefore(endMs)) {
      this.timers.delete(next);
      this.nowMs = next.atMs;
      next.run();
    }
    this.nowMs = endMs;
  }

  private nextBefore(endMs: number): { readonly atMs: number; readonly run: () => void } | undefined {
    let earliest: { readonly atMs: number; readonly run: () => void } | undefined;
    for (const timer of this.timers) {
      if (timer.atMs <= endMs && (earliest === undefined || timer.atMs < earliest.atMs)) earliest = timer;
    }
    return earliest;
  }
}
