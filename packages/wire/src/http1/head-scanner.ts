import type { WireLimits, WireProblem } from '../message.ts';
import { COLON, CR, DEL, HTAB, isTokenByte, isValueByte, LF, SP } from './octets.ts';

/** What the three kinds of head differ in: requests, answers and the trailer section of a chunked body. */
export interface HeadRules {
  readonly status: 400 | 502;
  /** Judges the first line as soon as it is complete; null for trailers, which have none. */
  readonly firstLine: null | {
    readonly isText: (byte: number) => boolean;
    readonly problem: (line: string) => WireProblem | null;
    /** What a line longer than the limit is called, or null when only the limit of the head counts. */
    readonly tooLong: WireProblem | null;
  };
}

const FIRST_LINE = 0;
const FIRST_LINE_END = 1;
const FIELD_START = 2;
const NAME = 3;
const VALUE = 4;
const VALUE_END = 5;
const HEAD_END = 6;

/**
 * Checks a head byte by byte while it arrives, so that a bad byte is answered at once and not when the head is
 * complete, and so that every verdict names the first thing that is wrong, however the bytes were cut. It is the
 * slow path and the reference: whole heads are accepted by one regular expression, and only what that refuses
 * comes here to be explained.
 */
export class HeadScanner {
  readonly #rules: HeadRules;
  readonly #limits: WireLimits;
  #state: number;
  #fieldCount = 0;
  /** How many bytes have been looked at; the length of the head once {@link scan} said `complete`. */
  position = 0;
  problem: WireProblem | null = null;

  constructor(rules: HeadRules, limits: WireLimits) {
    this.#rules = rules;
    this.#limits = limits;
    this.#state = rules.firstLine === null ? FIELD_START : FIRST_LINE;
  }

  /** Looks at the bytes up to `end` that it has not seen; `bytes[0]` is always the first byte of the head. */
  scan(bytes: Buffer, end: number): 'more' | 'complete' | 'refused' {
    while (this.position < end) {
      if (this.position >= this.#limits.headBytes) return this.#refuse('head too large');
      const byte = bytes[this.position]!;
      const reason = this.#step(byte, bytes);
      if (this.problem !== null) return 'refused';
      if (reason !== null) return this.#refuse(reason);
      this.position++;
      if (byte === LF && this.#state === HEAD_END) return 'complete';
    }
    return 'more';
  }

  /** One byte: changes the state and returns why the byte is refused, or null. */
  #step(byte: number, bytes: Buffer): string | null {
    switch (this.#state) {
      case NAME:
        if (isTokenByte[byte] === 1) return null;
        if (byte !== COLON) return nameReason(byte);
        this.#state = VALUE;
        return null;
      case VALUE:
        if (isValueByte[byte] === 1) return null;
        if (byte !== CR) return byte === LF ? 'bare LF' : 'control character in a field value';
        this.#state = VALUE_END;
        return null;
      case VALUE_END:
        this.#state = FIELD_START;
        return byte === LF ? null : 'bare CR';
      case FIELD_START:
        return this.#fieldStart(byte);
      case HEAD_END:
        return byte === LF ? null : 'bare CR';
      case FIRST_LINE:
        return this.#firstLine(byte, bytes);
      default:
        this.#state = FIELD_START;
        return byte === LF ? null : 'bare CR';
    }
  }

  #fieldStart(byte: number): string | null {
    if (byte === CR) {
      this.#state = HEAD_END;
      return null;
    }
    if (byte === SP || byte === HTAB) return 'folded field line';
    if (byte === COLON) return 'empty field name';
    if (isTokenByte[byte] !== 1) return nameReason(byte);
    this.#state = NAME;
    return ++this.#fieldCount > this.#limits.fields ? 'too many fields' : null;
  }

  #firstLine(byte: number, bytes: Buffer): string | null {
    const rules = this.#rules.firstLine!;
    if (byte === CR) {
      this.#state = FIRST_LINE_END;
      this.problem = rules.problem(bytes.toString('latin1', 0, this.position));
      return null;
    }
    if (rules.tooLong !== null && this.position >= this.#limits.requestLineBytes) {
      this.problem = rules.tooLong;
      return null;
    }
    if (rules.isText(byte)) return null;
    if (byte === LF) return 'bare LF';
    return byte === 0x16 && this.position === 0 ? 'TLS on a plain port' : 'bad byte in the first line';
  }

  #refuse(reason: string): 'refused' {
    this.problem ??= { status: this.#rules.status, reason };
    return 'refused';
  }
}

function nameReason(byte: number): string {
  if (byte === LF) return 'bare LF';
  if (byte === CR) return 'field line without a colon';
  if (byte === SP || byte === HTAB) return 'white space in or after a field name';
  return byte < SP || byte >= DEL ? 'bad byte in a field name' : 'bad character in a field name';
}
