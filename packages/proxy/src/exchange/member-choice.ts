import { type FailureKind, isRepeatable, mayTryAnother } from '@elbow/traffic';
import type { ServedMember } from '../plan/served-member.ts';
import type { ServedPool } from '../plan/served-pool.ts';
import type { MemberLink } from '../upstream/member-link.ts';

/** What a failure looked like to the exchange. */
export interface Failure {
  readonly kind: FailureKind;
  readonly link: MemberLink;
  readonly method: string;
  readonly isBodyReplayable: boolean;
  readonly isRetryEnabled: boolean;
}

/** Which member a request goes to: first by the pool's algorithm, after a failure to one that was not tried. */
export class MemberChoice {
  private readonly pool: ServedPool;
  private readonly tried: ServedMember[] = [];

  constructor(pool: ServedPool) {
    this.pool = pool;
  }

  /** The member for the first attempt; null when the pool has none that may be used. */
  first(): ServedMember | null {
    return this.choose(this.pool.pick());
  }

  /** The member to try next, never one that was tried; null when this failure is final. */
  afterFailure(failure: Failure): ServedMember | null {
    const isAllowed = mayTryAnother({
      kind: failure.kind,
      attempts: this.tried.length,
      method: failure.method,
      isBodyReplayable: failure.isBodyReplayable,
      hasAnswerBegun: failure.link.hasAnswerBegun,
      isRetryEnabled: failure.isRetryEnabled,
    });
    return isAllowed ? this.choose(this.pool.pickAnother(this.tried)) : null;
  }

  private choose(member: ServedMember | null): ServedMember | null {
    if (member !== null) this.tried.push(member);
    return member;
  }
}

/**
 * True when a kept-alive connection broke before any byte of the answer: most likely the member closed it just as
 * the request left. A new connection to the same member is no retry, and is made only where running the request
 * twice does no harm.
 */
export function wasStale({ link, kind, method, isBodyReplayable }: Failure): boolean {
  const hasBroken = kind === 'response-error' && link.wasUsed && !link.hasAnswerBegun;
  return hasBroken && isBodyReplayable && isRepeatable(method);
}
