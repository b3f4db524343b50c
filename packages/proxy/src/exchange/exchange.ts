import type { MemberEntry } from '@elbow/plan';
import { type ConnectionFields, decide, failureStatus, forwardedFields, statusPage } from '@elbow/traffic';
import { encodeRequestHead, type RequestHead, type ResponseHead } from '@elbow/wire';
import type { ClientSide } from '../client/client-side.ts';
import type { ServedListener } from '../plan/served-listener.ts';
import type { ServedPlan } from '../plan/served-plan.ts';
import type { Deadline } from '../timer-wheel.ts';
import type { MemberConnection } from '../upstream/member-connection.ts';
import type { MemberFailure, MemberOwner } from '../upstream/member-owner.ts';
import type { WorkerContext } from '../worker-context.ts';
import { type Failure, MemberChoice, wasStale } from './member-choice.ts';
import { ReplayBuffer } from './replay-buffer.ts';

/** What an exchange is born with; the plan and the listener are those of the moment and stay for its life. */
export interface ExchangeBirth {
  readonly context: WorkerContext;
  readonly plan: ServedPlan;
  readonly listener: ServedListener;
  readonly connectionFields: ConnectionFields;
  readonly client: ClientSide;
}

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
  private choice: MemberChoice | null = null;
  private member: MemberEntry | null = null;
  private connection: MemberConnection | null = null;
  private encodedHead = '';
  private hasHeadGone = false;
  private isTunnel = false;

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
    const pool = plan.pool(decision.poolId);
    this.choice = pool === null ? null : new MemberChoice(pool);
    const member = this.choice?.first() ?? null;
    if (member === null) return this.answer(503, 'No backend server can take this request.');
    this.encodedHead = this.encodeHead();
    if (this.head.expectContinue && !this.isRequestDone) client.sendContinue();
    this.attempt(member);
  }

  /** @returns false when the member is behind: read no more from the client until `ClientSide.resumeBody` */
  requestBody(bytes: Buffer): boolean {
    this.replay.keep(bytes);
    return this.connection?.sendBody(bytes, this.isChunked) ?? true;
  }

  requestEnd(): void {
    if (this.isRequestDone) return;
    this.isRequestDone = true;
    this.connection?.finishRequest(this.isChunked);
    if (this.connection?.isConnected === true) this.armResponseTimer();
  }

  /** Bytes of the client for the other end of a tunnel; the answer is that of {@link requestBody}. */
  tunnelBytes(bytes: Buffer): boolean {
    this.armResponseTimer();
    return this.connection?.sendBody(bytes, false) ?? true;
  }

  tunnelEnd(): void {
    this.connection?.endTunnel();
  }

  /** Joins what is sent to the member until {@link uncorkRequest}: head and body in one packet. */
  corkRequest(): void {
    this.connection?.cork();
  }

  uncorkRequest(): void {
    this.connection?.uncork();
  }

  /** The client went away: nobody waits for the answer. */
  clientGone(): void {
    this.finish()?.discard();
  }

  /** The client has taken what was queued. */
  clientDrained(): void {
    this.connection?.resume();
  }

  memberConnected(): void {
    this.armResponseTimer();
  }

  memberInformational(head: ResponseHead): void {
    // The wait for 100 is between this proxy and the client; what the member says about it is settled already.
    if (head.status !== 100) this.birth.client.sendInformational(head);
  }

  memberHead(head: ResponseHead): void {
    if (head.status === 101) return this.switchProtocols(head);
    this.hasHeadGone = true;
    this.armResponseTimer();
    this.birth.client.sendHead(head);
  }

  memberBody(bytes: Buffer, start: number, end: number): void {
    this.armResponseTimer();
    if (!this.birth.client.sendBody(bytes, start, end)) this.connection?.pause();
  }

  memberEnd(trailers: string): void {
    this.finish();
    this.birth.client.sendEnd(trailers);
  }

  memberTunnelBytes(bytes: Buffer, start: number, end: number): void {
    this.armResponseTimer();
    if (!this.birth.client.sendTunnelBytes(bytes, start, end)) this.connection?.pause();
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

  memberFailed(connection: MemberConnection, kind: MemberFailure, reason: string): void {
    this.connection = null;
    this.disarm();
    if (this.hasHeadGone) return this.cut();
    if (kind === 'own') {
      this.birth.context.log('error', 'cannot connect to members', { reason });
      return this.answer(503, 'The load balancer is out of resources.');
    }
    const failure: Failure = {
      kind,
      connection,
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
    const { connection } = this;
    if (connection === null) return;
    connection.discard();
    if (this.isTunnel) return this.memberTunnelEnd();
    this.memberFailed(
      connection,
      connection.isConnected ? 'response-timeout' : 'connect-timeout',
      'timed out',
    );
    this.birth.client.flush();
  }

  /** @param onNewConnection rather than on one that was used before */
  private attempt(member: MemberEntry, onNewConnection = false): void {
    const { context, listener } = this.birth;
    const pool = context.memberPools.get(member.address, member.port);
    const connection = onNewConnection ? pool.open() : pool.take(this.head.method);
    this.member = member;
    this.connection = connection;
    if (connection.isConnected) this.armResponseTimer();
    else context.wheel.arm(this, listener.chunk.timers.connectMs);
    this.sendRequest(connection);
  }

  private sendRequest(connection: MemberConnection): void {
    const body = this.replay.content;
    if (body.length > 0) connection.cork();
    connection.begin(this, this.head.method, this.encodedHead);
    for (const bytes of body) connection.sendBody(bytes, this.isChunked);
    if (this.isRequestDone) connection.finishRequest(this.isChunked);
    if (body.length > 0) connection.uncork();
  }

  private switchProtocols(head: ResponseHead): void {
    if (!this.head.upgradeWebSocket || !head.upgradeWebSocket) {
      this.finish()?.discard();
      return this.answer(502, 'The backend server switched protocols without being asked.');
    }
    this.isTunnel = true;
    this.hasHeadGone = true;
    this.armResponseTimer();
    this.birth.client.switchProtocols(head);
  }

  private get isChunked(): boolean {
    return this.head.framing === 'chunked';
  }

  private encodeHead(): string {
    const { listener, connectionFields } = this.birth;
    return encodeRequestHead({
      method: this.head.method,
      target: this.head.target,
      authority: this.head.authority,
      fields: forwardedFields(listener.chunk.forwarding, connectionFields, this.head),
      framing: this.head.framing,
      contentLength: this.head.contentLength,
      connection: this.head.upgradeWebSocket ? 'upgrade' : 'keep-alive',
    });
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
    this.finish();
    this.birth.client.sendPage(statusPage(status, detail));
  }

  /** The answer has begun and is lost: its client has to see that. */
  private cut(): void {
    this.finish();
    this.birth.client.abort();
  }

  /** Ends this exchange's part; returns the connection that it still held. */
  private finish(): MemberConnection | null {
    const { connection } = this;
    this.connection = null;
    this.replay.release();
    this.disarm();
    return connection;
  }
}
