/** `000` to `999`. */
const thousandths: readonly string[] = Array.from({ length: 1000 }, (_, at) => String(at).padStart(3, '0'));
/** `0.000` to `0.999`. */
const belowOne: readonly string[] = thousandths.map((digits) => `0.${digits}`);

/** The time as access logs write it. The part that changes once a second is made once a second. */
export class LogClock {
  private atMs = -1;
  private second = -1;
  /** Local time with its offset from UTC, for example `2026-02-14T14:23:56+02:00`. */
  iso8601 = '';
  /** Seconds since 1970 with three decimals. */
  msec = '';
  /** Both as a line of the cloud's format begins. */
  lineStart = '';

  set(nowMs: number): void {
    if (nowMs === this.atMs) return;
    this.atMs = nowMs;
    const second = Math.floor(nowMs / 1000);
    if (second !== this.second) {
      this.second = second;
      this.iso8601 = localTime(second * 1000);
    }
    this.msec = `${second}.${thousandths[Math.floor(nowMs - second * 1000)]!}`;
    this.lineStart = `${this.msec} - [${this.iso8601}] elb_01 `;
  }
}

/** Milliseconds as seconds with three decimals; `-` where there was no such time. */
export function seconds(ms: number): string {
  if (ms < 0) return '-';
  const whole = Math.round(ms);
  return whole < 1000 ? belowOne[whole]! : `${Math.floor(whole / 1000)}.${thousandths[whole % 1000]!}`;
}

function localTime(atMs: number): string {
  const date = new Date(atMs);
  const offset = -date.getTimezoneOffset();
  const local = new Date(atMs + offset * 60_000).toISOString().slice(0, 19);
  const distance = Math.abs(offset);
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(distance / 60))}:${two(distance % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
