/** Lets a few messages through each second, and says how many it held back. */
export class LogLimiter {
  private readonly perSecond: number;
  private second = -1;
  private passed = 0;
  private held = 0;

  constructor(perSecond: number) {
    this.perSecond = perSecond;
  }

  /** @returns how many messages were held back since the last one that passed; null when this one is held back too */
  pass(nowMs: number): number | null {
    const second = Math.floor(nowMs / 1000);
    if (second !== this.second) {
      this.second = second;
      this.passed = 0;
    }
    if (this.passed >= this.perSecond) {
      this.held++;
      return null;
    }
    this.passed++;
    const { held } = this;
    this.held = 0;
    return held;
  }
}
