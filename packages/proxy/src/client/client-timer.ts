import type { ClientSocket } from '@elbow/tls';
import type { Deadline, Queued, TimerWheel } from '../timer-wheel.ts';

/**
 * The one timer of a client connection. While bytes are queued for the client and some of them have left since the
 * timer was set, time has not run out: the client is slow, not gone.
 */
export class ClientTimer implements Deadline {
  deadlineMs = 0;
  queuedSlot = 0;
  queuedAfter: Queued | null = null;
  queuedBefore: Queued | null = null;
  private readonly wheel: TimerWheel;
  private readonly socket: ClientSocket;
  private onTimeout: () => void;
  private delayMs = 0;
  private sentBytes = 0;

  constructor(wheel: TimerWheel, socket: ClientSocket, onTimeout: () => void) {
    this.wheel = wheel;
    this.socket = socket;
    this.onTimeout = onTimeout;
  }

  arm(delayMs: number): void {
    this.delayMs = delayMs;
    this.sentBytes = this.socket.bytesWritten - this.socket.writableLength;
    this.wheel.arm(this, delayMs);
  }

  disarm(): void {
    this.wheel.disarm(this);
  }

  /** From now on another thing is done when time runs out. */
  redirect(onTimeout: () => void): void {
    this.onTimeout = onTimeout;
  }

  onDeadline(): void {
    const queued = this.socket.writableLength;
    if (queued > 0 && this.socket.bytesWritten - queued > this.sentBytes) return this.arm(this.delayMs);
    this.onTimeout();
  }
}
