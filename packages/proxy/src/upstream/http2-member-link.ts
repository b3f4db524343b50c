import type { Http2Request, Http2ResponseEvents, ResponseHead, WireProblem } from '@elbow/wire';
import { ErrorCode } from '@elbow/wire';
import type { Http2MemberConnection } from './http2-member-connection.ts';
import type { MemberLink, OutgoingRequest } from './member-link.ts';
import type { MemberFailure, MemberOwner } from './member-owner.ts';

/** One exchange as a stream of an HTTP/2 connection to a member. */
export class Http2MemberLink implements MemberLink, Http2ResponseEvents {
  readonly wasUsed: boolean;
  hasAnswerBegun = false;
  private readonly connection: Http2MemberConnection;
  private owner: MemberOwner | null = null;
  private streamId = 0;
  private isPaused = false;
  private isRequestSent = false;
  /** Body bytes of the answer that the client has not taken: their window stays closed. */
  private heldBytes = 0;

  constructor(connection: Http2MemberConnection) {
    this.connection = connection;
    this.wasUsed = connection.isConnected;
  }

  get isConnected(): boolean {
    return this.connection.isConnected;
  }

  begin(owner: MemberOwner, request: OutgoingRequest): void {
    this.owner = owner;
    this.isRequestSent = request.framing === 'none';
    this.streamId = this.connection.codec.request(toHttp2(request), this.isRequestSent, this);
    if (this.streamId !== 0) this.connection.carry(this.streamId, this);
    // Said in a later turn: nobody expects a failure while it begins.
    else queueMicrotask(() => this.fail('connect-error', 'the member takes no more streams'));
  }

  /** Streams are written once per turn of the event loop anyway. */
  joinWrites(): void {}

  sendBody(bytes: Buffer): boolean {
    return this.connection.codec.sendBody(this.streamId, bytes, 0, bytes.length);
  }

  finishRequest(): void {
    if (this.isRequestSent) return;
    this.isRequestSent = true;
    this.connection.codec.endBody(this.streamId, '');
  }

  endTunnel(): void {
    this.discard();
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    this.releaseHeld();
  }

  discard(): void {
    this.connection.codec.reset(this.streamId, ErrorCode.cancel);
    this.forget();
  }

  giveUp(): void {
    this.discard();
    this.connection.retire();
  }

  /** The connection is lost. */
  lost(kind: MemberFailure, reason: string): void {
    this.fail(kind, reason);
  }

  connected(): void {
    this.owner?.memberConnected();
  }

  writable(): void {
    this.owner?.memberDrained();
  }

  readDone(): void {
    this.owner?.memberReadDone();
  }

  onInformational(head: ResponseHead): void {
    this.hasAnswerBegun = true;
    this.owner?.memberInformational(head);
  }

  onResponseHead(head: ResponseHead): void {
    this.hasAnswerBegun = true;
    this.owner?.memberHead(head);
  }

  onResponseBody(bytes: Buffer, start: number, end: number): void {
    this.heldBytes += end - start;
    this.owner?.memberBody(bytes, start, end);
    if (!this.isPaused) this.releaseHeld();
  }

  onResponseEnd(trailers: string): void {
    // An answer that came before the request was complete leaves the rest of it nowhere to go.
    if (!this.isRequestSent) this.connection.codec.reset(this.streamId, ErrorCode.noError);
    const owner = this.forget();
    owner?.memberEnd(trailers);
    owner?.memberReadDone();
  }

  onResponseProblem(problem: WireProblem): void {
    this.fail('response-error', problem.reason);
  }

  onResponseReset(code: number, isUnprocessed: boolean): void {
    // What the member did not begin with may go elsewhere like a request that found no connection.
    this.fail(
      isUnprocessed ? 'connect-error' : 'response-error',
      `the member reset the stream with code ${code}`,
    );
  }

  private fail(kind: MemberFailure, reason: string): void {
    const owner = this.forget();
    owner?.memberFailed(this, kind, reason);
    owner?.memberReadDone();
  }

  private releaseHeld(): void {
    const count = this.heldBytes;
    this.heldBytes = 0;
    if (count > 0) this.connection.codec.release(this.streamId, count);
  }

  private forget(): MemberOwner | null {
    const { owner } = this;
    this.owner = null;
    this.connection.drop(this.streamId);
    return owner;
  }
}

function toHttp2(request: OutgoingRequest): Http2Request {
  return {
    method: request.method,
    scheme: 'http',
    authority: request.authority,
    path: request.target,
    fields: request.fields,
    contentLength: request.framing === 'length' ? request.contentLength : -1,
    acceptsTrailers: request.acceptsTrailers,
  };
}
