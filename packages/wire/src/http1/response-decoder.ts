import {
  defaultLimits,
  type ResponseEvents,
  type ResponseHead,
  type WireLimits,
  type WireProblem,
} from '../message.ts';
import { ChunkedDecoder } from './chunked-decoder.ts';
import { HeadReader } from './head-reader.ts';
import { badGateway, isWireProblem } from './problem.ts';
import { ResponseHeadParser, responseHeadRules } from './response-head.ts';

/** Interim answers to one request; a member that sends more is not answering. */
const MAX_INFORMATIONAL = 100;

/**
 * Where a response decoder stands: `idle` expects nothing, `tunnel` follows a 101 and leaves all bytes to the
 * owner, `refused` is final.
 */
export type ResponseDecoderState = 'idle' | 'head' | 'length' | 'chunked' | 'close' | 'tunnel' | 'refused';

/** Turns the bytes of a member connection into events, one answer per {@link ResponseDecoder.expect}. */
export class ResponseDecoder {
  readonly #events: ResponseEvents;
  readonly #limits: WireLimits;
  readonly #reader: HeadReader;
  readonly #parser: ResponseHeadParser;
  #chunked: ChunkedDecoder | null = null;
  #state: ResponseDecoderState = 'idle';
  #method = '';
  #left = 0;
  #informational = 0;
  #begun = false;

  constructor(events: ResponseEvents, limits: WireLimits = defaultLimits) {
    this.#events = events;
    this.#limits = limits;
    this.#reader = new HeadReader(responseHeadRules, limits);
    this.#parser = new ResponseHeadParser(limits);
  }

  get state(): ResponseDecoderState {
    return this.#state;
  }

  /** Whether any byte of the expected answer has been seen. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Arms it for the answer to a request with `method`, which decides whether the answer has a body. */
  expect(method: string): void {
    if (this.#state !== 'idle')
      throw new Error(`an answer is expected while the decoder is in state ${this.#state}`);
    this.#state = 'head';
    this.#method = method;
    this.#informational = 0;
    this.#begun = false;
  }

  /**
   * Takes `bytes[start, end)` and returns the index up to which they were used. That is less than `end` behind the
   * end of an answer (surplus bytes, the owner drops the connection), behind a 101 (bytes of the tunnel) and
   * behind a problem.
   */
  push(bytes: Buffer, start: number, end: number): number {
    let at = start;
    if (at < end && this.#state !== 'idle') this.#begun = true;
    while (at < end && this.#state === 'head') at = this.#head(bytes, at, end);
    if (at < end) at = this.#body(bytes, at, end);
    return at;
  }

  /** The member closed: the end of a body that is delimited so, and a problem in the middle of any other answer. */
  end(): void {
    if (this.#state === 'close') this.#complete('');
    else if (this.#state !== 'idle' && this.#state !== 'tunnel' && this.#state !== 'refused') {
      this.#refuse(badGateway('closed early'));
    }
  }

  #head(bytes: Buffer, start: number, end: number): number {
    const at = this.#reader.read(bytes, start, end);
    if (this.#reader.problem !== null) this.#refuse(this.#reader.problem);
    else if (this.#reader.text !== null) this.#takeHead(this.#reader.text);
    return at;
  }

  #takeHead(text: string): void {
    this.#reader.clear();
    const head = this.#parser.parse(text, this.#method);
    if (isWireProblem(head)) return this.#refuse(head);
    if (head.status >= 200) return this.#takeFinalHead(head);
    if (head.status === 101) {
      this.#state = 'tunnel';
      this.#events.onResponseHead(head);
    } else if (++this.#informational > MAX_INFORMATIONAL)
      this.#refuse(badGateway('too many interim answers'));
    else this.#events.onInformational(head);
  }

  #takeFinalHead(head: ResponseHead): void {
    const isEmpty = head.framing === 'none' || (head.framing === 'length' && head.contentLength === 0);
    this.#left = head.contentLength;
    if (head.framing !== 'none') this.#state = head.framing;
    this.#events.onResponseHead(head);
    if (isEmpty) this.#complete('');
  }

  #body(bytes: Buffer, start: number, end: number): number {
    switch (this.#state) {
      case 'length':
        return this.#lengthBody(bytes, start, end);
      case 'chunked':
        return this.#chunkedBody(bytes, start, end);
      case 'close':
        this.#events.onResponseBody(bytes, start, end);
        return end;
      default:
        return start;
    }
  }

  #lengthBody(bytes: Buffer, start: number, end: number): number {
    const bodyEnd = Math.min(start + this.#left, end);
    this.#left -= bodyEnd - start;
    this.#events.onResponseBody(bytes, start, bodyEnd);
    if (this.#left === 0) this.#complete('');
    return bodyEnd;
  }

  #chunkedBody(bytes: Buffer, start: number, end: number): number {
    const decoder = (this.#chunked ??= this.#chunkedDecoder());
    const at = decoder.push(bytes, start, end);
    if (decoder.failure !== null) this.#refuse(badGateway(decoder.failure));
    else if (decoder.complete) {
      const trailers = decoder.trailers;
      decoder.reset();
      this.#complete(trailers);
    }
    return at;
  }

  #chunkedDecoder(): ChunkedDecoder {
    const onData = (bytes: Buffer, start: number, end: number) =>
      this.#events.onResponseBody(bytes, start, end);
    return new ChunkedDecoder(onData, { barredTrailers: 'remove', limits: this.#limits });
  }

  #complete(trailers: string): void {
    this.#state = 'idle';
    this.#events.onResponseEnd(trailers);
  }

  #refuse(problem: WireProblem): void {
    this.#state = 'refused';
    this.#reader.clear();
    this.#events.onResponseProblem(problem);
  }
}
