import {
  type FailureKind,
  isRepeatable,
  mayTryAnother,
  requestToken,
  stickyAnswerLine,
  type StickyToken,
  withoutStickyCookie,
} from '@elbow/traffic';
import { Field, type RequestHead, type ResponseHead } from '@elbow/wire';
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

/** Who asks: what the choice of a member may depend on. */
export interface Asker {
  readonly head: Pick<RequestHead, 'fields' | 'present'>;
  readonly clientAddress: string;
  /** True where clients use TLS. */
  readonly isSecure: boolean;
}

/**
 * Which member a request goes to: the one its client belongs to, else by the pool's algorithm, after a failure to one
 * that was not tried.
 */
export class MemberChoice {
  readonly pool: ServedPool;
  private readonly asker: Asker;
  private readonly token: StickyToken | null;
  private readonly tried: ServedMember[] = [];
  private isSticky = false;

  constructor(pool: ServedPool, asker: Asker) {
    this.pool = pool;
    this.asker = asker;
    const { fields } = asker.head;
    this.token =
      this.hasCookies && pool.sticky !== null ? requestToken(pool.sticky, fields, Date.now()) : null;
  }

  get protocol(): 'HTTP' | 'HTTPS' | 'GRPC' {
    return this.pool.chunk.protocol;
  }

  /** The member for the first attempt; null when the pool has none that may be used. */
  first(): ServedMember | null {
    const own = this.token === null ? null : this.pool.usable(this.token.memberId);
    this.isSticky = own !== null;
    return this.choose(own ?? this.pool.pick(this.asker.clientAddress));
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
      isSticky: this.isSticky,
    });
    this.isSticky = false;
    return isAllowed ? this.choose(this.pool.pickAnother(this.tried, this.asker.clientAddress)) : null;
  }

  /** Fields for the member: what keeps the client with it is no business of its own. */
  fieldsForMember(fields: string): string {
    const { sticky } = this.pool;
    return sticky !== null && this.hasCookies ? withoutStickyCookie(sticky, fields) : fields;
  }

  /** The answer of a member, with the cookie that keeps the client with it where it needs one. */
  answerForClient(member: ServedMember, head: ResponseHead): ResponseHead {
    const { sticky } = this.pool;
    if (sticky === null) return head;
    const line = stickyAnswerLine(sticky, {
      token: this.token,
      memberId: member.entry.id,
      fields: head.fields,
      isSecure: this.asker.isSecure,
      nowMs: Date.now(),
    });
    if (line === '') return head;
    return { ...head, fields: head.fields + line, present: head.present | Field.setCookie };
  }

  private get hasCookies(): boolean {
    return (this.asker.head.present & Field.cookie) !== 0;
  }

  private choose(member: ServedMember | null): ServedMember | null {
    if (member !== null) this.tried.push(member);
    return member;
  }
}

/**
 * True when a kept-alive connection broke before any byte of the answer: most likely the member closed it just as
 * the request left. A new connection to the same member is no retry, and is made only where running the request
 * twice does no harm: by its method, or because the member said that it did not begin with it (an HTTP/2 member that
 * leaves a connection: a connection in use has no other connect error).
 */
export function wasStale({ link, kind, method, isBodyReplayable }: Failure): boolean {
  if (!link.wasUsed || link.hasAnswerBegun || !isBodyReplayable) return false;
  return kind === 'connect-error' || (kind === 'response-error' && isRepeatable(method));
}
