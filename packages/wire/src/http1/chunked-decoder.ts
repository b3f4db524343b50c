import { defaultLimits, type WireLimits } from '../message.ts';
import { fieldsBarredFromTrailers } from './field-table.ts';
import { forEachField, removeFields } from './fields.ts';
import { HeadReader } from './head-reader.ts';
import {
  BACKSLASH,
  CR,
  DQUOTE,
  EQUALS,
  hexDigitValue,
  isTokenByte,
  isValueByte,
  LF,
  SEMICOLON,
} from './octets.ts';

const SIZE = 0;
const EXTENSION_START = 1;
const EXTENSION_NAME = 2;
const VALUE_START = 3;
const VALUE = 4;
const QUOTED = 5;
const QUOTED_PAIR = 6;
const AFTER_QUOTED = 7;
const SIZE_LF = 8;
const DATA = 9;
const DATA_CR = 10;
const DATA_LF = 11;
const TRAILER_START = 12;
const LAST_LF = 13;
const TRAILERS = 14;
const DONE = 15;
const FAILED = 16;

const MAX_SIZE_DIGITS = 16;
/** Of all chunks of a message together: nobody uses them, and one per byte of payload would be free work to ask for. */
const MAX_EXTENSION_BYTES = 16 * 1024;

export interface ChunkedOptions {
  /** Payload bytes allowed; passing them is `tooLarge`. Decided when a chunk declares them. */
  readonly bodyBytes: number;
  /** Whether a trailer section with framing or routing fields is refused (requests) or rid of them (answers). */
  readonly barredTrailers: 'refuse' | 'remove';
  readonly limits: WireLimits;
}

const trailerRules = { status: 400, firstLine: null } as const;

/**
 * Decodes one chunked body (RFC 9112 §7.1) that arrives in pieces. Payload is handed on as ranges of the pushed
 * buffers. Chunk extensions are checked, bounded and dropped; the trailer section is checked and kept in `trailers`.
 */
export class ChunkedDecoder {
  readonly #onData: (bytes: Buffer, start: number, end: number) => void;
  readonly #options: ChunkedOptions;
  #trailerReader: HeadReader | null = null;
  #state = SIZE;
  #digits = 0;
  #left = 0;
  #bodyBytes = 0;
  #extensionBytes = 0;
  /** Block of lines as in `RequestHead.fields`, `''` when there were none. */
  trailers = '';
  /** Why the body was refused, for the log. */
  failure: string | null = null;
  /** Whether it was refused for its size only. */
  tooLarge = false;

  constructor(
    onData: (bytes: Buffer, start: number, end: number) => void,
    options: Partial<ChunkedOptions> = {},
  ) {
    this.#onData = onData;
    this.#options = { bodyBytes: Infinity, barredTrailers: 'refuse', limits: defaultLimits, ...options };
  }

  get complete(): boolean {
    return this.#state === DONE;
  }

  /** Decodes on and returns the index up to which bytes were used: `end`, less when the body is complete or refused. */
  push(bytes: Buffer, start: number, end: number): number {
    let at = start;
    while (at < end && this.#state < DONE) {
      if (this.#state === DATA) at = this.#data(bytes, at, end);
      else if (this.#state === TRAILERS) at = this.#readTrailers(bytes, at, end);
      else if (this.#state === TRAILER_START && bytes[at] !== CR) this.#state = TRAILERS;
      else if (this.#step(bytes[at]!)) at++;
    }
    return at;
  }

  /** Ready for the next body. */
  reset(): void {
    this.#trailerReader = null;
    this.#state = SIZE;
    this.#digits = 0;
    this.#left = 0;
    this.#bodyBytes = 0;
    this.#extensionBytes = 0;
    this.trailers = '';
    this.failure = null;
    this.tooLarge = false;
  }

  #data(bytes: Buffer, at: number, end: number): number {
    const dataEnd = Math.min(at + this.#left, end);
    this.#left -= dataEnd - at;
    if (this.#left === 0) this.#state = DATA_CR;
    this.#onData(bytes, at, dataEnd);
    return dataEnd;
  }

  /** One byte outside of payload and trailers; false when it is refused. */
  #step(byte: number): boolean {
    switch (this.#state) {
      case SIZE:
        return this.#size(byte);
      case SIZE_LF:
        return byte === LF ? this.#sizeEnd() : this.#fail('bare CR in a chunk size line');
      case DATA_CR:
        return this.#expect(byte, CR, DATA_LF);
      case DATA_LF:
        return this.#expect(byte, LF, SIZE);
      case TRAILER_START:
        return this.#expect(byte, CR, LAST_LF);
      case LAST_LF:
        return this.#expect(byte, LF, DONE);
      default:
        return this.#extension(byte);
    }
  }

  #size(byte: number): boolean {
    const digit = hexDigitValue[byte]!;
    if (digit !== 255) {
      this.#left = this.#left * 16 + digit;
      return ++this.#digits <= MAX_SIZE_DIGITS || this.#fail('chunk size too long');
    }
    if (this.#digits === 0) return this.#fail('chunk without a size');
    if (byte === CR) this.#state = SIZE_LF;
    else if (byte === SEMICOLON) this.#state = EXTENSION_START;
    else return this.#fail('bad character in a chunk size');
    return true;
  }

  /** `*( ";" name [ "=" ( token / quoted-string ) ] )`, without white space, which only lenient readers allow. */
  #extension(byte: number): boolean {
    if (++this.#extensionBytes > MAX_EXTENSION_BYTES) return this.#fail('chunk extensions too long');
    const next = nextInExtension(this.#state, byte);
    if (next === FAILED) return this.#fail('bad chunk extension');
    this.#state = next;
    return true;
  }

  #sizeEnd(): boolean {
    this.#digits = 0;
    this.#bodyBytes += this.#left;
    if (this.#bodyBytes > this.#options.bodyBytes || !Number.isSafeInteger(this.#bodyBytes)) {
      this.tooLarge = true;
      return this.#fail('body too large');
    }
    this.#state = this.#left === 0 ? TRAILER_START : DATA;
    return true;
  }

  #readTrailers(bytes: Buffer, at: number, end: number): number {
    const reader = (this.#trailerReader ??= new HeadReader(trailerRules, this.#options.limits));
    const used = reader.read(bytes, at, end);
    if (reader.problem !== null) this.#fail(`${reader.problem.reason} in the trailer section`);
    else if (reader.text !== null) this.#takeTrailers(reader.text);
    return used;
  }

  #takeTrailers(text: string): void {
    this.#state = DONE;
    this.trailers = removeFields(text, fieldsBarredFromTrailers);
    if (this.trailers !== text && this.#options.barredTrailers === 'refuse') {
      forEachField(text, (name) => {
        if (fieldsBarredFromTrailers.has(name.toLowerCase())) this.#fail(`${name} in the trailer section`);
      });
    }
  }

  #expect(byte: number, wanted: number, next: number): boolean {
    if (byte !== wanted) return this.#fail('chunk does not end where its size says');
    this.#state = next;
    return true;
  }

  #fail(reason: string): false {
    this.#state = FAILED;
    this.failure ??= reason;
    return false;
  }
}

/** The state behind `byte` in the chunk extension state `state`. */
function nextInExtension(state: number, byte: number): number {
  switch (state) {
    case EXTENSION_START:
      return isTokenByte[byte] === 1 ? EXTENSION_NAME : FAILED;
    case VALUE_START:
      if (byte === DQUOTE) return QUOTED;
      return isTokenByte[byte] === 1 ? VALUE : FAILED;
    case QUOTED:
      if (byte === DQUOTE) return AFTER_QUOTED;
      if (byte === BACKSLASH) return QUOTED_PAIR;
      return isValueByte[byte] === 1 ? QUOTED : FAILED;
    case QUOTED_PAIR:
      return isValueByte[byte] === 1 ? QUOTED : FAILED;
    default:
      if (byte === CR) return SIZE_LF;
      if (byte === SEMICOLON) return EXTENSION_START;
      if (byte === EQUALS) return state === EXTENSION_NAME ? VALUE_START : FAILED;
      return isTokenByte[byte] === 1 && state !== AFTER_QUOTED ? state : FAILED;
  }
}
