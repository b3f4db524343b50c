import { bodyPatienceMs } from '@elbow/traffic';

/** Measures how a request body comes along; the time in which the load balancer itself does not read is not counted. */
export class BodyClock {
  private readonly clock: { readonly nowMs: number };
  private startMs = 0;
  private heldSinceMs = 0;
  private receivedBytes = 0;

  constructor(clock: { readonly nowMs: number }) {
    this.clock = clock;
  }

  begin(): void {
    this.startMs = this.clock.nowMs;
    this.heldSinceMs = 0;
    this.receivedBytes = 0;
  }

  received(byteCount: number): void {
    this.receivedBytes += byteCount;
  }

  /** The member is behind: what comes now is its time, not the client's. */
  hold(): void {
    if (this.heldSinceMs === 0) this.heldSinceMs = this.clock.nowMs;
  }

  resume(): void {
    if (this.heldSinceMs === 0) return;
    this.startMs += this.clock.nowMs - this.heldSinceMs;
    this.heldSinceMs = 0;
  }

  get isHeld(): boolean {
    return this.heldSinceMs !== 0;
  }

  /** How long to wait for the next bytes; at least 1 ms, so that a timer set with it fires. */
  patienceMs(requestMs: number): number {
    const { receivedBytes } = this;
    return Math.max(
      1,
      bodyPatienceMs({ elapsedMs: this.clock.nowMs - this.startMs, receivedBytes, requestMs }),
    );
  }
}
