import { defaultLimits, type RequestEvents, type WireLimits, type WireProblem } from '../message.ts';
import { ChunkedDecoder } from './chunked-decoder.ts';
import { HeadReader } from './head-reader.ts';
import { CR, LF } from './octets.ts';
import { badRequest, isWireProblem } from './problem.ts';
import { RequestHeadParser, requestHeadRules } from './request-head.ts';

/** Empty lines before a request line that are overlooked (RFC 9112 §2.2 asks for at least one). */
const MAX_BLANK_LINES = 4;

/** Where a request decoder stands: `ended` waits for `next()`, `refused` is final. */
export type RequestDecoderState = 'head' | 'body' | 'ended' | 'refused';

/**
 * Turns the bytes of a client connection into events, one request at a time. It keeps nothing but a head that is
 * not complete yet; payload is passed on as ranges of the pushed buffer.
 */
export class RequestDecoder {
  readonly #events: RequestEvents;
  readonly #limits: WireLimits;
  readonly #reader: HeadReader;
  readonly #parser: RequestHeadParser;
  #chunked: ChunkedDecoder | null = null;
  #isChunked = false;
  #state: RequestDecoderState = 'head';
  #left = 0;
  #blankLines = 0;
  #isInBlankLine = false;

  constructor(events: RequestEvents, limits: WireLimits = defaultLimits) {
    this.#events = events;
    this.#limits = limits;
    this.#reader = new HeadReader(requestHeadRules, limits);
    this.#parser = new RequestHeadParser(limits);
  }

  get state(): RequestDecoderState {
    return this.#state;
  }

  /** Whether the first byte of a head has come but not its last. */
  get headStarted(): boolean {
    return this.#state === 'head' && this.#reader.begun;
  }

  /** Whether a request has begun, with the first byte of its head, and is not complete. */
  get midMessage(): boolean {
    return this.#state === 'body' || this.headStarted;
  }

  /**
   * Takes `bytes[start, end)` and returns the index up to which they were used. That is less than `end` behind the
   * end of a request, where the rest belongs to the next one and is for the owner to keep until it called
   * {@link next}, and behind a problem.
   */
  push(bytes: Buffer, start: number, end: number): number {
    let at = start;
    if (this.#state === 'head') at = this.#head(bytes, at, end);
    if (this.#state === 'body' && at < end) at = this.#body(bytes, at, end);
    return at;
  }

  /** Makes ready for the next request of the connection. Not to be called from within an event. */
  next(): void {
    if (this.#state !== 'ended') return;
    this.#state = 'head';
    this.#blankLines = 0;
  }

  #head(bytes: Buffer, start: number, end: number): number {
    let at = start;
    if (!this.#reader.begun) {
      at = this.#skipBlankLines(bytes, start, end);
      if (at >= end || this.#state !== 'head') return at;
    }
    at = this.#reader.read(bytes, at, end);
    if (this.#reader.problem !== null) this.#refuse(this.#reader.problem);
    else if (this.#reader.text !== null) this.#takeHead(this.#reader.text, this.#reader.headBytes);
    return at;
  }

  #skipBlankLines(bytes: Buffer, start: number, end: number): number {
    for (let at = start; at < end; at++) {
      const byte = bytes[at];
      if (this.#isInBlankLine) {
        if (byte !== LF) return this.#refuseAt(at, 'bare CR');
        this.#isInBlankLine = false;
      } else if (byte !== CR) return at;
      else {
        if (++this.#blankLines > MAX_BLANK_LINES)
          return this.#refuseAt(at, 'empty lines instead of a request');
        this.#isInBlankLine = true;
      }
    }
    return end;
  }

  #takeHead(text: string, headBytes: number): void {
    this.#reader.clear();
    const head = this.#parser.parse(text, headBytes);
    if (isWireProblem(head)) return this.#refuse(head);
    this.#isChunked = head.framing === 'chunked';
    this.#left = head.contentLength;
    this.#state = 'body';
    this.#events.onRequestHead(head);
    if (!this.#isChunked && this.#left === 0) this.#end();
  }

  #body(bytes: Buffer, start: number, end: number): number {
    if (this.#isChunked) return this.#chunkedBody(bytes, start, end);
    const bodyEnd = Math.min(start + this.#left, end);
    this.#left -= bodyEnd - start;
    this.#events.onRequestBody(bytes, start, bodyEnd);
    if (this.#left === 0) this.#end();
    return bodyEnd;
  }

  #chunkedBody(bytes: Buffer, start: number, end: number): number {
    const decoder = (this.#chunked ??= this.#chunkedDecoder());
    const at = decoder.push(bytes, start, end);
    if (decoder.failure !== null) {
      this.#refuse({ status: decoder.tooLarge ? 413 : 400, reason: decoder.failure });
    } else if (decoder.complete) {
      decoder.reset();
      this.#end();
    }
    return at;
  }

  /** Trailers of requests are checked and dropped: no member is told of fields that came after routing. */
  #chunkedDecoder(): ChunkedDecoder {
    const limits = this.#limits;
    const onData = (bytes: Buffer, start: number, end: number) =>
      this.#events.onRequestBody(bytes, start, end);
    return new ChunkedDecoder(onData, { bodyBytes: limits.bodyBytes, barredTrailers: 'refuse', limits });
  }

  #end(): void {
    this.#state = 'ended';
    this.#events.onRequestEnd();
  }

  #refuse(problem: WireProblem): void {
    this.#state = 'refused';
    this.#reader.clear();
    this.#events.onRequestProblem(problem);
  }

  #refuseAt(at: number, reason: string): number {
    this.#refuse(badRequest(reason));
    return at;
  }
}
