/** In the long run, work takes a tenth of the time. */
const RESTS_PER_WORK = 10;
/** So much rest may be owed: the first pieces of work after a quiet time come one after the other. */
const CREDIT_MS = 1_000;
const LONGEST_REST_MS = 1_000;

/** How often something is done that may be due many times a second, such as to write a file on a disk that others need. */
export class WritePace {
  private owedMs = 0;
  private atMs = 0;

  /**
   * Notes a piece of work.
   * @param nowMs when it ended
   * @returns how long to rest before the next one
   */
  restAfter(workMs: number, nowMs: number): number {
    this.owedMs = Math.max(0, this.owedMs - (nowMs - this.atMs)) + workMs * RESTS_PER_WORK;
    this.atMs = nowMs;
    return Math.min(Math.max(0, this.owedMs - CREDIT_MS), LONGEST_REST_MS);
  }
}
