import type { ClientSocket } from '@elbow/tls';
import type { ClientTimer } from './client-timer.ts';

/** How long, and how much, is read and dropped after the last byte went out. */
const LINGER_MS = 2000;
const LINGER_BYTES = 4 * 1024 * 1024;

/**
 * Closes a client connection so that its last answer arrives. A socket that is closed with unread bytes resets the
 * connection, and the reset may overtake the answer (RFC 9112 §9.6): so the sending half is closed first, and what
 * the client still sends is dropped for a moment.
 */
export class ClosingSocket {
  private readonly socket: ClientSocket;
  private readonly timer: ClientTimer;
  private readonly sendMs: number;
  private dropped = 0;

  /** @param sendMs how long the client may take nothing of what is queued */
  constructor(socket: ClientSocket, timer: ClientTimer, sendMs: number) {
    this.socket = socket;
    this.timer = timer;
    this.sendMs = sendMs;
  }

  start(): void {
    const { socket, timer } = this;
    const destroy = (): void => void socket.destroy();
    timer.redirect(destroy);
    timer.arm(this.sendMs);
    socket.on('data', (bytes: Buffer) => this.drop(bytes.length));
    socket.on('end', destroy);
    socket.end(() => timer.arm(LINGER_MS));
    socket.resume();
  }

  private drop(byteCount: number): void {
    this.dropped += byteCount;
    if (this.dropped > LINGER_BYTES) this.socket.destroy();
  }
}
