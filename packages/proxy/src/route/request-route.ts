import type { ConnectionFact, PolicyEntry, PoolShare } from '@elbow/plan';
import {
  connectionFact,
  corsAnswerFields,
  type Decision,
  decide,
  editFields,
  requestToken,
  type StatusPage,
  stickyAnswerLine,
  type StickyPool,
  type StickyToken,
  withoutStickyCookie,
} from '@elbow/traffic';
import type { RequestHead, ResponseHead } from '@elbow/wire';
import { Field, fieldValue } from '@elbow/wire';
import type { ExchangeBirth } from '../exchange/exchange-birth.ts';
import { copyMark, RequestCopy } from '../mirror/request-copy.ts';
import type { ServedPool } from '../plan/served-pool.ts';
import type { OutgoingRequest } from '../upstream/member-link.ts';
import { fixedPage, preflightPage, redirectPage } from './policy-page.ts';

/** Why the load balancer answers by itself. */
export interface OwnAnswer {
  readonly status: number;
  readonly detail: string;
}

/** What the listener's policies make of one request, and of the answer to it. */
export class RequestRoute {
  private readonly birth: ExchangeBirth;
  private readonly head: RequestHead;
  private readonly decision: Decision;
  /** The pool that the request went to. */
  private chosenPool: string | null = null;
  private readonly sticky: StickyPool | null;
  /** What the client's cookie says. */
  private readonly token: StickyToken | null;

  constructor(birth: ExchangeBirth, head: RequestHead) {
    const { listener, facts } = birth;
    const { address, scheme, listenerPort } = facts.client;
    const { method, target, authority, fields } = head;
    const table = {
      defaultPoolId: listener.chunk.defaultPoolId,
      policies: listener.routing.policies?.index ?? null,
    };
    this.birth = birth;
    this.head = head;
    this.decision = decide(table, { method, target, authority, fields, address, scheme, listenerPort });
    this.sticky = this.stickyChoice();
    const hasCookies = (head.present & Field.cookie) !== 0;
    this.token = this.sticky !== null && hasCookies ? requestToken(this.sticky, fields, Date.now()) : null;
  }

  get policyId(): string | null {
    return this.policy?.id ?? null;
  }

  /** The page that ends the request here; null when it goes to a pool. Takes the request from the rates that bound it. */
  ownPage(): StatusPage | OwnAnswer | null {
    const { decision } = this;
    if (!this.passesLimit()) return { status: 503, detail: 'There are too many requests.' };
    switch (decision.kind) {
      case 'forward':
        return null;
      case 'answer':
        return { status: decision.status, detail: decision.reason };
      case 'redirect':
        return this.edited(redirectPage(decision.status, decision.location));
      case 'fixed':
        return this.edited(fixedPage(decision.answer));
      case 'preflight':
        return preflightPage(decision.fields);
    }
  }

  /** The pools that may serve the request, the one that is its turn first. */
  pools(): readonly ServedPool[] {
    if (this.decision.kind !== 'forward') return [];
    const { plan } = this.birth;
    const shares = this.decision.pools.length > 1 ? this.inTurn(this.decision.pools) : this.decision.pools;
    return shares
      .filter(({ weight }) => weight > 0)
      .map(({ poolId }) => plan.pool(poolId))
      .filter((pool) => pool !== null);
  }

  /** Tells which of {@link pools} it became. */
  choose(pool: ServedPool): void {
    this.chosenPool = pool.chunk.id;
  }

  /** The request as its member is to see it, but for what the load balancer tells of the client. */
  requestForMember(): RequestHead {
    const { head, policy } = this;
    if (policy === null) return head;
    const rewritten = this.decision.kind === 'forward' ? this.decision.rewritten : null;
    const own = this.sticky === null ? head.fields : withoutStickyCookie(this.sticky, head.fields);
    const fields = editFields(own, policy, this.editSource());
    return rewritten === null && fields === head.fields ? head : { ...head, ...rewritten, fields };
  }

  /**
   * The request as mirrors are to get it, to be fed with its body; null where no policy asks for copies, and for a
   * request that is a copy itself or is to become a tunnel.
   * @param request as its own member gets it
   */
  copyOf(request: OutgoingRequest): RequestCopy | null {
    const action = this.policy?.action;
    const mirror = action?.kind === 'forward' ? action.mirror : null;
    if (mirror === null || this.head.upgradeWebSocket || fieldValue(this.head.fields, copyMark) !== null)
      return null;
    const { plan, context, facts, listener } = this.birth;
    const { sourceAddresses: sources } = listener.chunk;
    const pools = mirror.poolIds.map((poolId) => plan.pool(poolId)).filter((pool) => pool !== null);
    const { isBodySent } = mirror;
    return new RequestCopy(
      context.mirror,
      { pools, isBodySent, clientAddress: facts.client.address, sources },
      request,
    );
  }

  /** The answer of a member as its client is to see it. */
  answerForClient(head: ResponseHead): ResponseHead {
    const action = this.policy?.action;
    if (action?.kind !== 'forward') return head;
    let { fields, present } = head;
    if (action.cors !== null) {
      fields = corsAnswerFields(action.cors, this.head, fields);
      present |= Field.vary;
    }
    const line = this.cookieLine(fields);
    if (line !== '') {
      fields += line;
      present |= Field.setCookie;
    }
    return fields === head.fields ? head : { ...head, fields, present };
  }

  private get policy(): PolicyEntry | null {
    return this.decision.policy?.entry ?? null;
  }

  private stickyChoice(): StickyPool | null {
    const { policy } = this.decision;
    if (policy === null || policy.entry.action.kind !== 'forward') return null;
    return policy.entry.action.stickyMs === null
      ? null
      : this.birth.listener.routing.policies!.stickyChoice(policy);
  }

  private passesLimit(): boolean {
    const { policy } = this;
    if (!this.passesFlavor()) return false;
    if (policy === null || policy.limit === null) return true;
    const { context, facts } = this.birth;
    return context.rates.pass(policy.id, policy.limit, facts.client.address);
  }

  /** Listeners of one load balancer share a second: a request takes the part of it that the rate of its protocol says. */
  private passesFlavor(): boolean {
    const { context, facts, listener } = this.birth;
    const { limits, loadBalancerId } = listener.chunk;
    const perSecond = limits.flavor?.requestsPerSecond ?? 0;
    if (perSecond === 0) return true;
    const rate = { perSecond, perSourcePerSecond: 0, burst: 0 };
    return context.rates.pass(`${loadBalancerId} requests`, rate, facts.client.address);
  }

  private inTurn(shares: readonly PoolShare[]): readonly PoolShare[] {
    const policy = this.decision.policy!;
    const bound = this.token?.memberId ?? null;
    const own = shares.findIndex(({ poolId, weight }) => poolId === bound && weight > 0);
    const first = own >= 0 ? own : this.birth.listener.routing.policies!.nextPool(policy);
    if (first < 0) return [];
    const others = shares.filter((_, at) => at !== first).toSorted((a, b) => b.weight - a.weight);
    return [shares[first]!, ...others];
  }

  /** @param fields of the member's answer */
  private cookieLine(fields: string): string {
    const { sticky, token, chosenPool } = this;
    if (sticky === null || chosenPool === null) return '';
    const isSecure = this.birth.listener.chunk.protocol === 'HTTPS';
    return stickyAnswerLine(sticky, { token, memberId: chosenPool, fields, isSecure, nowMs: Date.now() });
  }

  private edited(page: StatusPage): StatusPage {
    return { ...page, fields: editFields(page.fields, this.policy!, this.editSource()) };
  }

  private editSource() {
    const { facts, listener } = this.birth;
    return {
      requestFields: this.head.fields,
      fact: (fact: ConnectionFact) => connectionFact(fact, facts, listener.chunk),
    };
  }
}
