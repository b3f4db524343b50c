import type { MemberEntry } from '@elbow/plan';
import type { ResponseHead } from '@elbow/wire';
import type { AttemptRecord } from '../record/exchange-record.ts';

/** Notes times and bytes of one exchange for its record. */
export class Trace {
  readonly attempts: AttemptRecord[] = [];
  readonly startMs: number = performance.now();
  bodyBytesIn = 0;
  bodyBytesOut = 0;
  private current: AttemptRecord | null = null;
  private attemptStartMs = 0;

  attempt(member: MemberEntry): void {
    const { id, address, port } = member;
    // The first attempt begins as soon as the exchange does.
    this.attemptStartMs = this.attempts.length === 0 ? this.startMs : performance.now();
    this.current = { memberId: id, address, port, status: 0, connectMs: -1, headerMs: -1, responseMs: -1 };
    this.attempts.push(this.current);
  }

  /** The connection stands; one that was kept alive took no time. */
  connected(wasKept: boolean): void {
    if (this.current !== null) this.current.connectMs = wasKept ? 0 : this.sinceAttempt();
  }

  answered(head: ResponseHead): void {
    if (this.current === null) return;
    this.current.status = head.status;
    this.current.headerMs = this.sinceAttempt();
  }

  /** @param status of a failed attempt; an answer keeps the status its head had */
  attemptOver(status = 0, nowMs: number = performance.now()): void {
    if (this.current === null) return;
    if (this.current.status === 0) this.current.status = status;
    this.current.responseMs = nowMs - this.attemptStartMs;
    this.current = null;
  }

  /** Ends the exchange; returns how long it took, in ms. */
  over(): number {
    const nowMs = performance.now();
    this.attemptOver(0, nowMs);
    return nowMs - this.startMs;
  }

  private sinceAttempt(): number {
    return performance.now() - this.attemptStartMs;
  }
}
