/**
 * Whether a request that failed at one member may go to another. The rule needs three facts about the attempt: had
 * the connection been made, might the member have seen a byte, has it begun to answer.
 */

/** A first attempt and at most four more, each at another member. */
export const MOST_ATTEMPTS = 5;

/** Request bodies up to this many bytes are kept so that they can be sent again. */
export const REPLAY_BYTES = 64 * 1024;

export type FailureKind = 'connect-error' | 'connect-timeout' | 'response-error' | 'response-timeout';

export interface FailedAttempt {
  readonly kind: FailureKind;
  /** Attempts made so far, this one included. */
  readonly attempts: number;
  readonly method: string;
  /** False once more body has been sent than is kept. */
  readonly isBodyReplayable: boolean;
  readonly hasAnswerBegun: boolean;
  readonly isRetryEnabled: boolean;
  /** The client belongs to the member that was asked. */
  readonly isSticky: boolean;
}

/**
 * True when another member may be asked. A connection that was never made carried nothing, so any method may go
 * elsewhere; after that only idempotent ones (RFC 9110 §9.2.2; DELETE is left out because users expect at most one).
 */
export function mayTryAnother(attempt: FailedAttempt): boolean {
  if (!attempt.isRetryEnabled || attempt.attempts >= MOST_ATTEMPTS || attempt.hasAnswerBegun) return false;
  if (!attempt.isBodyReplayable) return false;
  // Its session is with the member that is slow, so another one could not answer better.
  if (attempt.isSticky && attempt.kind === 'response-timeout') return false;
  const wasNeverSent = attempt.kind === 'connect-error' || attempt.kind === 'connect-timeout';
  return wasNeverSent || isRepeatable(attempt.method);
}

/** Methods whose repetition does no harm. PUT counts, DELETE and everything unknown do not. */
export function isRepeatable(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS' || method === 'PUT';
}

/** The status of the last failure: 504 when time ran out, 502 when the connection or the answer was broken. */
export function failureStatus(kind: FailureKind): 502 | 504 {
  return kind === 'connect-timeout' || kind === 'response-timeout' ? 504 : 502;
}
