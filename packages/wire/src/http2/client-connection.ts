import { defaultLimits, type ResponseEvents, type WireLimits } from '../message.ts';
import { type EndpointEvents, Http2Endpoint } from './endpoint.ts';
import { ErrorCode } from './error-code.ts';
import { defaultFloodBudgets, type FloodBudgets } from './flood-guard.ts';
import { LARGEST_WINDOW } from './flow-window.ts';
import { CONNECTION_PREFACE } from './frame-type.ts';
import { Http2Stream, type StreamWindows } from './http2-stream.ts';
import { type AnswerRefusal, ResponseDecoder } from './response-fields.ts';
import { defaultSettings, type Http2Settings, SettingId } from './settings.ts';

export interface Http2ClientEvents extends EndpointEvents {
  /** The member wants no new streams on this connection; open ones may finish. `onDrained` follows. */
  onGoaway(): void;
}

/** What is said of one exchange: informational*, head, body*, end; or a problem, or a reset; the last two are final. */
export interface Http2ResponseEvents extends ResponseEvents {
  /**
   * The member ended the stream. `isUnprocessed`: it says that it did not begin with the request (REFUSED_STREAM, or
   * GOAWAY with a lower id, RFC 9113 §8.7), so that any request may be sent again elsewhere.
   */
  onResponseReset(code: number, isUnprocessed: boolean): void;
}

export interface Http2Request {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  readonly authority: string;
  readonly path: string;
  /** Lines `Name: value\r\n`; connection-specific ones are left out. */
  readonly fields: string;
  /** Written as `content-length` unless negative; a body that differs breaks the stream off. */
  readonly contentLength: number;
  /** Writes `te: trailers`, which gRPC asks for. */
  readonly acceptsTrailers: boolean;
}

export interface Http2ClientOptions {
  readonly events: Http2ClientEvents;
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
  readonly settings?: Partial<Http2Settings>;
  readonly limits?: WireLimits;
}

/**
 * Many clients share a connection to a member, so the connection's window is far wider than a stream's: one client
 * that reads slowly must not hold up the others.
 */
export const defaultClientSettings: Http2Settings = {
  ...defaultSettings,
  connectionWindowBytes: 4 * 1024 * 1024,
};

/** A member is no stranger, and one that is busy answers thousands of exchanges a second by RST_STREAM. */
const memberBudgets: FloodBudgets = {
  ...defaultFloodBudgets,
  reset: 200_000,
  ignored: 200_000,
  ping: 10_000,
};

/** What a client assumes before it has seen SETTINGS (RFC 9113 §6.5.2 recommends no server to allow less). */
const ASSUMED_STREAMS = 100;

class ClientStream extends Http2Stream {
  readonly events: Http2ResponseEvents;
  hasReceivedHead = false;
  trailersReceived = '';

  constructor(id: number, windows: StreamWindows, events: Http2ResponseEvents) {
    super(id, windows);
    this.events = events;
  }
}

/** HTTP/2 with prior knowledge towards a member (RFC 9113 §3.3): requests out, answers as events; output is pulled. */
export class Http2ClientConnection extends Http2Endpoint<ClientStream> {
  /** Requests that were sent. */
  requestCount = 0;
  readonly #events: Http2ClientEvents;
  readonly #answers: ResponseDecoder;
  #nextId = 1;
  #isLeaving = false;
  #isDrained = false;

  constructor(options: Http2ClientOptions) {
    const limits = options.limits ?? defaultLimits;
    super(options.events, {
      settings: { ...defaultClientSettings, ...options.settings },
      nowMs: options.nowMs,
      floodBudgets: memberBudgets,
      expectsPreface: false,
      headBytes: limits.headBytes,
    });
    this.#events = options.events;
    this.#answers = new ResponseDecoder(limits, this.settings.headerTableBytes);
    this.peer.maxConcurrentStreams = ASSUMED_STREAMS;
  }

  /** Queues the client's preface. To be called once, before anything else. */
  start(): void {
    const chunk = this.output.open(CONNECTION_PREFACE.length);
    const at = this.output.position;
    this.output.advance(at + chunk.write(CONNECTION_PREFACE, at, 'latin1'));
    this.control.settings([
      [SettingId.headerTableSize, this.settings.headerTableBytes],
      [SettingId.enablePush, 0],
      [SettingId.initialWindowSize, this.settings.streamWindowBytes],
    ]);
    this.openConnectionWindow();
    this.announce();
  }

  /** Whether a request can be sent now. */
  get canOpen(): boolean {
    if (this.isFailed || this.#isLeaving || this.#nextId > LARGEST_WINDOW) return false;
    return this.streams.size < this.peer.maxConcurrentStreams;
  }

  /** Sends the head of a request; returns the stream, or 0 when none can be opened: see {@link canOpen}. */
  request(request: Http2Request, endStream: boolean, events: Http2ResponseEvents): number {
    if (!this.canOpen) return 0;
    const windows = { send: this.peer.initialWindowSize, receive: this.settings.streamWindowBytes };
    const stream = new ClientStream(this.#nextId, windows, events);
    stream.isForHead = request.method === 'HEAD';
    this.#nextId += 2;
    this.requestCount++;
    this.streams.set(stream.id, stream);
    this.headers.lines(stream, { pseudo: requestLines(request), fields: request.fields }, endStream);
    stream.hasSentHead = true;
    if (endStream) {
      stream.isEnding = true;
      this.endSent(stream);
    } else {
      stream.owedBytes = request.contentLength;
    }
    this.announce();
    return stream.id;
  }

  /** Opens no more streams; GOAWAY and `onDrained` come when the open ones are done. */
  shutdown(): void {
    if (this.isFailed || this.#isLeaving) return;
    this.#isLeaving = true;
    this.onStreamClosed();
    this.announce();
  }

  override onHeaderBlock(
    streamId: number,
    endStream: boolean,
    bytes: Buffer,
    start: number,
    end: number,
  ): void {
    const stream = this.streams.get(streamId);
    const block = { bytes, start, end, endStream, isForHead: stream?.isForHead ?? false };
    if (stream === undefined) {
      const read = this.#answers.decodeTrailers(block);
      this.#onStrayHeaders(streamId, 'refusal' in read && read.refusal === 'corrupt');
    } else if (stream.hasReceivedHead) {
      const read = this.#answers.decodeTrailers(block);
      if ('refusal' in read) this.#onBadAnswer(stream, read.refusal);
      else if (!endStream || stream.hasReceivedEnd) this.#onBadAnswer(stream, 'malformed');
      else this.#onTrailers(stream, read.fields);
    } else {
      const head = this.#answers.decode(block);
      if (typeof head === 'string') return this.#onBadAnswer(stream, head);
      if (head.status < 200) return stream.events.onInformational(head);
      stream.hasReceivedHead = true;
      const hasBody = head.framing !== 'none';
      stream.expectedBytes = hasBody ? head.contentLength : 0;
      stream.events.onResponseHead(head);
      if (endStream && !stream.isClosed) this.endReceived(stream);
    }
  }

  protected override isStreamIdle(streamId: number): boolean {
    return streamId % 2 === 0 || streamId >= this.#nextId;
  }

  /** We accept no streams. */
  protected override lastPeerStreamId(): number {
    return 0;
  }

  protected override onBody(stream: ClientStream, bytes: Buffer, start: number, end: number): void {
    if (stream.hasReceivedHead) stream.events.onResponseBody(bytes, start, end);
    else this.#onBadAnswer(stream, 'malformed');
  }

  protected override onBodyEnd(stream: ClientStream): void {
    if (stream.hasReceivedHead) stream.events.onResponseEnd(stream.trailersReceived);
    else this.#onBadAnswer(stream, 'malformed');
  }

  /** A reset behind a complete answer only says that the rest of the request is not wanted (RFC 9113 §8.1). */
  protected override onStreamLost(stream: ClientStream, code: number): void {
    if (stream.hasReceivedEnd) return;
    stream.events.onResponseReset(code, code === ErrorCode.refusedStream && !stream.hasReceivedHead);
  }

  protected override onGoaway(lastStreamId: number): void {
    const isFirst = !this.#isLeaving;
    this.#isLeaving = true;
    if (isFirst) this.#events.onGoaway();
    for (const stream of this.streams.values()) {
      if (stream.id <= lastStreamId) continue;
      this.closeStream(stream);
      stream.events.onResponseReset(ErrorCode.refusedStream, !stream.hasReceivedHead);
    }
    this.onStreamClosed();
  }

  protected override onPingAck(): void {}

  /** The request is out; the answer is yet to come. */
  protected override onHalfClosed(): void {}

  protected override onStreamClosed(): void {
    if (!this.#isLeaving || this.streams.size > 0 || this.#isDrained || this.isFailed) return;
    this.#isDrained = true;
    this.control.goaway(0, ErrorCode.noError, '');
    this.#events.onDrained();
  }

  #onTrailers(stream: ClientStream, fields: string): void {
    stream.trailersReceived = fields;
    this.endReceived(stream);
  }

  #onBadAnswer(stream: ClientStream, refusal: AnswerRefusal): void {
    if (refusal === 'corrupt') return this.fail(ErrorCode.compressionError, 'bad header block');
    this.writeReset(stream.id, ErrorCode.protocolError);
    this.closeStream(stream);
    const reason = refusal === 'tooLarge' ? 'header list of the answer too large' : 'malformed answer';
    if (!stream.hasReceivedEnd || !stream.hasReceivedHead)
      stream.events.onResponseProblem({ status: 502, reason });
    this.allows('fault');
  }

  #onStrayHeaders(streamId: number, isCorrupt: boolean): void {
    if (isCorrupt) this.fail(ErrorCode.compressionError, 'bad header block');
    else if (this.isStreamIdle(streamId)) this.fail(ErrorCode.protocolError, 'HEADERS on an idle stream');
    else if (!this.resets.has(streamId)) this.fail(ErrorCode.streamClosed, 'HEADERS on a closed stream');
    else this.allows('ignored');
  }
}

function requestLines(request: Http2Request): string[] {
  const lines = [
    `:method: ${request.method}`,
    `:scheme: ${request.scheme}`,
    `:path: ${request.path}`,
    `:authority: ${request.authority}`,
  ];
  if (request.acceptsTrailers) lines.push('te: trailers');
  if (request.contentLength >= 0) lines.push(`content-length: ${request.contentLength}`);
  return lines;
}
