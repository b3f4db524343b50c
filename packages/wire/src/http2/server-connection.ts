import { defaultLimits, type RequestHead, type WireLimits, type WireProblem } from '../message.ts';
import { type EndpointEvents, Http2Endpoint } from './endpoint.ts';
import { ErrorCode } from './error-code.ts';
import type { FloodBudgets } from './flood-guard.ts';
import { LARGEST_WINDOW } from './flow-window.ts';
import type { ResponseBlock } from './hpack/recent-blocks.ts';
import { Http2Stream } from './http2-stream.ts';
import { RequestBlockDecoder } from './request-block-decoder.ts';
import type { HeadRefusal, RequestBlock } from './request-fields.ts';
import { defaultSettings, type Http2Settings, SettingId } from './settings.ts';

/** Per stream, in this order: request, body*, end; or a problem; a reset may come at any time and is final. */
export interface Http2ServerEvents extends EndpointEvents {
  /** `endStream`: the request has no body, and no `onRequestEnd` follows. */
  onRequest(streamId: number, head: RequestHead, endStream: boolean): void;
  /** Valid only during the call. `release` says when the bytes were taken over. */
  onRequestBody(streamId: number, bytes: Buffer, start: number, end: number): void;
  onRequestEnd(streamId: number): void;
  /** The client cancelled, or broke a rule and was reset: nothing can be answered any more. */
  onRequestReset(streamId: number, code: number): void;
  /**
   * Answer with the page of the problem. Comes instead of a request, or (413) during its body, of which nothing more
   * comes.
   */
  onRequestProblem(streamId: number, problem: WireProblem): void;
}

export interface Http2ServerOptions {
  readonly events: Http2ServerEvents;
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
  readonly settings?: Partial<Http2Settings>;
  readonly limits?: WireLimits;
  readonly floodBudgets?: FloodBudgets;
}

/** How long a client may take to answer the probe that a shutdown sends behind its first GOAWAY. */
export const DRAIN_PROBE_MS = 5000;

/** How long, and how much of, a request is read on behind its complete answer. */
const LINGER_MS = 2000;
const LINGER_BYTES = 4 * 1024 * 1024;
const drainProbe = Buffer.from('draining', 'latin1');

/**
 * HTTP/2 towards a client (RFC 9113): bytes in, events out; output is pulled. No sockets, no timers.
 *
 * A request that is malformed is reset with PROTOCOL_ERROR and never seen by the owner; one that is refused for what
 * it asks comes as a problem and is answered.
 */
export class Http2ServerConnection extends Http2Endpoint<Http2Stream> {
  /** Requests that were begun, refused ones apart. */
  requestCount = 0;
  readonly #events: Http2ServerEvents;
  readonly #limits: WireLimits;
  readonly #requests: RequestBlockDecoder;
  #lastSeenId = 0;
  #lastAcceptedId = 0;
  #seen = 0;
  #shutdown: 'no' | 'announced' | 'final' = 'no';
  #shutdownAtMs = 0;
  #isDrained = false;

  constructor(options: Http2ServerOptions) {
    const limits = options.limits ?? defaultLimits;
    super(options.events, {
      settings: { ...defaultSettings, ...options.settings },
      nowMs: options.nowMs,
      expectsPreface: true,
      headBytes: limits.headBytes,
      ...(options.floodBudgets === undefined ? {} : { floodBudgets: options.floodBudgets }),
    });
    this.#events = options.events;
    this.#limits = limits;
    this.#requests = new RequestBlockDecoder(limits, this.settings.headerTableBytes);
  }

  /** Queues the server's preface. To be called once, before anything else. */
  start(): void {
    this.control.settings([
      [SettingId.headerTableSize, this.settings.headerTableBytes],
      [SettingId.maxConcurrentStreams, this.settings.maxConcurrentStreams],
      [SettingId.initialWindowSize, this.settings.streamWindowBytes],
      [SettingId.maxHeaderListSize, this.#limits.headBytes],
      [SettingId.noRfc7540Priorities, 1],
    ]);
    this.openConnectionWindow();
    this.announce();
  }

  /** A 1xx other than 101, which HTTP/2 does not have. */
  respondInformational(streamId: number, status: number, fields: string): void {
    const stream = this.streams.get(streamId);
    if (stream === undefined || stream.hasSentHead) return;
    this.headers.response(stream, { status, fields, contentLength: -1 }, false);
    this.announce();
  }

  /**
   * The head of the answer. A declared length is kept: see `endBody`. An answer to HEAD, 204 and 304 ends here whatever
   * follows, as they have no body (RFC 9110 §6.4.1).
   */
  respond(streamId: number, block: ResponseBlock, endStream: boolean): void {
    const stream = this.streams.get(streamId);
    if (stream === undefined || stream.hasSentHead) return;
    stream.hasSentHead = true;
    const hasNoBody = stream.isForHead || block.status === 204 || block.status === 304;
    this.headers.response(stream, block, endStream || hasNoBody);
    if (endStream || hasNoBody) {
      stream.isEnding = true;
      this.endSent(stream);
    } else {
      stream.owedBytes = block.contentLength;
    }
    this.announce();
  }

  /**
   * Lets the open streams finish and takes no new ones, in two steps so that no request that is already on its way is
   * lost (RFC 9113 §6.8): a GOAWAY that refuses nothing yet, and the final one when the client has seen it.
   */
  shutdown(): void {
    if (this.isFailed || this.#shutdown !== 'no') return;
    this.#shutdown = 'announced';
    this.#shutdownAtMs = this.nowMs();
    this.control.goaway(LARGEST_WINDOW, ErrorCode.noError, '');
    this.control.ping(drainProbe);
    this.announce();
  }

  /** Also ends a shutdown whose probe is not being answered, and requests that outlast their answers. */
  override checkStalls(nowMs: number): void {
    if (this.#shutdown === 'announced' && nowMs - this.#shutdownAtMs >= DRAIN_PROBE_MS) this.#refuseNew();
    for (const stream of this.streams.values()) {
      if (stream.lingerUntilMs > 0 && nowMs >= stream.lingerUntilMs) this.#endLingering(stream);
    }
    super.checkStalls(nowMs);
  }

  override onHeaderBlock(
    streamId: number,
    endStream: boolean,
    bytes: Buffer,
    start: number,
    end: number,
  ): void {
    const block = { bytes, start, end, endStream };
    const stream = this.streams.get(streamId);
    if (stream !== undefined) this.#onTrailers(stream, block);
    else if (streamId % 2 === 0) this.fail(ErrorCode.protocolError, 'even stream id');
    else if (streamId <= this.#lastSeenId) this.#onStrayHeaders(streamId, block);
    else this.#onNewStream(streamId, block);
  }

  protected override isStreamIdle(streamId: number): boolean {
    return streamId % 2 === 0 || streamId > this.#lastSeenId;
  }

  protected override lastPeerStreamId(): number {
    return this.#lastAcceptedId;
  }

  protected override onBody(stream: Http2Stream, bytes: Buffer, start: number, end: number): void {
    if (stream.receivedBytes <= this.#limits.bodyBytes) {
      this.#events.onRequestBody(stream.id, bytes, start, end);
      return;
    }
    stream.isDiscarding = true;
    this.releaseConnection(stream.receive, end - start);
    this.#events.onRequestProblem(stream.id, { status: 413, reason: 'body too large' });
  }

  protected override onBodyEnd(stream: Http2Stream): void {
    if (!stream.isDiscarding) this.#events.onRequestEnd(stream.id);
  }

  protected override onStreamLost(stream: Http2Stream, code: number): void {
    this.#events.onRequestReset(stream.id, code);
  }

  /**
   * The answer is complete and the request is not. A reset would be in order now (RFC 9113 §8.1), but there are clients
   * that lose the answer over it (curl 7.88): so the rest is read and dropped, for a moment.
   */
  protected override onHalfClosed(stream: Http2Stream): void {
    stream.isDiscarding = true;
    stream.lingerUntilMs = this.nowMs() + LINGER_MS;
    stream.lingerBytes = LINGER_BYTES;
    this.releaseHeld(stream, stream.receive.held);
  }

  protected override onUnwantedBody(stream: Http2Stream, byteCount: number): void {
    if (stream.lingerUntilMs === 0) return super.onUnwantedBody(stream, byteCount);
    stream.lingerBytes -= byteCount;
    if (stream.lingerBytes < 0) this.#endLingering(stream);
    else this.releaseHeld(stream, byteCount);
  }

  #endLingering(stream: Http2Stream): void {
    this.writeReset(stream.id, ErrorCode.noError);
    this.closeStream(stream);
  }

  /** The client says goodbye; there is nothing that it could forbid us, as we open no streams. */
  protected override onGoaway(): void {}

  protected override onPingAck(payload: Buffer): void {
    if (this.#shutdown === 'announced' && payload.equals(drainProbe)) this.#refuseNew();
  }

  protected override onStreamClosed(): void {
    if (this.#shutdown !== 'final' || this.streams.size > 0 || this.#isDrained) return;
    this.#isDrained = true;
    this.#events.onDrained();
  }

  #refuseNew(): void {
    if (this.isFailed) return;
    this.#shutdown = 'final';
    this.control.goaway(this.#lastAcceptedId, ErrorCode.noError, '');
    this.onStreamClosed();
  }

  #onNewStream(streamId: number, block: RequestBlock): void {
    this.#lastSeenId = streamId;
    this.#seen++;
    if (this.#shutdown === 'final' || this.streams.size >= this.settings.maxConcurrentStreams) {
      if (!this.#skip(block)) return;
      this.writeReset(streamId, ErrorCode.refusedStream);
      this.allows('refused');
      return;
    }
    this.#lastAcceptedId = streamId;
    const result = this.#requests.decode(block);
    if ('kind' in result) this.#onRefusal(streamId, result, block.endStream);
    else this.#onRequest(streamId, result, block.endStream);
  }

  #onRequest(streamId: number, head: RequestHead, endStream: boolean): void {
    const stream = this.#openStream(streamId, endStream);
    stream.isForHead = head.method === 'HEAD';
    stream.expectedBytes = head.framing === 'length' ? head.contentLength : -1;
    this.#events.onRequest(streamId, head, endStream);
  }

  #onRefusal(streamId: number, refusal: HeadRefusal, endStream: boolean): void {
    switch (refusal.kind) {
      case 'corrupt':
        return this.fail(ErrorCode.compressionError, 'bad header block');
      case 'malformed':
        this.writeReset(streamId, ErrorCode.protocolError);
        this.allows('fault');
        return;
      case 'problem': {
        const stream = this.#openStream(streamId, endStream);
        stream.isForHead = refusal.isForHead;
        stream.isDiscarding = true;
        this.#events.onRequestProblem(streamId, refusal.problem);
      }
    }
  }

  #openStream(streamId: number, endStream: boolean): Http2Stream {
    const stream = new Http2Stream(streamId, {
      send: this.peer.initialWindowSize,
      receive: this.settings.streamWindowBytes,
    });
    stream.hasReceivedEnd = endStream;
    this.streams.set(streamId, stream);
    this.requestCount++;
    return stream;
  }

  /** A second header block on a stream: trailers, which must end it (RFC 9113 §8.1). */
  #onTrailers(stream: Http2Stream, block: RequestBlock): void {
    if (stream.hasReceivedEnd || !block.endStream) {
      if (!this.#skip(block)) return;
      return this.streamFault(
        stream,
        stream.hasReceivedEnd ? ErrorCode.streamClosed : ErrorCode.protocolError,
      );
    }
    const refusal = this.#requests.decodeTrailers(block);
    if (refusal === null) this.endReceived(stream);
    else if (refusal.kind === 'corrupt') this.fail(ErrorCode.compressionError, 'bad header block');
    else this.streamFault(stream, ErrorCode.protocolError);
  }

  #onStrayHeaders(streamId: number, block: RequestBlock): void {
    if (!this.#skip(block)) return;
    if (this.resets.has(streamId)) {
      this.allows('ignored');
      return;
    }
    // An id that was left out and comes late is no closed stream (RFC 9113 §5.1.1).
    const hadAllIds = this.#lastSeenId === 2 * this.#seen - 1;
    const code = hadAllIds ? ErrorCode.streamClosed : ErrorCode.protocolError;
    this.fail(code, 'HEADERS on a closed stream');
  }

  #skip(block: RequestBlock): boolean {
    const isInStep = this.#requests.skip(block);
    if (!isInStep) this.fail(ErrorCode.compressionError, 'bad header block');
    return isInStep;
  }
}
