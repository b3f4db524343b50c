import type { StatusPage } from '@elbow/traffic';
import { ErrorCode, type Http2ServerConnection, type RequestHead, type ResponseHead } from '@elbow/wire';
import type { Exchange } from '../exchange/exchange.ts';
import type { Deadline, Queued, TimerWheel } from '../timer-wheel.ts';
import { BodyClock } from './body-clock.ts';
import type { ClientSide } from './client-side.ts';

/** What a stream needs of the connection it is part of. */
export interface StreamHost {
  readonly codec: Http2ServerConnection;
  readonly wheel: TimerWheel;
  readonly requestMs: number;
  /** The request took too long, and nothing was answered yet. */
  requestTimedOut(stream: Http2Stream): void;
  streamDone(stream: Http2Stream): void;
}

/** One request of an HTTP/2 connection and its answer. */
export class Http2Stream implements ClientSide, Deadline {
  deadlineMs = 0;
  queuedSlot = 0;
  queuedAfter: Queued | null = null;
  queuedBefore: Queued | null = null;
  readonly id: number;
  readonly head: RequestHead | null;
  exchange: Exchange | null = null;
  hasAnswered = false;
  private readonly host: StreamHost;
  /** Body bytes that were received but that the member has not taken: their window stays closed. */
  private heldBytes = 0;
  private readonly bodyClock: BodyClock;
  answerBytes = 0;

  /** @param head null for a request that was refused before it was understood */
  constructor(host: StreamHost, id: number, head: RequestHead | null) {
    this.host = host;
    this.id = id;
    this.head = head;
    this.bodyClock = new BodyClock(host.wheel);
    this.bodyClock.begin();
  }

  receiveBody(bytes: Buffer): void {
    this.heldBytes += bytes.length;
    this.bodyClock.received(bytes.length);
    if (this.exchange?.requestBody(bytes) === false) this.bodyClock.hold();
    if (this.bodyClock.isHeld) this.disarm();
    else this.releaseHeld();
  }

  receiveEnd(): void {
    this.disarm();
    this.exchange?.requestEnd();
  }

  /** Waits for more of the request for as long as its listener allows. */
  armForRequest(): void {
    this.host.wheel.arm(this, this.bodyClock.patienceMs(this.host.requestMs));
  }

  onDeadline(): void {
    if (this.hasAnswered) this.abort();
    else this.host.requestTimedOut(this);
  }

  sendContinue(): void {
    this.host.codec.respondInformational(this.id, 100, '');
  }

  sendInformational(head: ResponseHead): void {
    this.host.codec.respondInformational(this.id, head.status, head.fields);
  }

  sendHead(head: ResponseHead): void {
    this.hasAnswered = true;
    // An answer without a body still comes with its end: the codec then ends the stream with an empty frame.
    this.answerBytes += head.fields.length;
    this.host.codec.respond(this.id, head, false);
  }

  sendBody(bytes: Buffer, start: number, end: number): boolean {
    this.answerBytes += end - start;
    return this.host.codec.sendBody(this.id, bytes, start, end);
  }

  sendEnd(trailers: string): void {
    this.host.codec.endBody(this.id, trailers);
    this.done();
  }

  sendPage(page: StatusPage): void {
    const body = Buffer.from(page.body, 'latin1');
    const mayHaveBody = page.status !== 204;
    const hasBody = this.head?.method !== 'HEAD' && mayHaveBody;
    this.hasAnswered = true;
    this.answerBytes += page.fields.length + (hasBody ? body.length : 0);
    const head = { status: page.status, fields: page.fields, contentLength: mayHaveBody ? body.length : -1 };
    this.host.codec.respond(this.id, head, !hasBody);
    if (hasBody) {
      this.host.codec.sendBody(this.id, body, 0, body.length);
      this.host.codec.endBody(this.id, '');
    }
    this.done();
  }

  /** Never a clean end: a client must not take a cut answer for a whole one. */
  abort(): void {
    this.host.codec.reset(this.id, ErrorCode.internalError);
    this.cancel();
  }

  /** The client gave up, or the connection is gone. */
  cancel(): void {
    this.exchange?.abandon();
    this.done();
  }

  resumeBody(): void {
    if (!this.bodyClock.isHeld) return;
    this.bodyClock.resume();
    this.releaseHeld();
  }

  /** Only HTTP/1.1 requests can ask for an upgrade. */
  switchProtocols(): void {
    this.abort();
  }

  sendTunnelBytes(): boolean {
    return true;
  }

  endTunnel(): void {
    this.abort();
  }

  /** The connection writes once for all its streams. */
  flush(): void {}

  private releaseHeld(): void {
    const count = this.heldBytes;
    this.heldBytes = 0;
    this.host.codec.release(this.id, count);
    if (this.exchange?.isRequestDone === false) this.armForRequest();
  }

  private disarm(): void {
    this.host.wheel.disarm(this);
  }

  private done(): void {
    this.disarm();
    this.exchange = null;
    this.host.streamDone(this);
  }
}
