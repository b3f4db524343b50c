import { chunkPool } from './chunk-pool.ts';
import { ControlWriter } from './control-writer.ts';
import { ErrorCode } from './error-code.ts';
import { defaultFloodBudgets, FloodGuard, type FloodBudgets, type Nuisance } from './flood-guard.ts';
import { DEFAULT_WINDOW, ReceiveWindow } from './flow-window.ts';
import { FrameReader, type FrameHandler } from './frame-reader.ts';
import type { FrameInfo } from './frame-rules.ts';
import { FrameFlag, FrameType } from './frame-type.ts';
import { HeaderWriter } from './header-writer.ts';
import type { Http2Stream } from './http2-stream.ts';
import { OutputQueue } from './output-queue.ts';
import { ResetMemory } from './reset-memory.ts';
import { SendScheduler } from './send-scheduler.ts';
import { defaultPeerSettings, type Http2Settings, readSettings } from './settings.ts';

/** What both kinds of connection tell their owner. */
export interface EndpointEvents {
  /** There is output again after there was none: schedule a flush. */
  onOutput(): void;
  /** Asked to pause by `sendBody`, the stream takes more now. */
  onStreamWritable(streamId: number): void;
  /**
   * The connection is lost and GOAWAY is queued: flush, then close. All streams are gone; nothing is said of them one
   * by one.
   */
  onConnectionError(code: number, reason: string): void;
  /** After `shutdown()`: no stream is left and none will come. Flush, then close. */
  onDrained(): void;
}

export interface EndpointOptions {
  readonly settings: Http2Settings;
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
  readonly floodBudgets?: FloodBudgets;
  readonly expectsPreface: boolean;
  readonly headBytes: number;
}

/** A stream that could send but for its window is reset after this long. */
export const STALL_LIMIT_MS = 30_000;

/** Acknowledgements and resets that may wait for a peer that does not read. */
const MOST_UNREAD_REPLY_BYTES = 64 * 1024;

/**
 * What server and client have in common: frames of the connection itself, flow control of both directions, the table
 * of streams, the output that is pulled, and the budgets that a peer must keep.
 */
export abstract class Http2Endpoint<Stream extends Http2Stream> implements FrameHandler {
  protected readonly output = new OutputQueue();
  protected readonly headers = new HeaderWriter(this.output);
  protected readonly control = new ControlWriter(this.output);
  protected readonly scheduler: SendScheduler;
  protected readonly reader: FrameReader;
  protected readonly guard: FloodGuard;
  protected readonly connectionWindow: ReceiveWindow;
  protected readonly settings: Http2Settings;
  protected readonly peer = defaultPeerSettings();
  protected readonly nowMs: () => number;
  protected readonly streams = new Map<number, Stream>();
  protected readonly resets = new ResetMemory();
  protected isFailed = false;
  #events: EndpointEvents;
  #isAnnounced = false;
  /** The stream of the DATA frame that is being read; null when nobody wants its bytes. */
  #dataStream: Stream | null = null;
  #dataEndsStream = false;

  constructor(events: EndpointEvents, options: EndpointOptions) {
    this.#events = events;
    this.nowMs = options.nowMs;
    this.settings = options.settings;
    this.guard = new FloodGuard(options.floodBudgets ?? defaultFloodBudgets, options.nowMs);
    this.connectionWindow = new ReceiveWindow(options.settings.connectionWindowBytes);
    // A list may pass the limit and still be answered, so somewhat more than the limit is read before it is decoded.
    const blockBytes = options.headBytes * 2;
    this.reader = new FrameReader(this, { expectsPreface: options.expectsPreface, blockBytes });
    this.scheduler = new SendScheduler(
      this.output,
      {
        onDataSent: () => this.guard.onDataSent(),
        writeTrailers: (stream) => this.headers.lines(stream, { pseudo: [], fields: stream.trailers }, true),
        onEndSent: (stream) => this.endSent(stream as Stream),
      },
      options.nowMs,
    );
  }

  /** Bytes from the peer, `bytes[start, end)`, read during the call. */
  receive(bytes: Buffer, start: number, end: number): void {
    if (this.isFailed) return;
    this.reader.read(bytes, start, end);
    this.announce();
  }

  /**
   * The next chunk for the socket, at most 32 KiB, or null when there is nothing to write now. Ask until null or until
   * the socket is full; give each chunk back with {@link recycle} once it is written.
   */
  takeOutput(): Buffer | null {
    if (!this.isFailed && !this.output.hasSealedChunk) this.scheduler.fill();
    const chunk = this.output.take();
    if (chunk === null) {
      this.#isAnnounced = false;
      this.control.unreadReplyBytes = 0;
    }
    for (const stream of this.scheduler.takeWritable()) this.#events.onStreamWritable(stream.id);
    return chunk;
  }

  /** Gives a chunk of {@link takeOutput} back, once, when nothing reads it any more. */
  recycle(chunk: Buffer): void {
    chunkPool.give(chunk);
  }

  get outputPending(): boolean {
    return !this.output.isEmpty || (!this.isFailed && this.scheduler.canSend);
  }

  /** No stream is open. */
  get idle(): boolean {
    return this.streams.size === 0;
  }

  /** A frame or header block has begun and is not whole: time for it is running. */
  get isInsideHead(): boolean {
    return this.reader.isInsideHead;
  }

  /**
   * Sends `bytes[start, end)`; what cannot go out now is copied. False when more than 64 KiB wait on the stream: pause,
   * `onStreamWritable` will come. Bytes for a stream that is gone are dropped.
   */
  sendBody(streamId: number, bytes: Buffer, start: number, end: number): boolean {
    const stream = this.streams.get(streamId);
    if (stream === undefined || stream.isEnding || !stream.hasSentHead) return true;
    if (stream.owedBytes >= 0) {
      stream.owedBytes -= end - start;
      // More than was declared would be taken for a malformed message, so it ends here and not in the peer.
      if (stream.owedBytes < 0) return this.#breakOff(stream);
    }
    const mayGoOn = this.scheduler.send(stream, bytes, start, end);
    this.announce();
    return mayGoOn;
  }

  /**
   * Ends the body; `trailers` is a block of lines, `''` for none. A body shorter than was declared, or
   * without a head, is broken off with INTERNAL_ERROR: the peer must not take it for a whole one.
   */
  endBody(streamId: number, trailers: string): void {
    const stream = this.streams.get(streamId);
    if (stream === undefined || stream.isEnding) return;
    if (stream.owedBytes > 0 || !stream.hasSentHead) {
      this.#breakOff(stream);
      return;
    }
    this.scheduler.end(stream, trailers);
    this.announce();
  }

  /** Ends a stream at once, whatever waits on it. No event follows. */
  reset(streamId: number, code: number): void {
    const stream = this.streams.get(streamId);
    if (stream === undefined) return;
    this.writeReset(streamId, code);
    this.closeStream(stream);
    this.announce();
  }

  /** The body bytes were taken over by whom they are for: the peer may send as many again. */
  release(streamId: number, byteCount: number): void {
    const stream = this.streams.get(streamId);
    if (stream === undefined) return;
    this.releaseHeld(stream, byteCount);
    this.announce();
  }

  /** Resets the streams that have waited for a window for 30 seconds. To be called about once a second. */
  checkStalls(nowMs: number): void {
    for (const stream of this.streams.values()) {
      if (!this.scheduler.isStalled(stream, nowMs - STALL_LIMIT_MS)) continue;
      this.writeReset(stream.id, ErrorCode.cancel);
      this.closeStream(stream);
      this.onStreamLost(stream, ErrorCode.cancel);
    }
    this.announce();
  }

  /** Ends the connection: GOAWAY is queued, all streams are gone, no event follows. */
  abort(code: number, reason: string): void {
    this.giveUp(code, reason);
    this.announce();
  }

  // Frames

  abstract onHeaderBlock(
    streamId: number,
    endStream: boolean,
    bytes: Buffer,
    start: number,
    end: number,
  ): void;

  onDataFrame(streamId: number, flowBytes: number, endStream: boolean): void {
    this.#dataStream = null;
    this.#dataEndsStream = endStream;
    if (!this.connectionWindow.take(flowBytes)) {
      return this.fail(ErrorCode.flowControlError, 'connection window exceeded');
    }
    const stream = this.streams.get(streamId);
    if (stream === undefined) return this.#onStrayData(streamId, flowBytes);
    if (!stream.receive.take(flowBytes)) {
      return this.streamFault(stream, ErrorCode.flowControlError);
    }
    if (stream.hasReceivedEnd) return this.streamFault(stream, ErrorCode.streamClosed);
    if (flowBytes === 0 && !endStream && !this.allows('emptyData')) return;
    this.#dataStream = stream;
  }

  onDataBytes(bytes: Buffer, start: number, end: number): void {
    const stream = this.#dataStream;
    if (stream === null || stream.isClosed) return;
    stream.receivedBytes += end - start;
    const isTooMuch = stream.expectedBytes >= 0 && stream.receivedBytes > stream.expectedBytes;
    if (isTooMuch) this.streamFault(stream, ErrorCode.protocolError);
    else if (stream.isDiscarding) this.onUnwantedBody(stream, end - start);
    else this.onBody(stream, bytes, start, end);
  }

  onDataFrameEnd(padding: number): void {
    const stream = this.#dataStream;
    this.#dataStream = null;
    if (stream === null || stream.isClosed) return;
    if (padding > 0) {
      // Padding is taken over by nobody.
      this.releaseHeld(stream, padding);
      if (stream.isClosed) return;
    }
    if (this.#dataEndsStream) this.endReceived(stream);
  }

  onControlFrame(frame: Readonly<FrameInfo>, bytes: Buffer, start: number, end: number): void {
    switch (frame.type) {
      case FrameType.rstStream:
        return this.#onReset(frame.streamId, bytes.readUInt32BE(start));
      case FrameType.settings:
        return this.#onSettings(frame.flags, bytes, start, end);
      case FrameType.ping:
        return this.#onPing(frame.flags, bytes, start, end);
      case FrameType.goaway:
        return this.onGoaway(bytes.readUInt32BE(start) & 0x7fff_ffff, bytes.readUInt32BE(start + 4));
      case FrameType.windowUpdate:
        return this.#onWindowUpdate(frame.streamId, bytes.readUInt32BE(start) & 0x7fff_ffff);
      case FrameType.priority:
        this.allows('priority');
        return;
      default:
        this.allows('ignored');
    }
  }

  onReadFault(code: number, reason: string): void {
    this.fail(code, reason);
  }

  // What server and client do each in their way

  /** Whether no frame can have been sent on this stream yet. */
  protected abstract isStreamIdle(streamId: number): boolean;
  protected abstract onBody(stream: Stream, bytes: Buffer, start: number, end: number): void;
  /** Body of a stream that is discarding: the connection gets it back, the stream's window stays as it is. */
  protected onUnwantedBody(stream: Stream, byteCount: number): void {
    this.releaseConnection(stream.receive, byteCount);
  }

  /** The peer has ended its side, and the length is as declared. */
  protected abstract onBodyEnd(stream: Stream): void;
  /** The stream was ended by the peer, or by us for what the peer did. It is closed already. */
  protected abstract onStreamLost(stream: Stream, code: number): void;
  protected abstract onGoaway(lastStreamId: number, code: number): void;
  protected abstract onPingAck(payload: Buffer): void;
  /** END_STREAM was sent and the stream is not over, as the peer has not ended its side. */
  protected abstract onHalfClosed(stream: Stream): void;
  /** For GOAWAY: the highest stream of the peer's that was or may be acted upon. */
  protected abstract lastPeerStreamId(): number;
  protected abstract onStreamClosed(): void;

  // Common ground

  protected announce(): void {
    if (this.#isAnnounced || !this.outputPending) return;
    this.#isAnnounced = true;
    this.#events.onOutput();
  }

  /** Counts a nuisance; ends the connection and returns false when there were too many. */
  protected allows(nuisance: Nuisance): boolean {
    if (this.guard.allows(nuisance)) return true;
    this.fail(ErrorCode.enhanceYourCalm, `too many: ${nuisance}`);
    return false;
  }

  protected endReceived(stream: Stream): void {
    if (stream.expectedBytes >= 0 && stream.receivedBytes !== stream.expectedBytes) {
      return this.streamFault(stream, ErrorCode.protocolError);
    }
    stream.hasReceivedEnd = true;
    this.onBodyEnd(stream);
    if (stream.hasSentEnd && !stream.isClosed) this.closeStream(stream);
  }

  /** The peer broke a rule of one stream: it is reset, and its owner told. */
  protected streamFault(stream: Stream, code: number): void {
    this.writeReset(stream.id, code);
    this.closeStream(stream);
    this.onStreamLost(stream, code);
    this.allows('fault');
  }

  protected writeReset(streamId: number, code: number): void {
    this.resets.add(streamId);
    this.control.reset(streamId, code);
    this.#checkReplies();
  }

  /** Opens the connection's window to the size that the settings ask for; SETTINGS cannot say it (RFC 9113 §6.9.2). */
  protected openConnectionWindow(): void {
    const more = this.settings.connectionWindowBytes - DEFAULT_WINDOW;
    if (more > 0) this.#writeWindowUpdate(0, more);
  }

  protected closeStream(stream: Stream): void {
    stream.isClosed = true;
    stream.body.clear();
    this.streams.delete(stream.id);
    // Whatever was held of its body is dropped with it.
    this.releaseConnection(stream.receive, stream.receive.held);
    this.onStreamClosed();
  }

  protected fail(code: number, reason: string): void {
    if (this.isFailed) return;
    this.giveUp(code, reason);
    this.#events.onConnectionError(code, reason);
  }

  protected giveUp(code: number, reason: string): void {
    if (this.isFailed) return;
    this.isFailed = true;
    this.reader.stop();
    for (const stream of this.streams.values()) {
      stream.isClosed = true;
      stream.body.clear();
    }
    this.streams.clear();
    this.control.goaway(this.lastPeerStreamId(), code, reason);
  }

  protected releaseConnection(from: ReceiveWindow, bytes: number): void {
    const released = Math.min(bytes, from.held);
    from.held -= released;
    this.#writeWindowUpdate(0, this.connectionWindow.release(released));
  }

  protected releaseHeld(stream: Stream, bytes: number): void {
    const released = Math.min(bytes, stream.receive.held);
    const increment = stream.receive.release(released);
    if (!stream.hasReceivedEnd) this.#writeWindowUpdate(stream.id, increment);
    this.#writeWindowUpdate(0, this.connectionWindow.release(released));
  }

  #breakOff(stream: Stream): true {
    this.reset(stream.id, ErrorCode.internalError);
    return true;
  }

  /** END_STREAM is in the output. */
  protected endSent(stream: Stream): void {
    stream.hasSentEnd = true;
    if (stream.hasReceivedEnd) this.closeStream(stream);
    else this.onHalfClosed(stream);
  }

  /** DATA for a stream that is over (RFC 9113 §5.1): in flight when we reset it, or an error. */
  #onStrayData(streamId: number, flowBytes: number): void {
    if (this.isStreamIdle(streamId)) return this.fail(ErrorCode.protocolError, 'DATA on an idle stream');
    if (!this.resets.has(streamId)) return this.fail(ErrorCode.streamClosed, 'DATA on a closed stream');
    this.#writeWindowUpdate(0, this.connectionWindow.release(flowBytes));
    this.allows('ignored');
  }

  #onReset(streamId: number, code: number): void {
    const stream = this.streams.get(streamId);
    if (stream !== undefined) {
      this.closeStream(stream);
      this.onStreamLost(stream, code);
      // One that cancels the rest of a request whose answer it has got cost nobody anything.
      this.allows(stream.hasSentEnd ? 'ignored' : 'reset');
    } else if (this.isStreamIdle(streamId)) {
      this.fail(ErrorCode.protocolError, 'RST_STREAM on an idle stream');
    } else {
      this.allows('ignored');
    }
  }

  #onSettings(flags: number, bytes: Buffer, start: number, end: number): void {
    if (!this.allows('settings') || (flags & FrameFlag.ack) !== 0) return;
    const { initialWindowSize } = this.peer;
    const fault = readSettings(bytes, start, end, this.peer);
    if (fault !== null) return this.fail(fault.code, fault.reason);
    this.headers.encoder.setTableLimit(this.peer.headerTableSize);
    const change = this.peer.initialWindowSize - initialWindowSize;
    if (change !== 0) {
      for (const stream of this.streams.values()) {
        if (!this.scheduler.widen(stream, change)) {
          return this.fail(ErrorCode.flowControlError, 'window beyond its limit');
        }
      }
    }
    this.control.settingsAck();
    this.#checkReplies();
  }

  #onPing(flags: number, bytes: Buffer, start: number, end: number): void {
    const payload = bytes.subarray(start, end);
    if ((flags & FrameFlag.ack) !== 0) {
      if (this.allows('ping')) this.onPingAck(payload);
      return;
    }
    if (!this.allows('ping')) return;
    this.control.pingAck(payload);
    this.#checkReplies();
  }

  #onWindowUpdate(streamId: number, increment: number): void {
    if (!this.allows('windowUpdate')) return;
    const stream = streamId === 0 ? null : this.streams.get(streamId);
    if (stream === undefined) {
      if (this.isStreamIdle(streamId)) this.fail(ErrorCode.protocolError, 'WINDOW_UPDATE on an idle stream');
      return;
    }
    const code = increment === 0 ? ErrorCode.protocolError : ErrorCode.flowControlError;
    if (increment > 0 && this.scheduler.widen(stream, increment)) return;
    if (stream === null) this.fail(code, 'bad WINDOW_UPDATE');
    else this.streamFault(stream, code);
  }

  #writeWindowUpdate(streamId: number, increment: number): void {
    if (!this.isFailed) this.control.windowUpdate(streamId, increment);
  }

  #checkReplies(): void {
    if (this.control.unreadReplyBytes <= MOST_UNREAD_REPLY_BYTES) return;
    this.fail(ErrorCode.enhanceYourCalm, 'replies are not being read');
  }
}
