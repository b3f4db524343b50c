import { connect as connectTcp, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { HealthReason } from '@elbow/plan';
import type { CheckOutcome, CheckPhase } from './check-outcome.ts';
import { type CheckTarget, placeOf, serverNameOf, sourceFor } from './check-target.ts';
import type { Conversation, ConversationOwner } from './conversation.ts';
import { closedReason, errorReason, isOwnTrouble, timeoutReason } from './failure-reason.ts';
import { GrpcConversation } from './grpc-conversation.ts';
import { HttpConversation } from './http-conversation.ts';
import { trustOf } from './trust.ts';

/** All checks of the thread read into this one buffer: what a read brings is looked at before the next read. */
const readBuffer = Buffer.allocUnsafeSlow(16 * 1024);

/** A member gets this long to finish an answer that has told enough. */
const LINGER_MS = 500;

export interface ProbeEvents {
  /** Once. */
  readonly onOutcome: (outcome: CheckOutcome) => void;
  /** What happened, for a transcript. */
  readonly onStep?: (text: string) => void;
}

/** One check of one member: opens a connection, says what its type wants, and comes to an outcome within its timeout. */
export class Probe implements ConversationOwner {
  private readonly target: CheckTarget;
  private readonly events: ProbeEvents;
  private readonly socket: Socket;
  private deadline: NodeJS.Timeout;
  private conversation: Conversation | null = null;
  private phase: CheckPhase = 'connect';
  private isSettled = false;

  constructor(target: CheckTarget, events: ProbeEvents) {
    this.target = target;
    this.events = events;
    this.deadline = setTimeout(() => this.timedOut(), target.check.timeoutMs);
    this.step(`connecting to ${placeOf(target)}`);
    this.socket = this.open();
    this.socket.on('error', (error: NodeJS.ErrnoException) => this.failed(error));
    this.socket.on('end', () => this.socket.destroy());
    this.socket.on('close', () => this.closed());
  }

  /** Ends it without an outcome. */
  cancel(): void {
    this.isSettled = true;
    this.leave();
  }

  /** What the member still has to say is read and thrown away, so that it is not cut off. */
  settle(outcome: CheckOutcome): void {
    if (this.isSettled) return;
    this.isSettled = true;
    clearTimeout(this.deadline);
    if (!this.socket.destroyed) this.deadline = setTimeout(() => this.socket.destroy(), LINGER_MS);
    if (outcome.kind === 'healthy') this.step('healthy');
    else this.step(outcome.kind === 'failed' ? outcome.reason.message : `not made: ${outcome.error}`);
    this.events.onOutcome(outcome);
  }

  fail(reason: HealthReason): void {
    this.settle({ kind: 'failed', reason });
  }

  step(text: string): void {
    this.events.onStep?.(text);
  }

  sent(): void {
    if (this.phase === 'send') this.phase = 'receive';
  }

  leave(): void {
    clearTimeout(this.deadline);
    this.socket.destroy();
  }

  private open(): Socket {
    const { address: host, port, check } = this.target;
    const onread: OnReadOpts = {
      buffer: readBuffer,
      callback: (count, buffer) => {
        this.conversation?.read(buffer as Buffer, count);
        return true;
      },
    };
    // Half open, so that an end is answered by a close alone, without a shutdown before it.
    const source = sourceFor(host, check.sourceAddresses);
    const from = source === undefined ? {} : { localAddress: source };
    const place = { host, port, allowHalfOpen: true, onread, ...from };
    if (check.type !== 'HTTPS' && check.type !== 'TLS') return connectTcp(place, () => this.connected());
    // As requests do: any certificate will do, unless the pool wants its members verified.
    const caPem = this.target.tls?.caPem ?? null;
    const servername = serverNameOf(this.target);
    const socket = connectTls({
      ...place,
      secureContext: trustOf(caPem),
      rejectUnauthorized: caPem !== null,
      ...(servername === null ? {} : { servername }),
    });
    socket.on('connect', () => this.tcpConnected());
    return socket.on('secureConnect', () => {
      const verified = caPem === null ? '' : ', certificate verified';
      this.step(`TLS handshake finished: ${socket.getProtocol()}, ${socket.getCipher().name}${verified}`);
      this.secured();
    });
  }

  private tcpConnected(): void {
    this.step('connected');
    this.phase = 'handshake';
  }

  private connected(): void {
    this.step('connected');
    if (this.target.check.type !== 'TCP') return this.converse();
    this.settle({ kind: 'healthy' });
    clearTimeout(this.deadline);
    // A reset tells the member that nothing will come and leaves no socket waiting here.
    this.socket.resetAndDestroy();
  }

  private secured(): void {
    if (this.target.check.type === 'HTTPS') return this.converse();
    this.settle({ kind: 'healthy' });
    this.leave();
  }

  private converse(): void {
    this.phase = 'send';
    const { target } = this;
    this.conversation =
      target.check.type === 'GRPC' ? new GrpcConversation(target, this) : new HttpConversation(target, this);
    this.conversation.start(this.socket);
  }

  private timedOut(): void {
    if (!this.isSettled) this.fail(timeoutReason(this.target, this.phase));
    this.socket.destroy();
  }

  private failed(error: NodeJS.ErrnoException): void {
    clearTimeout(this.deadline);
    if (this.isSettled) return;
    if (isOwnTrouble(error)) this.settle({ kind: 'own-trouble', error: error.code ?? error.message });
    else this.fail(errorReason(this.target, this.phase, error));
  }

  private closed(): void {
    clearTimeout(this.deadline);
    if (!this.isSettled) this.fail(closedReason(this.target, this.phase));
  }
}
