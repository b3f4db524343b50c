/** How the time of a thread was spent: what `performance.eventLoopUtilization` says, in ms since the thread began. */
export interface LoopTimes {
  readonly active: number;
  readonly idle: number;
}

/**
 * Whether a worker is short of time. Judged once a second by the second before, and believed to be over only when it is
 * well below the limit: what compression costs would otherwise switch it on and off all the time.
 */
export class CpuPressure {
  private readonly limit: number;
  private readonly read: () => LoopTimes;
  private last: LoopTimes;
  private isHigh = false;

  /** @param percent of the worker's time; 0: never short */
  constructor(percent: number, read: () => LoopTimes) {
    this.limit = percent / 100;
    this.read = read;
    this.last = read();
  }

  /** About once a second. @returns whether the worker is short of time now */
  judge(): boolean {
    const now = this.read();
    const active = now.active - this.last.active;
    const all = active + now.idle - this.last.idle;
    this.last = now;
    if (this.limit === 0 || all <= 0) return false;
    const share = active / all;
    this.isHigh = this.isHigh ? share > this.limit * WELL_BELOW : share > this.limit;
    return this.isHigh;
  }
}

const WELL_BELOW = 0.8;
