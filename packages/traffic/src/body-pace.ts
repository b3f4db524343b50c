/**
 * How long a request body may take. The gap between two reads is bounded by the request timeout; alone that lets a
 * client hold an exchange for ever with one byte a minute. So the whole body is bounded too: by ten request timeouts
 * and the time its bytes take at the slowest rate that is worth waiting for (500 bytes a second, what Apache's
 * mod_reqtimeout asks for by default).
 */
const GRACE_TIMEOUTS = 10;
const SLOWEST_BYTES_PER_MS = 0.5;

export interface BodyProgress {
  /** Since the head was complete, without the time in which the load balancer did not read. */
  readonly elapsedMs: number;
  readonly receivedBytes: number;
  readonly requestMs: number;
}

/** How long to wait for the next bytes, in ms; 0 when the body has taken too long. */
export function bodyPatienceMs({ elapsedMs, receivedBytes, requestMs }: BodyProgress): number {
  const allowedMs = GRACE_TIMEOUTS * requestMs + receivedBytes / SLOWEST_BYTES_PER_MS;
  return Math.max(0, Math.min(requestMs, allowedMs - elapsedMs));
}
