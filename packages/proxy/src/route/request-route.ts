import type { ConnectionFact, PolicyEntry, PoolShare } from '@elbow/plan';
import {
  corsAnswerFields,
  type Decision,
  decide,
  editFields,
  poolCookieLine,
  poolOfCookie,
  type StatusPage,
  withoutPoolCookie,
} from '@elbow/traffic';
import type { RequestHead, ResponseHead } from '@elbow/wire';
import { Field } from '@elbow/wire';
import type { ExchangeBirth } from '../exchange/exchange-birth.ts';
import type { ServedPool } from '../plan/served-pool.ts';
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
  /** The pool whose cookie the client is to get. */
  private poolToBind: string | null = null;

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
  }

  get policyId(): string | null {
    return this.policy?.id ?? null;
  }

  /** The page that ends the request here; null when it goes to a pool. Takes the request from its policy's limits. */
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
    if (this.stickyMs === null) return;
    const bound = poolOfCookie(this.policy!.id, this.head.fields);
    if (bound !== pool.chunk.id) this.poolToBind = pool.chunk.id;
  }

  /** The request as its member is to see it, but for what the load balancer tells of the client. */
  requestForMember(): RequestHead {
    const { head, policy } = this;
    if (policy === null) return head;
    const rewritten = this.decision.kind === 'forward' ? this.decision.rewritten : null;
    const own = this.stickyMs === null ? head.fields : withoutPoolCookie(policy.id, head.fields);
    const fields = editFields(own, policy, this.editSource());
    return rewritten === null && fields === head.fields ? head : { ...head, ...rewritten, fields };
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
    if (this.poolToBind !== null) {
      fields += this.cookieLine(this.poolToBind);
      present |= Field.setCookie;
    }
    return fields === head.fields ? head : { ...head, fields, present };
  }

  private get policy(): PolicyEntry | null {
    return this.decision.policy?.entry ?? null;
  }

  private get stickyMs(): number | null {
    const action = this.policy?.action;
    return action?.kind === 'forward' ? action.stickyMs : null;
  }

  private passesLimit(): boolean {
    const { policy } = this;
    if (policy === null || policy.limit === null) return true;
    const { context, facts } = this.birth;
    return context.rates.pass(policy.id, policy.limit, facts.client.address);
  }

  private inTurn(shares: readonly PoolShare[]): readonly PoolShare[] {
    const policy = this.decision.policy!;
    const bound = this.stickyMs === null ? null : poolOfCookie(policy.entry.id, this.head.fields);
    const own = shares.findIndex(({ poolId, weight }) => poolId === bound && weight > 0);
    const weights = shares.map(({ weight }) => weight);
    const first = own >= 0 ? own : this.birth.listener.routing.policies!.nextPool(policy, weights);
    if (first < 0) return [];
    const others = shares.filter((_, at) => at !== first).toSorted((a, b) => b.weight - a.weight);
    return [shares[first]!, ...others];
  }

  private cookieLine(poolId: string): string {
    const isSecure = this.birth.listener.chunk.protocol === 'HTTPS';
    const cookie = { policyId: this.policy!.id, poolId, lifetimeMs: this.stickyMs!, isSecure };
    return poolCookieLine(cookie, Date.now());
  }

  private edited(page: StatusPage): StatusPage {
    return { ...page, fields: editFields(page.fields, this.policy!, this.editSource()) };
  }

  private editSource() {
    return { requestFields: this.head.fields, fact: (fact: ConnectionFact) => this.fact(fact) };
  }

  private fact(fact: ConnectionFact): string | null {
    const { facts, listener } = this.birth;
    const { chunk } = listener;
    switch (fact) {
      case 'clientAddress':
        return facts.client.address;
      case 'clientPort':
        return `${facts.client.port}`;
      case 'protocol':
        return chunk.protocol;
      case 'loadBalancerId':
        return chunk.loadBalancerId;
      case 'listenerPort':
        return `${chunk.port}`;
      case 'publicAddress':
        return chunk.forwarding.publicAddress;
      case 'listenerAddress':
        return chunk.address;
      default:
        return safeValue(facts.tlsFact(fact));
    }
  }
}

/** Some facts are made of what a client says of itself: none of it may end a line. */
function safeValue(value: string | null): string | null {
  return value !== null && /^[\x20-\x7e]+$/.test(value) ? value : null;
}
