import type { RequestHead } from '@elbow/wire';

/**
 * A connection whose first requests came in TLS 1.3 early data. Until the handshake is complete they may be a copy that
 * anybody sends (RFC 8446 §8).
 */
export interface EarlyPhase {
  /** True until the handshake is complete. */
  readonly isEarly: boolean;
  once(event: 'handshakeDone', done: () => void): unknown;
}

/** Requests whose repetition does no harm (RFC 8470 §4), and that are over when their head is. */
export function mayRunEarly({ method, framing, upgradeWebSocket }: RequestHead): boolean {
  const isSafe = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  return isSafe && framing === 'none' && !upgradeWebSocket;
}
