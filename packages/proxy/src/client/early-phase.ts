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

/** True while what `early` has brought may be a copy; null is a connection without early data. */
export function isEarly(early: EarlyPhase | null): boolean {
  return early?.isEarly === true;
}

/** Does `act` as soon as nothing of `early` can be a copy: at once where that is so already. */
export function afterHandshake(early: EarlyPhase | null, act: () => void): void {
  if (early?.isEarly === true) early.once('handshakeDone', act);
  else act();
}

/** Requests whose repetition does no harm (RFC 8470 §4), and that are over when their head is. */
export function mayRunEarly({ method, framing, upgradeWebSocket }: RequestHead): boolean {
  const isSafe = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  return isSafe && framing === 'none' && !upgradeWebSocket;
}
