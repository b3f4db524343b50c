import { failureStatus, forwardedFields, type StatusPage } from '@elbow/traffic';
import type { RequestHead, ResponseHead } from '@elbow/wire';
import { encodePage } from '../compress/encode-page.ts';
import type { RequestCopy } from '../mirror/request-copy.ts';
import type { ServedMember } from '../plan/served-member.ts';
import type { Deadline, Queued } from '../timer-wheel.ts';
import { RequestRoute } from '../route/request-route.ts';
import type { MemberLink, OutgoingRequest } from '../upstream/member-link.ts';
import type { MemberFailure, MemberOwner } from '../upstream/member-owner.ts';
import { type AnswerOwner, AnswerPath } from './answer-path.ts';
import { mayRunEarly } from '../client/early-phase.ts';
import type { ExchangeBirth } from './exchange-birth.ts';
import { HeldRequest } from './held-request.ts';
import { InFlight } from './in-flight.ts';
import { type Asker, type Failure, MemberChoice, wasStale } from './member-choice.ts';
import type { Tunnel } from './open-tunnels.ts';
import { outgoingRequest } from './outgoing-request.ts';
import { ownPage } from './own-page.ts';
import { ReplayBuffer } from './replay-buffer.ts';
import { Trace } from './trace.ts';

/** The client left before it had an answer; nginx's code, seen in logs and counters only. */
const CLIENT_CLOSED_REQUEST = 499;

/**
 * One request on its way to a member and its answer on the way back. It knows neither the HTTP version nor the socket
 * of its client; it owns the choice of the member, the attempts and the response timer. What happens to the bytes of the
 * answer is the business of its {@link AnswerPath}.
 */
export class Exchange implements MemberOwner, AnswerOwner, Deadline, Tunnel {
  deadlineMs = 0;
  queuedSlot = 0;
  queuedAfter: Queued | null = null;
  queuedBefore: Queued | null = null;
  readonly head: RequestHead;
  isRequestDone: boolean;
  private readonly birth: ExchangeBirth;
  private readonly replay: ReplayBuffer;
  private readonly trace = new Trace();
  private choice: MemberChoice | null = null;
  poolId: string | null = null;
  private member: ServedMember | null = null;
  private readonly inFlight = new InFlight();
  private link: MemberLink | null = null;
  private route: RequestRoute | null = null;
  private request: OutgoingRequest | null = null;
  private readonly path: AnswerPath;
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
    this.replay = new ReplayBuffer(birth.replayBudget);
    this.path = new AnswerPath(birth.client, this.trace, this);
    this.isRequestDone = head.framing === 'none';
  }

  /** Decides and begins. The client may have its answer before this returns. */
  start(): void {
    if (!this.isEarly || mayRunEarly(this.head)) return this.begin();
    this.held = new HeldRequest();
    this.afterHandshake(() => this.release());
  }

  private begin(): void {
    this.ranEarly = this.isEarly;
    const route = new RequestRoute(this.birth, this.head);
    this.route = route;
    const page = route.ownPage();
    if (page !== null)
      return 'body' in page ? this.sendPage(this.encoded(page)) : this.answer(page.status, page.detail);
    const member = this.chooseMember(route);
    if (member === null) return this.answer(503, 'No backend server can take this request.');
    this.request = this.outgoingRequest(route);
    if (this.head.expectContinue && !this.isRequestDone) this.birth.client.sendContinue();
    this.attempt(member);
    this.copy = route.copyOf(this.request);
    if (this.isRequestDone) this.sendCopy();
  }

  /** What may be a copy itself is not copied before its client's handshake shows that it is none. */
  private sendCopy(): void {
    const { copy } = this;
    if (!this.isEarly) return copy?.send();
    // It has no body, and goes out also when the answer is complete by then.
    this.copy = null;
    this.birth.facts.early?.once('handshakeDone', () => copy?.send());
  }

  /** True while the request may be a copy that anybody sends. */
  private get isEarly(): boolean {
    return this.birth.facts.early?.isEarly === true;
  }

  /** Does at once what has to wait where the request is early; not at all where the exchange is over by then. */
  private afterHandshake(act: () => void): void {
    const { facts, client } = this.birth;
    if (!this.isEarly) return act();
    facts.early?.once('handshakeDone', () => {
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
    if (this.link?.isConnected === true) this.birth.client.resumeBody();
  }

  private encoded(page: StatusPage): StatusPage {
    const { listener, context } = this.birth;
    return listener.chunk.isCompressionEnabled ? encodePage(this.head, page, context.encoders) : page;
  }

  /** A member of the pool whose turn it is; of another one where that has none that may be used. */
  private chooseMember(route: RequestRoute): ServedMember | null {
    for (const pool of route.pools()) {
      this.poolId = pool.chunk.id;
      this.choice = new MemberChoice(pool, this.asker());
      const member = this.choice.first();
      if (member === null) continue;
      route.choose(pool);
      return member;
    }
    return null;
  }

  /**
   * Until the connection to the member stands, no more is taken than can be kept: so a body of any size can go elsewhere
   * when it does not.
   * @returns false when the member is behind: read no more from the client until `ClientSide.resumeBody`
   */
  requestBody(bytes: Buffer): boolean {
    if (this.held !== null) return this.held.keep(bytes);
    const { link } = this;
    this.trace.bodyBytesIn += bytes.length;
    this.replay.keep(bytes);
    this.copy?.keep(bytes);
    if (link === null) return true;
    link.joinWrites();
    return link.sendBody(bytes) && link.isConnected;
  }

  requestEnd(): void {
    if (this.isRequestDone) return;
    if (this.held !== null) return this.held.end();
    this.isRequestDone = true;
    this.link?.finishRequest();
    this.copy?.send();
    if (this.link?.isConnected === true) this.armResponseTimer();
  }

  /** Bytes of the client for the other end of a tunnel; the answer is that of {@link requestBody}. */
  tunnelBytes(bytes: Buffer): boolean {
    this.armResponseTimer();
    this.trace.bodyBytesIn += bytes.length;
    return this.link?.sendBody(bytes) ?? true;
  }

  tunnelEnd(): void {
    this.link?.endTunnel();
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

  memberConnected(): void {
    this.trace.connected(false);
    this.member?.slot.connected();
    this.armResponseTimer();
    this.birth.client.resumeBody();
  }

  memberInformational(head: ResponseHead): void {
    // The wait for 100 is between this proxy and the client; what the member says about it is settled already.
    if (head.status !== 100) this.birth.client.sendInformational(head);
  }

  memberHead(head: ResponseHead): void {
    this.trace.answered(head);
    if (head.status === 101) return this.switchProtocols(head);
    this.replay.release();
    this.armResponseTimer();
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
      this.link = null;
      this.inFlight.end();
      this.disarm();
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

  memberFailed(link: MemberLink, kind: MemberFailure, reason: string): void {
    this.link = null;
    this.disarm();
    // While the member still counts this exchange its place in shared memory is its own.
    const isUnreachable = kind === 'connect-error' || kind === 'connect-timeout';
    if (isUnreachable && !link.wasUsed) this.choice!.pool.connectFailed(this.member!);
    this.inFlight.end();
    if (kind === 'own') {
      this.birth.context.log('error', 'cannot connect to members', { reason });
      return this.answer(503, 'The load balancer is out of resources.');
    }
    this.path.discard();
    this.trace.attemptOver(failureStatus(kind));
    if (this.path.hasHeadGone) return this.cut();
    const failure: Failure = {
      kind,
      link,
      method: this.head.method,
      isBodyReplayable: this.replay.isWhole,
      isRetryEnabled: this.birth.listener.chunk.isRetryEnabled,
    };
    if (wasStale(failure)) return this.retry(this.member!, true);
    // A copy of the request would otherwise reach two members (RFC 8470 §3).
    this.afterHandshake(() => this.tryAnother(failure));
  }

  private tryAnother(failure: Failure): void {
    const { kind } = failure;
    const another = this.choice?.afterFailure(failure) ?? null;
    if (another !== null) return this.retry(another);
    this.answer(failureStatus(kind), `The backend server failed: ${kind.replace('-', ' ')}.`);
  }

  get memberId(): string | null {
    return this.member?.entry.id ?? null;
  }

  closeTunnel(): void {
    this.link?.discard();
    this.memberTunnelEnd();
    this.birth.client.flush();
  }

  /** The member did not connect or answer in time. */
  onDeadline(): void {
    const { link } = this;
    if (link === null) return;
    link.giveUp();
    if (this.isTunnel) return this.memberTunnelEnd();
    this.memberFailed(link, link.isConnected ? 'response-timeout' : 'connect-timeout', 'timed out');
    this.birth.client.flush();
  }

  answerSent(): void {
    this.finish();
  }

  answerMoved(): void {
    this.armResponseTimer();
  }

  /** While the client is behind the member waits for it, and its own time stands still. */
  holdMember(): void {
    this.disarm();
    this.link?.pause();
  }

  readMemberOn(): void {
    this.armResponseTimer();
    this.link?.resume();
  }

  /** @param onNewConnection rather than on one that was used before */
  private attempt(member: ServedMember, onNewConnection = false): void {
    const { context, listener } = this.birth;
    const links = member.links(context.memberPools, this.request!.authority, listener.chunk.sourceAddresses);
    const link = onNewConnection ? links.open() : links.take(this.head.method);
    this.trace.attempt(member.entry);
    this.member = member;
    this.link = link;
    this.inFlight.begin(member);
    if (link.isConnected) {
      this.trace.connected(true);
      this.armResponseTimer();
    } else context.wheel.arm(this, listener.chunk.timers.connectMs);
    this.sendRequest(link);
  }

  private retry(member: ServedMember, onNewConnection = false): void {
    this.attempt(member, onNewConnection);
    if (this.link?.isConnected === true) this.birth.client.resumeBody();
  }

  private sendRequest(link: MemberLink): void {
    const body = this.replay.content;
    if (body.length > 0 || !this.isRequestDone) link.joinWrites();
    link.begin(this, this.request!);
    for (const bytes of body) link.sendBody(bytes);
    if (this.isRequestDone) link.finishRequest();
  }

  private switchProtocols(head: ResponseHead): void {
    if (!this.head.upgradeWebSocket || !head.upgradeWebSocket) {
      this.link?.discard();
      return this.answer(502, 'The backend server switched protocols without being asked.');
    }
    this.isTunnel = true;
    this.path.status = 101;
    this.armResponseTimer();
    this.birth.context.tunnels.add(this);
    this.birth.client.switchProtocols(this.answerForClient(head));
  }

  private asker(): Asker {
    const { facts, listener } = this.birth;
    const isSecure = listener.chunk.protocol === 'HTTPS';
    return { head: this.head, clientAddress: facts.client.address, isSecure };
  }

  private outgoingRequest(route: RequestRoute): OutgoingRequest {
    const { listener, facts } = this.birth;
    const { forwarding } = listener.chunk;
    const head = route.requestForMember();
    // Members are told the host that the client asked for, whatever a policy makes of it.
    const asked = { fields: head.fields, present: head.present, authority: this.head.authority };
    const fields = forwardedFields(forwarding, facts.under(forwarding), asked);
    const early = this.ranEarly ? 'Early-Data: 1\r\n' : '';
    return outgoingRequest(head, this.choice!.fieldsForMember(fields) + early);
  }

  private answerForClient(head: ResponseHead): ResponseHead {
    return this.route!.answerForClient(this.choice!.answerForClient(this.member!, head));
  }

  /** The response timer waits for the request to be sent: a slow upload is the client's time, not the member's. */
  private armResponseTimer(): void {
    if (!this.isRequestDone && !this.path.hasHeadGone) return this.disarm();
    this.birth.context.wheel.arm(this, this.birth.listener.chunk.timers.responseMs);
  }

  private disarm(): void {
    this.birth.context.wheel.disarm(this);
  }

  private answer(status: number, detail: string): void {
    this.reason = detail;
    this.sendPage(ownPage(this.head, this.choice?.protocol ?? null, { status, detail }));
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
    const { link } = this;
    this.link = null;
    this.disarm();
    this.inFlight.end();
    this.path.discard();
    if (this.isTunnel) this.birth.context.tunnels.remove(this);
    this.replay.release();
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
