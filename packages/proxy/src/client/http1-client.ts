import type { ClientSocket } from '@elbow/tls';
import { type StatusPage, statusPage } from '@elbow/traffic';
import {
  RequestDecoder,
  type RequestEvents,
  type RequestHead,
  type ResponseHead,
  type WireProblem,
} from '@elbow/wire';
import { Exchange } from '../exchange/exchange.ts';
import type { ListenerSocket } from '../listener-socket.ts';
import { Output } from '../output.ts';
import type { ClientConnection } from './client-connection.ts';
import type { ClientRefusal } from './client-refusal.ts';
import type { ClientSide } from './client-side.ts';
import { BodyClock } from './body-clock.ts';
import type { ConnectionFacts } from './connection-facts.ts';
import { ClosingSocket } from './closing-socket.ts';
import { Http1Answer } from './http1-answer.ts';
import { ClientTimer } from './client-timer.ts';

/** A client with more than this queued is slow: its member is read no further until it has caught up. */
const HIGH_WATER_BYTES = 128 * 1024;

/** One HTTP/1.x connection of a client: requests one after another, answers in the same order. */
export class Http1Client implements ClientConnection, ClientSide, RequestEvents {
  private readonly socket: ClientSocket;
  private readonly listenerSocket: ListenerSocket;
  private readonly facts: ConnectionFacts;
  private readonly decoder = new RequestDecoder(this);
  private readonly output: Output;
  private readonly answer: Http1Answer;
  private readonly timer: ClientTimer;
  private exchange: Exchange | null = null;
  private isTunnel = false;
  private isOver = false;
  private closesAfterAnswer = false;
  private isHeadTimed = false;
  private readonly bodyClock: BodyClock;
  /** Bytes of later requests that came with an earlier one. */
  private rest: Buffer | null = null;
  private isPumping = false;
  private hasAsked = false;

  constructor(socket: ClientSocket, listenerSocket: ListenerSocket, facts: ConnectionFacts) {
    this.socket = socket;
    this.listenerSocket = listenerSocket;
    this.facts = facts;
    this.output = new Output(socket);
    this.answer = new Http1Answer(this.output);
    this.timer = new ClientTimer(listenerSocket.context.wheel, socket, () => this.timedOut());
    this.bodyClock = new BodyClock(listenerSocket.context.wheel);
    socket.on('data', this.read);
    socket.on('drain', this.drained);
    socket.on('end', this.ended);
    socket.on('error', ignore);
    socket.on('close', this.closed);
    // Until the first byte the request timer runs: a client that connects and says nothing costs a descriptor.
    this.timer.arm(this.timers.requestMs);
  }

  /** The listener goes away: an idle connection closes now, a busy one after its answer. */
  drain(): void {
    this.closesAfterAnswer = true;
    if (this.exchange === null && !this.decoder.midMessage) this.close();
  }

  /** A connection that has not sent its first request yet has the time of a request, not that. */
  idleTimeChanged(): void {
    if (!this.hasAsked || this.exchange !== null || this.decoder.midMessage || this.isOver) return;
    if (this.timers.idleMs === 0) this.close();
    else this.timer.arm(this.timers.idleMs);
  }

  private get timers(): { readonly idleMs: number; readonly requestMs: number } {
    return this.listenerSocket.listener.chunk.timers;
  }

  private readonly read = (bytes: Buffer): void => {
    if (this.isTunnel) return this.readTunnel(bytes);
    const isBorrowed = this.rest === null;
    this.rest = this.rest === null ? bytes : Buffer.concat([this.rest, bytes]);
    this.pump();
    // What is left outlives the event, and the socket's buffer may not; what was joined is a copy already.
    if (isBorrowed && this.rest !== null) this.rest = Buffer.from(this.rest);
  };

  /** Decodes what is at hand, request after request, until one has to wait for its answer. */
  private pump(): void {
    if (this.isPumping) return;
    this.isPumping = true;
    while (this.rest !== null && !this.isOver && this.decoder.state !== 'ended') {
      const bytes = this.rest;
      this.rest = null;
      const used = this.decoder.push(bytes, 0, bytes.length);
      if (used < bytes.length) this.rest = bytes.subarray(used);
      if (this.exchange === null || this.answer.isComplete) this.flush();
    }
    this.isPumping = false;
    if (this.rest !== null && !this.isOver) this.socket.pause();
    if (!this.isOver) this.armForRequest();
  }

  /** A head's time counts from its first byte, so that one byte a second does not hold it open; a body's from each read. */
  private armForRequest(): void {
    if (this.isTunnel) return;
    if (this.decoder.headStarted) {
      if (!this.isHeadTimed) this.timer.arm(this.timers.requestMs);
      this.isHeadTimed = true;
    } else if (this.decoder.midMessage) this.armForBody();
    else if (this.exchange !== null) this.timer.disarm();
  }

  private armForBody(): void {
    if (this.bodyClock.isHeld) this.timer.disarm();
    else this.timer.arm(this.bodyClock.patienceMs(this.timers.requestMs));
  }

  onRequestHead(head: RequestHead): void {
    const { listenerSocket } = this;
    this.isHeadTimed = false;
    this.hasAsked = true;
    this.answer.reset();
    this.bodyClock.begin();
    if (!head.keepAlive || this.timers.idleMs === 0 || listenerSocket.isClosing)
      this.closesAfterAnswer = true;
    const { context, listener, plan } = listenerSocket;
    const { facts } = this;
    if (facts.refusal !== null) return this.refuseClient(facts.refusal, head);
    const { replayBudget } = context;
    this.exchange = new Exchange({ context, listener, plan, facts, client: this, replayBudget }, head);
    this.exchange.start();
  }

  private refuseClient({ page, reason }: ClientRefusal, head: RequestHead): void {
    this.listenerSocket.refused({ status: 400, reason });
    this.closesAfterAnswer = true;
    this.answer.page(page, head, true);
  }

  onRequestBody(bytes: Buffer, start: number, end: number): void {
    this.bodyClock.received(end - start);
    if (this.exchange?.requestBody(bytes.subarray(start, end)) !== false) return;
    this.bodyClock.hold();
    this.socket.pause();
  }

  onRequestEnd(): void {
    this.exchange?.requestEnd();
  }

  onRequestProblem(problem: WireProblem): void {
    this.listenerSocket.refused(problem);
    this.exchange?.abandon(problem.status);
    if (this.answer.hasBegun && !this.answer.isComplete) return this.abort();
    if (this.exchange === null) this.answer.reset();
    if (!this.answer.isComplete) this.sendPage(statusPage(problem.status));
  }

  get answerBytes(): number {
    return this.answer.byteCount;
  }

  sendContinue(): void {
    this.answer.informational(100, 'Continue', '');
    this.output.flush();
  }

  sendInformational(head: ResponseHead): void {
    // HTTP/1.0 knows no interim answers (RFC 9110 §15.2).
    if (this.exchange?.head.version !== '1.0')
      this.answer.informational(head.status, head.reason, head.fields);
  }

  sendHead(head: ResponseHead): void {
    const exchange = this.exchange!;
    const closes = this.closesAfterAnswer || !exchange.isRequestDone;
    this.closesAfterAnswer = this.answer.head(head, exchange.head, closes);
  }

  sendBody(bytes: Buffer, start: number, end: number): boolean {
    this.answer.body(bytes, start, end);
    return this.isKeepingUp();
  }

  sendEnd(trailers: string): void {
    this.answer.end(trailers);
  }

  sendPage(page: StatusPage): void {
    const { exchange } = this;
    if (page.closes || exchange === null || !exchange.isRequestDone) this.closesAfterAnswer = true;
    this.answer.page(page, exchange?.head ?? null, this.closesAfterAnswer);
  }

  abort(): void {
    this.isOver = true;
    this.output.flush();
    // Where only the end of the connection ends the body, an orderly end would make a cut answer look whole; TLS shows it.
    const isCutUnseen = this.answer.endsByClosing && this.facts.secure === null;
    if (isCutUnseen && this.socket.resetAndDestroy !== undefined) this.socket.resetAndDestroy();
    else this.socket.destroy();
  }

  switchProtocols(head: ResponseHead): void {
    this.isTunnel = true;
    this.timer.disarm();
    this.answer.switching(head);
    const { rest } = this;
    this.rest = null;
    if (rest !== null) this.readTunnel(rest);
    this.socket.resume();
  }

  sendTunnelBytes(bytes: Buffer, start: number, end: number): boolean {
    this.output.bytes(bytes, start, end);
    return this.isKeepingUp();
  }

  endTunnel(): void {
    this.exchange = null;
    this.close();
  }

  resumeBody(): void {
    if (this.bodyClock.isHeld) this.bodyClock.resume();
    if (this.decoder.midMessage) this.armForBody();
    if (this.rest === null) this.socket.resume();
  }

  flush(): void {
    // The last bytes and the end of the connection go together.
    if (this.closesAfterAnswer && this.answer.isComplete && !this.isOver) this.socket.cork?.();
    this.output.flush();
    if (this.answer.isComplete && !this.isOver) this.finishAnswer();
  }

  /** False when the client is behind. It is given the request timeout to take something. */
  private isKeepingUp(): boolean {
    if (this.output.queuedBytes < HIGH_WATER_BYTES) return true;
    this.output.flush();
    this.timer.arm(this.timers.requestMs);
    return false;
  }

  /** An answer is on its way whole: make room for the next request, or close. */
  private finishAnswer(): void {
    this.exchange = null;
    this.answer.reset();
    if (this.closesAfterAnswer) return this.close();
    this.decoder.next();
    this.timer.arm(this.timers.idleMs);
    // A body may have been held back to its end; nobody else lets the socket go on then.
    if (this.rest !== null || this.bodyClock.isHeld) this.socket.resume();
    this.pump();
  }

  private timedOut(): void {
    const isRequestLate = !this.isTunnel && this.decoder.midMessage && !this.answer.hasBegun;
    const isIdle = this.exchange === null && !this.decoder.midMessage;
    if (isIdle) return this.close();
    if (!isRequestLate) return this.destroy();
    this.onRequestProblem({ status: 408, reason: 'the request took too long' });
    this.flush();
  }

  private readTunnel(bytes: Buffer): void {
    if (this.exchange?.tunnelBytes(bytes) === false) this.socket.pause();
  }

  private readonly drained = (): void => {
    if (this.exchange !== null && !this.decoder.midMessage) this.timer.disarm();
    this.exchange?.clientDrained();
  };

  private readonly ended = (): void => {
    if (this.isTunnel) {
      this.exchange?.tunnelEnd();
      return;
    }
    if (this.exchange !== null || !this.decoder.headStarted) return this.destroy();
    this.onRequestProblem({ status: 400, reason: 'the connection ended within a request head' });
    this.flush();
  };

  /** Lets what is queued go out, then closes; bytes that still come are dropped. */
  private close(): void {
    this.isOver = true;
    this.rest = null;
    this.output.flush();
    this.socket.off('data', this.read).off('end', this.ended);
    new ClosingSocket(this.socket, this.timer, this.timers.requestMs).start();
  }

  private destroy(): void {
    this.isOver = true;
    this.socket.destroy();
  }

  private readonly closed = (): void => {
    this.isOver = true;
    this.timer.disarm();
    this.exchange?.abandon();
    this.exchange = null;
    this.listenerSocket.clientClosed(this);
  };
}

/** A socket error is followed by `close`, which does what has to be done. */
function ignore(): void {}
