import { ErrorCode } from './error-code.ts';
import { type FrameInfo, frameFault } from './frame-rules.ts';
import { CONNECTION_PREFACE, FRAME_HEADER_BYTES, FrameFlag, FrameType } from './frame-type.ts';
import { HeaderBlock } from './header-block.ts';

/** Gets whole frames, and bodies as they come. All byte ranges are valid only during the call. */
export interface FrameHandler {
  /** A whole header block: HEADERS and its CONTINUATION frames. */
  onHeaderBlock(streamId: number, endStream: boolean, bytes: Buffer, start: number, end: number): void;
  /** A DATA frame begins; `flowBytes` is what it counts for in flow control, its padding included. */
  onDataFrame(streamId: number, flowBytes: number, endStream: boolean): void;
  onDataBytes(bytes: Buffer, start: number, end: number): void;
  /** The DATA frame is over; `padding` are the bytes of it that were no body. */
  onDataFrameEnd(padding: number): void;
  /** Any other frame, of a length and on a stream that its type allows. Unknown types come without their payload. */
  onControlFrame(frame: Readonly<FrameInfo>, bytes: Buffer, start: number, end: number): void;
  /** The connection is lost. Nothing else comes. */
  onReadFault(code: number, reason: string): void;
}

export interface FrameReaderOptions {
  /** The bytes begin with the connection preface of a client. */
  readonly expectsPreface: boolean;
  /** Bytes of one header block before it is decoded. */
  readonly blockBytes: number;
}

const preface = Buffer.from(CONNECTION_PREFACE, 'latin1');
const nothing = Buffer.alloc(0);

/**
 * Splits the bytes of a connection into frames, however they were cut. Holds at most one frame that is no DATA and
 * one header block; bodies pass through.
 */
export class FrameReader {
  readonly #handler: FrameHandler;
  readonly #block: HeaderBlock;
  readonly #frame: FrameInfo = { length: 0, type: 0, flags: 0, streamId: 0 };
  readonly #head = new Uint8Array(FRAME_HEADER_BYTES);
  #headLength = 0;
  #prefaceLeft: number;
  #isFirstFrame = true;
  #isStopped = false;
  /** Whether the header of `#frame` was read and its payload is being waited for. */
  #isInside = false;
  /** The part of a payload that came with earlier reads. */
  #payload: Buffer = nothing;
  #payloadLength = 0;
  /** Of a DATA frame: bytes still to come of body and padding; -1 while the length of the padding is unknown. */
  #bodyLeft = 0;
  #paddingLeft = 0;
  #padding = 0;

  constructor(handler: FrameHandler, options: FrameReaderOptions) {
    this.#handler = handler;
    this.#block = new HeaderBlock(options.blockBytes);
    this.#prefaceLeft = options.expectsPreface ? preface.length : 0;
  }

  /** Whether something has begun that is not whole: a frame or a header block. Bodies do not count. */
  get isInsideHead(): boolean {
    const isInsideFrame = this.#isInside && this.#frame.type !== FrameType.data;
    return isInsideFrame || this.#headLength > 0 || this.#block.streamId !== 0;
  }

  /** Reads no further, not even the rest of the bytes that are being read. */
  stop(): void {
    this.#isStopped = true;
    this.#payload = nothing;
  }

  read(bytes: Buffer, start: number, end: number): void {
    let at = this.#prefaceLeft > 0 ? this.#readPreface(bytes, start, end) : start;
    while (at < end && !this.#isStopped) {
      if (!this.#isInside) at = this.#readHead(bytes, at, end);
      else if (this.#frame.type === FrameType.data) at = this.#readBody(bytes, at, end);
      else at = this.#readPayload(bytes, at, end);
    }
  }

  #readPreface(bytes: Buffer, start: number, end: number): number {
    let at = start;
    while (at < end && this.#prefaceLeft > 0) {
      if (bytes[at++] !== preface[preface.length - this.#prefaceLeft--]) {
        this.#fail(ErrorCode.protocolError, 'bad connection preface');
        return end;
      }
    }
    return at;
  }

  #readHead(bytes: Buffer, start: number, end: number): number {
    if (this.#headLength === 0 && end - start >= FRAME_HEADER_BYTES) {
      this.#begin(bytes, start);
      return start + FRAME_HEADER_BYTES;
    }
    let at = start;
    while (at < end && this.#headLength < FRAME_HEADER_BYTES) this.#head[this.#headLength++] = bytes[at++]!;
    if (this.#headLength === FRAME_HEADER_BYTES) {
      this.#headLength = 0;
      this.#begin(this.#head, 0);
    }
    return at;
  }

  #begin(head: Uint8Array, at: number): void {
    const frame = this.#frame;
    frame.length = (head[at]! << 16) | (head[at + 1]! << 8) | head[at + 2]!;
    frame.type = head[at + 3]!;
    frame.flags = head[at + 4]!;
    // The first bit is reserved and ignored (RFC 9113 §4.1).
    frame.streamId =
      ((head[at + 5]! & 0x7f) << 24) | (head[at + 6]! << 16) | (head[at + 7]! << 8) | head[at + 8]!;
    if (!this.#isExpected(frame)) return;
    const fault = frameFault(frame);
    if (fault !== null) return this.#fail(fault.code, fault.reason);
    this.#isInside = true;
    this.#payloadLength = 0;
    if (frame.type === FrameType.data) this.#beginBody(frame);
    else if (frame.length === 0) this.#readPayload(nothing, 0, 0);
  }

  /** SETTINGS come first (RFC 9113 §3.4), and nothing comes between the pieces of a header block (§4.3). */
  #isExpected({ type, flags, streamId }: FrameInfo): boolean {
    const isSettings = type === FrameType.settings && (flags & FrameFlag.ack) === 0;
    if (this.#isFirstFrame && !isSettings) this.#fail(ErrorCode.protocolError, 'SETTINGS expected');
    this.#isFirstFrame = false;
    const isContinuation = type === FrameType.continuation;
    const isInOrder = isContinuation
      ? this.#block.streamId === streamId && streamId !== 0
      : this.#block.streamId === 0;
    if (!isInOrder) this.#fail(ErrorCode.protocolError, 'frame inside or outside of a header block');
    return !this.#isStopped;
  }

  #beginBody(frame: FrameInfo): void {
    const isPadded = (frame.flags & FrameFlag.padded) !== 0;
    if (isPadded && frame.length === 0) return this.#fail(ErrorCode.frameSizeError, 'no room for padding');
    this.#bodyLeft = isPadded ? -1 : frame.length;
    this.#paddingLeft = 0;
    this.#padding = 0;
    this.#handler.onDataFrame(frame.streamId, frame.length, (frame.flags & FrameFlag.endStream) !== 0);
    if (frame.length === 0) this.#endBody();
  }

  #readBody(bytes: Buffer, start: number, end: number): number {
    let at = start;
    if (this.#bodyLeft < 0) {
      this.#paddingLeft = bytes[at++]!;
      this.#padding = this.#paddingLeft + 1;
      this.#bodyLeft = this.#frame.length - this.#padding;
      if (this.#bodyLeft < 0) {
        this.#fail(ErrorCode.protocolError, 'padding longer than the frame');
        return end;
      }
    }
    const bodyEnd = Math.min(end, at + this.#bodyLeft);
    if (bodyEnd > at) this.#handler.onDataBytes(bytes, at, bodyEnd);
    this.#bodyLeft -= bodyEnd - at;
    const paddingEnd = Math.min(end, bodyEnd + this.#paddingLeft);
    this.#paddingLeft -= paddingEnd - bodyEnd;
    if (this.#bodyLeft === 0 && this.#paddingLeft === 0) this.#endBody();
    return paddingEnd;
  }

  #endBody(): void {
    this.#isInside = false;
    if (!this.#isStopped) this.#handler.onDataFrameEnd(this.#padding);
  }

  #readPayload(bytes: Buffer, start: number, end: number): number {
    const { length } = this.#frame;
    const taken = Math.min(end - start, length - this.#payloadLength);
    if (taken === length) {
      this.#isInside = false;
      this.#onFrame(bytes, start, start + length);
      return start + length;
    }
    if (this.#isKnown()) {
      if (this.#payloadLength === 0) this.#payload = Buffer.allocUnsafe(length);
      bytes.copy(this.#payload, this.#payloadLength, start, start + taken);
    }
    this.#payloadLength += taken;
    if (this.#payloadLength === length) {
      const payload = this.#payload;
      this.#payload = nothing;
      this.#isInside = false;
      this.#onFrame(payload, 0, this.#isKnown() ? length : 0);
    }
    return start + taken;
  }

  /** Extensions are skipped, so their payload is not kept (RFC 9113 §5.5). */
  #isKnown(): boolean {
    return this.#frame.type <= FrameType.continuation;
  }

  #onFrame(bytes: Buffer, start: number, end: number): void {
    const { type } = this.#frame;
    if (type === FrameType.headers) this.#onHeaders(bytes, start, end);
    else if (type === FrameType.continuation) this.#onFragment(bytes, start, end);
    else this.#handler.onControlFrame(this.#frame, bytes, start, end);
  }

  /** Takes off padding and the priority fields of old (RFC 9113 §6.2). */
  #onHeaders(bytes: Buffer, start: number, end: number): void {
    const { flags, streamId } = this.#frame;
    const isPadded = (flags & FrameFlag.padded) !== 0;
    const padding = isPadded && start < end ? bytes[start]! : 0;
    const from = start + (isPadded ? 1 : 0) + ((flags & FrameFlag.priority) === 0 ? 0 : 5);
    const to = end - padding;
    if (from > end) return this.#fail(ErrorCode.frameSizeError, 'short HEADERS');
    if (from > to) return this.#fail(ErrorCode.protocolError, 'padding longer than the frame');
    const endStream = (flags & FrameFlag.endStream) !== 0;
    if ((flags & FrameFlag.endHeaders) !== 0) {
      this.#handler.onHeaderBlock(streamId, endStream, bytes, from, to);
      return;
    }
    this.#block.open(streamId, endStream);
    this.#addFragment(bytes, from, to);
  }

  #onFragment(bytes: Buffer, start: number, end: number): void {
    if (!this.#addFragment(bytes, start, end)) return;
    if ((this.#frame.flags & FrameFlag.endHeaders) === 0) return;
    const { streamId, endStream } = this.#block;
    const whole = this.#block.close();
    this.#handler.onHeaderBlock(streamId, endStream, whole, 0, whole.length);
  }

  #addFragment(bytes: Buffer, start: number, end: number): boolean {
    if (this.#block.add(bytes, start, end)) return true;
    this.#fail(ErrorCode.enhanceYourCalm, 'header block too long');
    return false;
  }

  #fail(code: number, reason: string): void {
    if (this.#isStopped) return;
    this.stop();
    this.#handler.onReadFault(code, reason);
  }
}
