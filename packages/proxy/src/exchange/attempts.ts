import type { RequestHead, ResponseHead } from '@elbow/wire';
import type { ServedMember } from '../plan/served-member.ts';
import type { RequestRoute } from '../route/request-route.ts';
import type { Deadline, Queued } from '../timer-wheel.ts';
import type { MemberLink, OutgoingRequest } from '../upstream/member-link.ts';
import type { MemberFailure, MemberOwner } from '../upstream/member-owner.ts';
import type { ExchangeBirth } from './exchange-birth.ts';
import { InFlight } from './in-flight.ts';
import { type Asker, type Failure, MemberChoice } from './member-choice.ts';
import { ReplayBuffer } from './replay-buffer.ts';
import type { Trace } from './trace.ts';

/** Whom the member of the moment tells of its answer. */
export interface AttemptOwner extends MemberOwner {
  /** The member did not connect or answer in time; `link` is given up. */
  memberTimedOut(link: MemberLink): void;
}

/**
 * The tries of one exchange at members, one after the other: which member it is at the moment and the link to it, what of
 * the request may have to be sent again, and the time that the member has.
 */
export class Attempts implements Deadline {
  deadlineMs = 0;
  queuedSlot = 0;
  queuedAfter: Queued | null = null;
  queuedBefore: Queued | null = null;
  /** True when the request has come in full from the client. */
  isRequestDone: boolean;
  private readonly birth: ExchangeBirth;
  private readonly head: RequestHead;
  private readonly trace: Trace;
  private readonly owner: AttemptOwner;
  private readonly replay: ReplayBuffer;
  private readonly inFlight = new InFlight();
  private choice: MemberChoice | null = null;
  private member: ServedMember | null = null;
  private link: MemberLink | null = null;
  private request: OutgoingRequest | null = null;
  private hasAnswerBegun = false;

  constructor(birth: ExchangeBirth, head: RequestHead, { trace, owner }: Reporting) {
    this.birth = birth;
    this.head = head;
    this.trace = trace;
    this.owner = owner;
    this.replay = new ReplayBuffer(birth.replayBudget);
    this.isRequestDone = head.framing === 'none';
  }

  /** The pool of the moment; its members had their turn, or it had none. */
  get poolId(): string | null {
    return this.choice?.pool.chunk.id ?? null;
  }

  get protocol(): MemberChoice['protocol'] | null {
    return this.choice?.protocol ?? null;
  }

  get memberId(): string | null {
    return this.member?.entry.id ?? null;
  }

  get isConnected(): boolean {
    return this.link?.isConnected === true;
  }

  /**
   * Chooses a member of the pool whose turn it is; of another one where that has none that may be used.
   * @returns false when there is none at all
   */
  choose(route: RequestRoute): boolean {
    for (const pool of route.pools()) {
      this.choice = new MemberChoice(pool, this.asker());
      this.member = this.choice.first();
      if (this.member === null) continue;
      route.choose(pool);
      return true;
    }
    return false;
  }

  /** Fields as the chosen pool lets its members see them. */
  fieldsForMember(fields: string): string {
    return this.choice!.fieldsForMember(fields);
  }

  /** The answer of the member, with the cookie that keeps the client with it where it needs one. */
  answerForClient(head: ResponseHead): ResponseHead {
    return this.choice!.answerForClient(this.member!, head);
  }

  /** Goes to the chosen member. */
  begin(request: OutgoingRequest): void {
    this.request = request;
    this.attempt(this.member!);
  }

  /**
   * Until the connection to the member stands, no more is taken than can be kept: so a body of any size can go elsewhere
   * when it does not.
   * @returns false when the member is behind
   */
  body(bytes: Buffer): boolean {
    const { link } = this;
    this.replay.keep(bytes);
    if (link === null) return true;
    link.joinWrites();
    return link.sendBody(bytes) && link.isConnected;
  }

  requestEnd(): void {
    this.isRequestDone = true;
    this.link?.finishRequest();
    if (this.isConnected) this.restartTimer();
  }

  tunnelBytes(bytes: Buffer): boolean {
    this.restartTimer();
    return this.link?.sendBody(bytes) ?? true;
  }

  endTunnel(): void {
    this.link?.endTunnel();
  }

  connected(): void {
    this.trace.connected(false);
    this.member?.slot.connected();
    this.restartTimer();
  }

  /** The head of an answer has come: from here on there is no other attempt. */
  answered(): void {
    this.hasAnswerBegun = true;
    this.replay.release();
    this.restartTimer();
  }

  /** The response timer waits for the request to be sent: a slow upload is the client's time, not the member's. */
  restartTimer(): void {
    const { wheel } = this.birth.context;
    if (this.isRequestDone || this.hasAnswerBegun)
      wheel.arm(this, this.birth.listener.chunk.timers.responseMs);
    else wheel.disarm(this);
  }

  /** While the client is behind the member waits for it, and its own time stands still. */
  pause(): void {
    this.birth.context.wheel.disarm(this);
    this.link?.pause();
  }

  resume(): void {
    this.restartTimer();
    this.link?.resume();
  }

  onDeadline(): void {
    const { link } = this;
    if (link === null) return;
    link.giveUp();
    this.owner.memberTimedOut(link);
  }

  /** The connection to the member is gone. While the member still counts this attempt its place in shared memory is its own. */
  failed(link: MemberLink, kind: MemberFailure): void {
    const isUnreachable = kind === 'connect-error' || kind === 'connect-timeout';
    if (isUnreachable && !link.wasUsed) this.choice!.pool.connectFailed(this.member!);
    this.over();
  }

  failure(link: MemberLink, kind: Failure['kind']): Failure {
    return {
      kind,
      link,
      method: this.head.method,
      isBodyReplayable: this.replay.isWhole,
      isRetryEnabled: this.birth.listener.chunk.isRetryEnabled,
    };
  }

  /** Goes to the same member on a connection of its own. */
  repeat(): void {
    this.attempt(this.member!, true);
  }

  /** @returns false when the failure is final */
  tryAnother(failure: Failure): boolean {
    const another = this.choice?.afterFailure(failure) ?? null;
    if (another !== null) this.attempt(another);
    return another !== null;
  }

  /** The member has done its part; returns the link that was still held. */
  over(): MemberLink | null {
    const { link } = this;
    this.link = null;
    this.birth.context.wheel.disarm(this);
    this.inFlight.end();
    return link;
  }

  /** Nothing will be sent again. */
  forgetRequest(): void {
    this.replay.release();
  }

  private asker(): Asker {
    const { facts, listener } = this.birth;
    const isSecure = listener.chunk.protocol === 'HTTPS';
    return { head: this.head, clientAddress: facts.client.address, isSecure };
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
      this.restartTimer();
    } else context.wheel.arm(this, listener.chunk.timers.connectMs);
    this.send(link);
  }

  private send(link: MemberLink): void {
    const body = this.replay.content;
    if (body.length > 0 || !this.isRequestDone) link.joinWrites();
    link.begin(this.owner, this.request!);
    for (const bytes of body) link.sendBody(bytes);
    if (this.isRequestDone) link.finishRequest();
  }
}

/** Whom {@link Attempts} tell what. */
interface Reporting {
  readonly trace: Trace;
  readonly owner: AttemptOwner;
}
