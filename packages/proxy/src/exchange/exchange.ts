import { decide, failureStatus, forwardedFields, statusPage } from '@elbow/traffic';
import type { RequestHead, ResponseHead } from '@elbow/wire';
import type { ConnectionFacts } from '../client/connection-facts.ts';
import type { ClientSide } from '../client/client-side.ts';
import type { ServedMember } from '../plan/served-member.ts';
import type { ServedListener } from '../plan/served-listener.ts';
import type { ServedPlan } from '../plan/served-plan.ts';
import type { Deadline } from '../timer-wheel.ts';
import type { MemberLink, OutgoingRequest } from '../upstream/member-link.ts';
import type { MemberFailure, MemberOwner } from '../upstream/member-owner.ts';
import type { WorkerContext } from '../worker-context.ts';
import { type Failure, MemberChoice, wasStale } from './member-choice.ts';
import { ReplayBuffer } from './replay-buffer.ts';
import { Trace } from './trace.ts';

/** What an exchange is born with; the plan and the listener are those of the moment and stay for its life. */
export interface ExchangeBirth {
  readonly context: WorkerContext;
  readonly plan: ServedPlan;
  readonly listener: ServedListener;
  readonly facts: ConnectionFacts;
  readonly client: ClientSide;
}

/** The client left before it had an answer; nginx's code, seen in logs and counters only. */
const CLIENT_CLOSED_REQUEST = 499;

/**
 * One request on its way to a member and its answer on the way back. It knows neither the HTTP version nor the socket
 * of its client; it owns the choice of the member, the attempts and the response timer.
 */
export class Exchange implements MemberOwner, Deadline {
  deadlineMs = 0;
  queuedSlot = 0;
  readonly head: RequestHead;
  isRequestDone: boolean;
  private readonly birth: ExchangeBirth;
  private readonly replay = new ReplayBuffer();
  private readonly trace = new Trace();
  private choice: MemberChoice | null = null;
  private poolId: string | null = null;
  private member: ServedMember | null = null;
  private link: MemberLink | null = null;
  private request: OutgoingRequest | null = null;
  private status = 0;
  private isTunnel = false;
  private isOver = false;

  constructor(birth: ExchangeBirth, head: RequestHead) {
    this.birth = birth;
    this.head = head;
    this.isRequestDone = head.framing === 'none';
  }

  /** Decides and begins. The client may have its answer before this returns. */
  start(): void {
    const { listener, plan, client } = this.birth;
    const decision = decide(listener.chunk);
    if (decision.kind === 'answer') return this.answer(decision.status, decision.reason);
    this.poolId = decision.poolId;
    const pool = plan.pool(decision.poolId);
    this.choice = pool === null ? null : new MemberChoice(pool);
    const member = this.choice?.first() ?? null;
    if (member === null) return this.answer(503, 'No backend server can take this request.');
    this.request = this.outgoingRequest();
    if (this.head.expectContinue && !this.isRequestDone) client.sendContinue();
    this.attempt(member);
  }

  /** @returns false when the member is behind: read no more from the client until `ClientSide.resumeBody` */
  requestBody(bytes: Buffer): boolean {
    this.trace.bodyBytesIn += bytes.length;
    this.replay.keep(bytes);
    return this.link?.sendBody(bytes) ?? true;
  }

  requestEnd(): void {
    if (this.isRequestDone) return;
    this.isRequestDone = true;
    this.link?.finishRequest();
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

  /** Joins what is sent to the member until {@link uncorkRequest}: head and body in one packet. */
  corkRequest(): void {
    this.link?.cork();
  }

  uncorkRequest(): void {
    this.link?.uncork();
  }

  /**
   * Nobody waits for the answer any more.
   * @param status what the client got instead; by default it left
   */
  abandon(status: number = CLIENT_CLOSED_REQUEST): void {
    if (this.isOver) return;
    if (!this.hasHeadGone) this.status = status;
    this.finish({ isCut: true })?.discard();
  }

  /** The client has taken what was queued. */
  clientDrained(): void {
    this.link?.resume();
  }

  memberConnected(): void {
    this.trace.connected(false);
    this.armResponseTimer();
  }

  memberInformational(head: ResponseHead): void {
    // The wait for 100 is between this proxy and the client; what the member says about it is settled already.
    if (head.status !== 100) this.birth.client.sendInformational(head);
  }

  memberHead(head: ResponseHead): void {
    this.trace.answered(head);
    if (head.status === 101) return this.switchProtocols(head);
    this.status = head.status;
    this.armResponseTimer();
    this.birth.client.sendHead(head);
  }

  memberBody(bytes: Buffer, start: number, end: number): void {
    this.armResponseTimer();
    this.trace.bodyBytesOut += end - start;
    if (!this.birth.client.sendBody(bytes, start, end)) this.link?.pause();
  }

  memberEnd(trailers: string): void {
    this.birth.client.sendEnd(trailers);
    this.finish();
  }

  memberTunnelBytes(bytes: Buffer, start: number, end: number): void {
    this.armResponseTimer();
    this.trace.bodyBytesOut += end - start;
    if (!this.birth.client.sendTunnelBytes(bytes, start, end)) this.link?.pause();
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
    if (kind === 'own') {
      this.birth.context.log('error', 'cannot connect to members', { reason });
      return this.answer(503, 'The load balancer is out of resources.');
    }
    this.trace.attemptOver(failureStatus(kind));
    if (this.hasHeadGone) return this.cut();
    const failure: Failure = {
      kind,
      link,
      method: this.head.method,
      isBodyReplayable: this.replay.isWhole,
      isRetryEnabled: this.birth.listener.chunk.isRetryEnabled,
    };
    if (wasStale(failure)) return this.attempt(this.member!, true);
    const another = this.choice?.afterFailure(failure) ?? null;
    if (another !== null) return this.attempt(another);
    this.answer(failureStatus(kind), `The backend server failed: ${kind.replace('-', ' ')}.`);
  }

  /** The member did not connect or answer in time. */
  onDeadline(): void {
    const { link } = this;
    if (link === null) return;
    link.discard();
    if (this.isTunnel) return this.memberTunnelEnd();
    this.memberFailed(link, link.isConnected ? 'response-timeout' : 'connect-timeout', 'timed out');
    this.birth.client.flush();
  }

  /** Once the head of an answer has gone to the client there is no other answer. */
  private get hasHeadGone(): boolean {
    return this.status !== 0;
  }

  /** @param onNewConnection rather than on one that was used before */
  private attempt(member: ServedMember, onNewConnection = false): void {
    const { context, listener } = this.birth;
    const links = member.links(context.memberPools, this.head.authority);
    const link = onNewConnection ? links.open() : links.take(this.head.method);
    this.trace.attempt(member.entry);
    this.member = member;
    this.link = link;
    if (link.isConnected) {
      this.trace.connected(true);
      this.armResponseTimer();
    } else context.wheel.arm(this, listener.chunk.timers.connectMs);
    this.sendRequest(link);
  }

  private sendRequest(link: MemberLink): void {
    const body = this.replay.content;
    if (body.length > 0) link.cork();
    link.begin(this, this.request!);
    for (const bytes of body) link.sendBody(bytes);
    if (this.isRequestDone) link.finishRequest();
    if (body.length > 0) link.uncork();
  }

  private switchProtocols(head: ResponseHead): void {
    if (!this.head.upgradeWebSocket || !head.upgradeWebSocket) {
      this.link?.discard();
      return this.answer(502, 'The backend server switched protocols without being asked.');
    }
    this.isTunnel = true;
    this.status = 101;
    this.armResponseTimer();
    this.birth.client.switchProtocols(head);
  }

  private outgoingRequest(): OutgoingRequest {
    const { listener, facts } = this.birth;
    const { forwarding } = listener.chunk;
    return {
      method: this.head.method,
      target: this.head.target,
      authority: this.head.authority,
      fields: forwardedFields(forwarding, facts.under(forwarding), this.head),
      framing: this.head.framing,
      contentLength: this.head.contentLength,
      isUpgrade: this.head.upgradeWebSocket,
      acceptsTrailers: this.head.acceptsTrailers,
    };
  }

  /** The response timer waits for the request to be sent: a slow upload is the client's time, not the member's. */
  private armResponseTimer(): void {
    if (!this.isRequestDone && !this.hasHeadGone) return this.disarm();
    this.birth.context.wheel.arm(this, this.birth.listener.chunk.timers.responseMs);
  }

  private disarm(): void {
    this.birth.context.wheel.disarm(this);
  }

  private answer(status: number, detail: string): void {
    const page = statusPage(status, detail);
    this.status = status;
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
    this.replay.release();
    if (!this.isOver) this.record(isCut);
    this.isOver = true;
    return link;
  }

  private record(isCut: boolean): void {
    const { context, listener, facts, client } = this.birth;
    this.trace.attemptOver();
    context.recorder.record({
      listener: listener.chunk,
      client: facts.client,
      request: this.head,
      poolId: this.poolId,
      status: this.status,
      requestBytes: this.head.headBytes + this.trace.bodyBytesIn,
      sentBytes: client.answerBytes,
      sentBodyBytes: this.trace.bodyBytesOut,
      durationMs: this.trace.durationMs,
      attempts: this.trace.attempts,
      isTunnel: this.isTunnel,
      isCut,
    });
  }
}
