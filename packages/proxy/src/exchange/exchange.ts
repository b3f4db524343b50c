import { failureStatus, forwardedFields, type StatusPage } from '@elbow/traffic';
import type { RequestHead, ResponseHead } from '@elbow/wire';
import { afterHandshake, isEarly, mayRunEarly } from '../client/early-phase.ts';
import { encodePage } from '../compress/encode-page.ts';
import type { RequestCopy } from '../mirror/request-copy.ts';
import { RequestRoute } from '../route/request-route.ts';
import type { MemberLink, OutgoingRequest } from '../upstream/member-link.ts';
import type { MemberFailure } from '../upstream/member-owner.ts';
import { type AnswerOwner, AnswerPath } from './answer-path.ts';
import { type AttemptOwner, Attempts } from './attempts.ts';
import type { ExchangeBirth } from './exchange-birth.ts';
import { HeldRequest } from './held-request.ts';
import { type Failure, wasStale } from './member-choice.ts';
import type { Tunnel } from './open-tunnels.ts';
import { outgoingRequest } from './outgoing-request.ts';
import { ownPage } from './own-page.ts';
import { Trace } from './trace.ts';

/** The client left before it had an answer; nginx's code, seen in logs and counters only. */
const CLIENT_CLOSED_REQUEST = 499;

/**
 * One request on its way to a member and its answer on the way back. It knows neither the HTTP version nor the socket
 * of its client. Which member it is, and the way there, is the business of its {@link Attempts}; what happens to the bytes
 * of the answer that of its {@link AnswerPath}.
 */
export class Exchange implements AttemptOwner, AnswerOwner, Tunnel {
  readonly head: RequestHead;
  private readonly birth: ExchangeBirth;
  private readonly trace = new Trace();
  private readonly attempts: Attempts;
  private readonly path: AnswerPath;
  private route: RequestRoute | null = null;
  /** Null where no policy asks for copies. */
  private copy: RequestCopy | null = null;
  /** Null but for a request that waits for the end of its client's handshake. */
  private held: HeldRequest | null = null;
  private ranEarly = false;
  private isTunnel = false;
  private isOver = false;
  private reason: string | null = null;

  constructor(birth: ExchangeBirth, head: RequestHead) {
    this.birth = birth;
    this.head = head;
    this.attempts = new Attempts(birth, head, { trace: this.trace, owner: this });
    this.path = new AnswerPath(birth.client, this.trace, this);
  }

  /** True when the request has come in full. */
  get isRequestDone(): boolean {
    return this.attempts.isRequestDone;
  }

  get poolId(): string | null {
    return this.attempts.poolId;
  }

  get memberId(): string | null {
    return this.attempts.memberId;
  }

  /** Decides and begins. The client may have its answer before this returns. */
  start(): void {
    if (!isEarly(this.birth.facts.early) || mayRunEarly(this.head)) return this.begin();
    this.held = new HeldRequest();
    this.afterHandshake(() => this.release());
  }

  /**
   * @returns false when no more can be taken for now: read no more from the client until `ClientSide.resumeBody`
   */
  requestBody(bytes: Buffer): boolean {
    if (this.held !== null) return this.held.keep(bytes);
    this.trace.bodyBytesIn += bytes.length;
    this.copy?.keep(bytes);
    return this.attempts.body(bytes);
  }

  requestEnd(): void {
    if (this.isRequestDone) return;
    if (this.held !== null) return this.held.end();
    this.attempts.requestEnd();
    this.copy?.send();
  }

  /** Bytes of the client for the other end of a tunnel; the answer is that of {@link requestBody}. */
  tunnelBytes(bytes: Buffer): boolean {
    this.trace.bodyBytesIn += bytes.length;
    return this.attempts.tunnelBytes(bytes);
  }

  tunnelEnd(): void {
    this.attempts.endTunnel();
  }

  /**
   * Nobody waits for the answer any more.
   * @param status what the client got instead; by default it left
   */
  abandon(status: number = CLIENT_CLOSED_REQUEST): void {
    if (this.isOver) return;
    if (!this.path.hasHeadGone) this.path.status = status;
    this.finish({ isCut: true })?.discard();
  }

  /** The client has taken what was queued. */
  clientDrained(): void {
    this.path.drained();
  }

  closeTunnel(): void {
    this.finish()?.discard();
    this.birth.client.endTunnel();
    this.birth.client.flush();
  }

  memberConnected(): void {
    this.attempts.connected();
    this.birth.client.resumeBody();
  }

  memberInformational(head: ResponseHead): void {
    // The wait for 100 is between this proxy and the client; what the member says about it is settled already.
    if (head.status !== 100) this.birth.client.sendInformational(head);
  }

  memberHead(head: ResponseHead): void {
    this.trace.answered(head);
    if (head.status === 101) return this.switchProtocols(head);
    this.attempts.answered();
    const { context, listener } = this.birth;
    const answer = this.answerForClient(head);
    if (!listener.chunk.isCompressionEnabled) return this.path.head(answer);
    this.path.beginEncoded(this.head, answer, context.encoders);
  }

  memberBody(bytes: Buffer, start: number, end: number): void {
    this.path.pass(bytes, start, end);
  }

  memberEnd(trailers: string): void {
    if (this.path.isEncoded) {
      this.trace.attemptOver();
      this.attempts.over();
    }
    this.path.passEnd(trailers);
  }

  memberTunnelBytes(bytes: Buffer, start: number, end: number): void {
    this.path.passTunnelBytes(bytes, start, end);
  }

  memberTunnelEnd(): void {
    this.finish();
    this.birth.client.endTunnel();
  }

  memberDrained(): void {
    this.birth.client.resumeBody();
  }

  memberReadDone(): void {
    this.birth.client.flush();
  }

  memberTimedOut(link: MemberLink): void {
    if (this.isTunnel) return this.memberTunnelEnd();
    this.memberFailed(link, link.isConnected ? 'response-timeout' : 'connect-timeout', 'timed out');
    this.birth.client.flush();
  }

  memberFailed(link: MemberLink, kind: MemberFailure, reason: string): void {
    this.attempts.failed(link, kind);
    if (kind === 'own') {
      this.birth.context.log('error', 'cannot connect to members', { reason });
      return this.answer(503, 'The load balancer is out of resources.');
    }
    this.path.discard();
    this.trace.attemptOver(failureStatus(kind));
    if (this.path.hasHeadGone) return this.cut();
    const failure = this.attempts.failure(link, kind);
    if (wasStale(failure)) return this.repeat();
    // A copy of the request would otherwise reach two members (RFC 8470 §3).
    this.afterHandshake(() => this.tryAnother(failure));
  }

  answerSent(): void {
    this.finish();
  }

  answerMoved(): void {
    this.attempts.restartTimer();
  }

  holdMember(): void {
    this.attempts.pause();
  }

  readMemberOn(): void {
    this.attempts.resume();
  }

  private begin(): void {
    const { facts, client } = this.birth;
    this.ranEarly = isEarly(facts.early);
    const route = new RequestRoute(this.birth, this.head);
    this.route = route;
    const page = route.ownPage();
    if (page !== null)
      return 'body' in page ? this.sendPage(this.encoded(page)) : this.answer(page.status, page.detail);
    if (!this.attempts.choose(route)) return this.answer(503, 'No backend server can take this request.');
    const request = this.outgoingRequest(route);
    if (this.head.expectContinue && !this.isRequestDone) client.sendContinue();
    this.attempts.begin(request);
    this.copy = route.copyOf(request);
    if (this.isRequestDone) this.sendCopy();
  }

  /** What may be a copy itself is not copied before its client's handshake shows that it is none. */
  private sendCopy(): void {
    const { copy } = this;
    // One that has to wait goes out also when the answer is complete by then.
    if (this.ranEarly) this.copy = null;
    if (copy !== null) afterHandshake(this.birth.facts.early, () => copy.send());
  }

  /** Does at once what has to wait where the request is early; not at all where the exchange is over by then. */
  private afterHandshake(act: () => void): void {
    const { facts, client } = this.birth;
    if (!isEarly(facts.early)) return act();
    afterHandshake(facts.early, () => {
      if (this.isOver) return;
      act();
      client.flush();
    });
  }

  private release(): void {
    const { held } = this;
    this.held = null;
    this.begin();
    held?.giveTo(this);
    this.resumeBodyIfConnected();
  }

  private repeat(): void {
    this.attempts.repeat();
    this.resumeBodyIfConnected();
  }

  private tryAnother(failure: Failure): void {
    if (this.attempts.tryAnother(failure)) return this.resumeBodyIfConnected();
    const { kind } = failure;
    this.answer(failureStatus(kind), `The backend server failed: ${kind.replace('-', ' ')}.`);
  }

  private resumeBodyIfConnected(): void {
    if (this.attempts.isConnected) this.birth.client.resumeBody();
  }

  private encoded(page: StatusPage): StatusPage {
    const { listener, context } = this.birth;
    return listener.chunk.isCompressionEnabled ? encodePage(this.head, page, context.encoders) : page;
  }

  private switchProtocols(head: ResponseHead): void {
    if (!this.head.upgradeWebSocket || !head.upgradeWebSocket) {
      this.attempts.over()?.discard();
      return this.answer(502, 'The backend server switched protocols without being asked.');
    }
    this.isTunnel = true;
    this.path.status = 101;
    this.attempts.answered();
    this.birth.context.tunnels.add(this);
    this.birth.client.switchProtocols(this.answerForClient(head));
  }

  private outgoingRequest(route: RequestRoute): OutgoingRequest {
    const { listener, facts } = this.birth;
    const { forwarding } = listener.chunk;
    const head = route.requestForMember();
    // Members are told the host that the client asked for, whatever a policy makes of it.
    const asked = { fields: head.fields, present: head.present, authority: this.head.authority };
    const fields = forwardedFields(forwarding, facts.under(forwarding), asked);
    const early = this.ranEarly ? 'Early-Data: 1\r\n' : '';
    return outgoingRequest(head, this.attempts.fieldsForMember(fields) + early);
  }

  private answerForClient(head: ResponseHead): ResponseHead {
    return this.route!.answerForClient(this.attempts.answerForClient(head));
  }

  private answer(status: number, detail: string): void {
    this.reason = detail;
    this.sendPage(ownPage(this.head, this.attempts.protocol, { status, detail }));
  }

  private sendPage(page: StatusPage): void {
    this.path.status = page.status;
    this.trace.bodyBytesOut = this.head.method === 'HEAD' ? 0 : page.body.length;
    this.birth.client.sendPage(page);
    this.finish();
  }

  /** The answer has begun and is lost: its client has to see that. */
  private cut(): void {
    this.finish({ isCut: true });
    this.birth.client.abort();
  }

  /** Ends this exchange's part and tells the recorder; returns the link that it still held. */
  private finish({ isCut = false } = {}): MemberLink | null {
    const link = this.attempts.over();
    this.attempts.forgetRequest();
    this.path.discard();
    if (this.isTunnel) this.birth.context.tunnels.remove(this);
    this.copy?.abandon();
    if (!this.isOver) this.record(isCut);
    this.isOver = true;
    return link;
  }

  private record(isCut: boolean): void {
    const { context, listener, facts, client } = this.birth;
    const durationMs = this.trace.over();
    context.recorder.record({
      listener: listener.chunk,
      connection: facts,
      request: this.head,
      poolId: this.poolId,
      status: this.path.status,
      requestBytes: this.head.headBytes + this.trace.bodyBytesIn,
      sentBytes: client.answerBytes,
      sentBodyBytes: this.trace.bodyBytesOut,
      durationMs,
      attempts: this.trace.attempts,
      ranEarly: this.ranEarly,
      isTunnel: this.isTunnel,
      isCut,
      reason: this.reason,
    });
  }
}
