import { DEFAULT_WINDOW, LARGEST_WINDOW } from './flow-window.ts';
import { FRAME_HEADER_BYTES, FrameFlag, FrameType } from './frame-type.ts';
import type { Http2Stream } from './http2-stream.ts';
import { LONGEST_DATA_BYTES, type OutputQueue, writeFrameHead } from './output-queue.ts';

/** Above this many bytes waiting on a stream its source is asked to pause, below the second to go on. */
export const HIGH_WATER_BYTES = 64 * 1024;
const LOW_WATER_BYTES = 16 * 1024;

/** A frame that only the end of a chunk would make shorter than this goes into the next chunk. */
const SHORT_FRAME_BYTES = 1024;

export interface SendEvents {
  onDataSent(): void;
  /** The body is out and trailers are due: writes them, END_STREAM included. */
  writeTrailers(stream: Http2Stream): void;
  /** END_STREAM is in the output. */
  onEndSent(stream: Http2Stream): void;
}

/**
 * Lets bodies out: as much as the windows of stream and connection and the chunk being filled allow, the streams
 * taking turns frame by frame. What waits, waits in its stream, so a slow client holds at most what its streams hold.
 */
export class SendScheduler {
  /** The connection's window. */
  window = DEFAULT_WINDOW;
  readonly #output: OutputQueue;
  readonly #events: SendEvents;
  readonly #nowMs: () => number;
  /** Streams with bytes and an open window, in the order of their turns. */
  #first: Http2Stream | null = null;
  #last: Http2Stream | null = null;
  #writable: Http2Stream[] = [];

  constructor(output: OutputQueue, events: SendEvents, nowMs: () => number) {
    this.#output = output;
    this.#events = events;
    this.#nowMs = nowMs;
  }

  get canSend(): boolean {
    return this.#first !== null && this.window > 0;
  }

  /** Sends or keeps a run of a body. False when the stream holds so much that its source has to pause. */
  send(stream: Http2Stream, bytes: Buffer, start: number, end: number): boolean {
    let at = start;
    if (this.#mayGoAhead(stream)) {
      for (let run = this.#runLength(stream, end - at); run > 0; run = this.#runLength(stream, end - at)) {
        this.#takeWindows(stream, run);
        this.#markTail(stream, FRAME_HEADER_BYTES + run);
        const head = { type: FrameType.data, flags: 0, streamId: stream.id };
        this.#output.dataFrame(head, bytes, at, at + run);
        at += run;
      }
    }
    if (at < end) this.#keep(stream, bytes, at, end);
    stream.isPaused ||= stream.body.length > HIGH_WATER_BYTES;
    return !stream.isPaused;
  }

  /** Nothing more comes. The end goes out with or behind what waits. */
  end(stream: Http2Stream, trailers: string): void {
    stream.isEnding = true;
    stream.trailers = trailers;
    if (stream.body.length === 0) this.#writeEnd(stream);
  }

  /** Fills the rest of the chunk that is about to be taken. */
  fill(): void {
    while (this.#first !== null && this.window > 0 && !this.#output.hasSealedChunk) {
      const stream = this.#first;
      const mayStay = !stream.isClosed && stream.body.length > 0 && stream.sendWindow > 0;
      const run = mayStay ? this.#runLength(stream, stream.body.length) : 0;
      if (mayStay && run === 0) return;
      this.#unqueue();
      if (run > 0) this.#sendKept(stream, run);
    }
  }

  /** The stream's window was opened: it takes part again. */
  wake(stream: Http2Stream): void {
    if (stream.isQueued || stream.isClosed || stream.body.length === 0 || stream.sendWindow <= 0) return;
    stream.isQueued = true;
    stream.next = null;
    if (this.#last === null) this.#first = stream;
    else this.#last.next = stream;
    this.#last = stream;
  }

  /** Streams that were asked to pause and may go on; each is told once. */
  takeWritable(): Http2Stream[] {
    if (this.#writable.length === 0) return none;
    const writable = this.#writable.filter((stream) => !stream.isClosed);
    this.#writable = [];
    return writable;
  }

  /** Adds to a window; false when it would grow beyond what the protocol allows. */
  widen(stream: Http2Stream | null, increment: number): boolean {
    if (stream === null) {
      this.window += increment;
      return this.window <= LARGEST_WINDOW;
    }
    stream.sendWindow += increment;
    if (stream.sendWindow > LARGEST_WINDOW) return false;
    this.wake(stream);
    return true;
  }

  /** Whether the stream waits for one of its windows and has made no progress since `sinceMs`. */
  isStalled(stream: Http2Stream, sinceMs: number): boolean {
    if (stream.body.length === 0 || (stream.sendWindow > 0 && this.window > 0)) return false;
    return stream.stalledSinceMs <= sinceMs;
  }

  /** Only when nobody waits for a turn and the output is not a chunk ahead already. */
  #mayGoAhead(stream: Http2Stream): boolean {
    return this.#first === null && stream.body.length === 0 && !this.#output.hasSealedChunk;
  }

  /** How long a frame of `wanted` bytes may be now; 0 when it has to wait. */
  #runLength(stream: Http2Stream, wanted: number): number {
    const allowed = Math.min(wanted, LONGEST_DATA_BYTES, stream.sendWindow, this.window);
    const room = this.#output.room - FRAME_HEADER_BYTES;
    if (allowed <= 0) return 0;
    return room < Math.min(allowed, SHORT_FRAME_BYTES) ? 0 : Math.min(allowed, room);
  }

  #keep(stream: Http2Stream, bytes: Buffer, start: number, end: number): void {
    if (stream.body.length === 0) {
      stream.stalledSinceMs = this.#nowMs();
      stream.sentSinceStall = 0;
    }
    stream.body.append(bytes, start, end);
    this.wake(stream);
  }

  #sendKept(stream: Http2Stream, run: number): void {
    const isLast = stream.isEnding && run === stream.body.length;
    const endsHere = isLast && stream.trailers === '';
    this.#takeWindows(stream, run);
    const chunk = this.#markTail(stream, FRAME_HEADER_BYTES + run);
    const at = this.#output.position;
    const flags = endsHere ? FrameFlag.endStream : 0;
    writeFrameHead(chunk, at, run, { type: FrameType.data, flags, streamId: stream.id });
    stream.body.moveTo(chunk, at + FRAME_HEADER_BYTES, run);
    this.#output.advance(at + FRAME_HEADER_BYTES + run);
    this.#noteProgress(stream, run);
    if (endsHere) this.#events.onEndSent(stream);
    else if (isLast) this.#writeEnd(stream);
    else this.wake(stream);
  }

  #writeEnd(stream: Http2Stream): void {
    if (stream.trailers !== '') {
      this.#events.writeTrailers(stream);
    } else if (stream.tailSerial === this.#output.serial) {
      // The last frame of the stream is still here: it becomes the one that ends it.
      this.#output.addFlag(stream.tailAt, FrameFlag.endStream);
    } else {
      const head = { type: FrameType.data, flags: FrameFlag.endStream, streamId: stream.id };
      this.#output.frame(head, nothing);
    }
    this.#events.onEndSent(stream);
  }

  #takeWindows(stream: Http2Stream, run: number): void {
    stream.sendWindow -= run;
    this.window -= run;
    this.#events.onDataSent();
  }

  #markTail(stream: Http2Stream, bytes: number): Buffer {
    const chunk = this.#output.open(bytes);
    stream.tailSerial = this.#output.serial;
    stream.tailAt = this.#output.position;
    return chunk;
  }

  #noteProgress(stream: Http2Stream, run: number): void {
    stream.sentSinceStall += run;
    if (stream.sentSinceStall >= SHORT_FRAME_BYTES) {
      stream.sentSinceStall = 0;
      stream.stalledSinceMs = this.#nowMs();
    }
    if (stream.isPaused && stream.body.length <= LOW_WATER_BYTES) {
      stream.isPaused = false;
      if (!stream.isEnding) this.#writable.push(stream);
    }
  }

  #unqueue(): void {
    const stream = this.#first!;
    this.#first = stream.next;
    if (this.#first === null) this.#last = null;
    stream.next = null;
    stream.isQueued = false;
  }
}

const none: Http2Stream[] = [];
const nothing = new Uint8Array(0);
