import type { RequestHead, WireLimits, WireProblem } from '../message.ts';
import { Field } from '../message.ts';
import { type FieldSink, HpackDecoder } from './hpack/decoder.ts';
import { type HeaderEntry, NameKind } from './hpack/header-entry.ts';

/**
 * Why a header block gave no request. `malformed`: a stream error PROTOCOL_ERROR (RFC 9113 §8.1.1); `problem`: the
 * request is understood and refused with a status; `corrupt`: the connection cannot go on (COMPRESSION_ERROR).
 */
export type HeadRefusal =
  | { readonly kind: 'malformed'; readonly reason: string }
  | { readonly kind: 'problem'; readonly problem: WireProblem }
  | { readonly kind: 'corrupt' };

export interface RequestBlock {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly endStream: boolean;
}

const corrupt: HeadRefusal = { kind: 'corrupt' };
/** A block up to this length is remembered, byte for byte, with the head it gave. */
const LONGEST_REMEMBERED_BYTES = 160;
const RECENT_HEADS = 4;
/** Method, two blanks and the version on an HTTP/1.1 request line, for the limit on its length. */
const REQUEST_LINE_REST = ' HTTP/1.1 '.length;

/**
 * Header blocks of requests → {@link RequestHead}.
 *
 * Clients that repeat a request send the same few index bytes again; while the table has not changed, the same bytes
 * mean the same head, so it is handed out again without being built.
 */
export class RequestDecoder {
  readonly #hpack: HpackDecoder;
  readonly #limits: WireLimits;
  readonly #context: { readonly sink: RequestFields; readonly limits: { listBytes: number; fields: number } };
  readonly #recent: RecentHead[] = [];
  #nextRecent = 0;
  readonly #trailers = new TrailerFields();

  constructor(limits: WireLimits, tableBytes: number) {
    this.#limits = limits;
    this.#hpack = new HpackDecoder(tableBytes);
    this.#context = {
      sink: new RequestFields(),
      limits: { listBytes: limits.headBytes, fields: limits.fields },
    };
  }

  /** The head, or why there is none: tell them apart by `'kind' in result`. */
  decode(block: RequestBlock): RequestHead | HeadRefusal {
    const known = this.#recentHead(block);
    if (known !== undefined) return known;
    const { sink } = this.#context;
    const version = this.#hpack.version;
    sink.clear();
    const outcome = this.#hpack.decode(block.bytes, block.start, block.end, this.#context);
    if (outcome === 'corrupt') return corrupt;
    if (outcome === 'tooLarge') return problem(400, 'header list too large');
    const head = sink.finish(block, this.#limits);
    if (version === this.#hpack.version && !('kind' in head)) this.#remember(block, head);
    return head;
  }

  /** Trailers of a request are checked and dropped. The table has to see them all the same. */
  decodeTrailers(block: RequestBlock): HeadRefusal | null {
    const sink = this.#trailers;
    sink.isMalformed = false;
    const outcome = this.#hpack.decode(block.bytes, block.start, block.end, {
      sink,
      limits: this.#context.limits,
    });
    if (outcome === 'corrupt') return corrupt;
    if (outcome === 'tooLarge' || sink.isMalformed) return malformed('bad request trailers');
    return null;
  }

  /** Keeps the table in step with a block whose stream nobody wants. False when the table is lost. */
  skip(block: RequestBlock): boolean {
    const decoded = this.#hpack.decode(block.bytes, block.start, block.end, {
      sink: this.#trailers,
      limits: this.#context.limits,
    });
    return decoded !== 'corrupt';
  }

  #recentHead(block: RequestBlock): RequestHead | undefined {
    const length = block.end - block.start;
    const { version } = this.#hpack;
    for (let i = 0; i < this.#recent.length; i++) {
      const recent = this.#recent[i]!;
      const mayMatch = recent.length === length && recent.version === version;
      if (mayMatch && recent.endStream === block.endStream && isSameRun(block, recent.bytes))
        return recent.head;
    }
    return undefined;
  }

  #remember(block: RequestBlock, head: RequestHead): void {
    const length = block.end - block.start;
    if (length > LONGEST_REMEMBERED_BYTES) return;
    const slot = this.#nextRecent;
    this.#nextRecent = (slot + 1) % RECENT_HEADS;
    const bytes = this.#recent[slot]?.bytes ?? new Uint8Array(LONGEST_REMEMBERED_BYTES);
    for (let i = 0; i < length; i++) bytes[i] = block.bytes[block.start + i]!;
    const { version } = this.#hpack;
    this.#recent[slot] = { bytes, length, version, endStream: block.endStream, head };
  }
}

/** A block and the head it gave, true as long as the table has the version it was read under. */
interface RecentHead {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly version: number;
  readonly endStream: boolean;
  readonly head: RequestHead;
}

function isSameRun({ bytes, start, end }: RequestBlock, other: Uint8Array): boolean {
  for (let i = 0; i < end - start; i++) {
    if (bytes[start + i] !== other[i]) return false;
  }
  return true;
}

/** Collects the lines of one request (RFC 9113 §8.2, §8.3). */
class RequestFields implements FieldSink {
  #method = '';
  #scheme = '';
  #authority = '';
  #path = '';
  #host = '';
  #cookie = '';
  #cookieLine = '';
  #fields = '';
  #present = 0;
  #contentLength = -1;
  #isPastPseudo = false;
  #acceptsTrailers = false;
  #expect = '';
  #fault = '';

  clear(): void {
    this.#method = '';
    this.#scheme = '';
    this.#authority = '';
    this.#path = '';
    this.#host = '';
    this.#cookie = '';
    this.#cookieLine = '';
    this.#fields = '';
    this.#present = 0;
    this.#contentLength = -1;
    this.#isPastPseudo = false;
    this.#acceptsTrailers = false;
    this.#expect = '';
    this.#fault = '';
  }

  onField(entry: HeaderEntry): void {
    if (!entry.isValid) {
      this.#fault ||= `bad value of ${entry.name.text}`;
      return;
    }
    const { kind } = entry.name;
    if (kind === NameKind.ordinary) {
      this.#isPastPseudo = true;
      this.#fields += entry.line;
      this.#present |= entry.name.requestBit;
    } else if (kind <= NameKind.unknownPseudo) {
      this.#onPseudo(kind, entry.value);
    } else {
      this.#isPastPseudo = true;
      this.#onSpecial(kind, entry);
    }
  }

  finish(block: RequestBlock, limits: WireLimits): RequestHead | HeadRefusal {
    if (this.#fault !== '') return malformed(this.#fault);
    // CONNECT has no path and no scheme (§8.5), so it must be met before those are missed.
    if (this.#method === 'CONNECT' || this.#method === 'TRACE') return problem(405, this.#method);
    const fault = this.#missingPart();
    if (fault !== '') return malformed(fault);
    if (this.#authority === '' && this.#host === '') return problem(400, 'no host');
    return this.#overLimit(limits) ?? this.#framed(block);
  }

  #onPseudo(kind: NameKind, value: string): void {
    // Behind an ordinary line (§8.3), repeated, unknown or made for answers.
    if (this.#isPastPseudo) this.#fault ||= 'pseudo-header field after a field';
    else if (kind === NameKind.method && this.#method === '') this.#method = value;
    else if (kind === NameKind.path && this.#path === '') this.#path = value;
    else if (kind === NameKind.scheme && this.#scheme === '') this.#scheme = value;
    else if (kind === NameKind.authority && this.#authority === '') this.#authority = value;
    else this.#fault ||= 'repeated or unknown pseudo-header field';
  }

  #onSpecial(kind: NameKind, entry: HeaderEntry): void {
    switch (kind) {
      case NameKind.cookie:
        return this.#onCookie(entry);
      case NameKind.contentLength:
        return this.#onContentLength(entry.value);
      case NameKind.host:
        if (this.#host !== '') this.#fault ||= 'two Host fields';
        this.#host = entry.value;
        return;
      case NameKind.te:
        if (entry.value.toLowerCase() !== 'trailers') this.#fault ||= 'TE other than trailers';
        this.#acceptsTrailers = true;
        return;
      case NameKind.expect:
        this.#expect = entry.value.toLowerCase();
        return;
      case NameKind.connectionSpecific:
        this.#fault ||= `connection-specific field ${entry.name.text}`;
        return;
      case NameKind.invalid:
        this.#fault ||= 'bad field name';
    }
  }

  /** Crumbs become one line again (§8.2.3). */
  #onCookie(entry: HeaderEntry): void {
    this.#present |= Field.cookie;
    const isFirst = this.#cookieLine === '';
    this.#cookie = isFirst ? entry.value : `${this.#cookie}; ${entry.value}`;
    this.#cookieLine = isFirst ? entry.line : `cookie: ${this.#cookie}\r\n`;
  }

  #onContentLength(value: string): void {
    const length = /^\d{1,15}$/.test(value) ? Number(value) : -1;
    const isRepeatedDifferently = this.#contentLength >= 0 && this.#contentLength !== length;
    if (length < 0 || isRepeatedDifferently) this.#fault ||= 'bad Content-Length';
    this.#contentLength = length;
  }

  #missingPart(): string {
    if (this.#method === '' || this.#scheme === '' || this.#path === '') return 'missing pseudo-header field';
    if (this.#path === '*' && this.#method !== 'OPTIONS') return 'asterisk path';
    const isAmbiguous = this.#authority !== '' && this.#host !== '' && this.#host !== this.#authority;
    if (isAmbiguous && this.#host.toLowerCase() !== this.#authority.toLowerCase())
      return 'Host differs from :authority';
    return '';
  }

  #overLimit(limits: WireLimits): HeadRefusal | undefined {
    const requestLine = this.#method.length + this.#path.length + REQUEST_LINE_REST;
    if (requestLine > limits.requestLineBytes) return problem(414, 'request line too long');
    if (this.#contentLength > limits.bodyBytes) return problem(413, 'declared body too large');
    if (this.#expect !== '' && this.#expect !== '100-continue') return problem(417, 'unknown expectation');
    return undefined;
  }

  #framed(block: RequestBlock): RequestHead | HeadRefusal {
    const { endStream } = block;
    if (endStream && this.#contentLength > 0) return malformed('Content-Length without a body');
    return {
      method: this.#method,
      target: this.#path,
      authority: this.#authority === '' ? this.#host : this.#authority,
      version: '2',
      fields: this.#fields + this.#cookieLine,
      present: this.#present,
      framing: this.#contentLength >= 0 ? 'length' : endStream ? 'none' : 'chunked',
      contentLength: Math.max(this.#contentLength, 0),
      keepAlive: true,
      expectContinue: this.#expect !== '' && !endStream,
      upgradeWebSocket: false,
      acceptsTrailers: this.#acceptsTrailers,
      headBytes: block.end - block.start,
    };
  }
}

/** Lines that are looked at and thrown away. No pseudo-header fields behind a body (§8.1). */
class TrailerFields implements FieldSink {
  isMalformed = false;

  onField({ name, isValid }: HeaderEntry): void {
    const { kind } = name;
    if (!isValid || kind === NameKind.invalid || kind === NameKind.connectionSpecific)
      this.isMalformed = true;
    if (kind >= NameKind.method && kind <= NameKind.unknownPseudo) this.isMalformed = true;
  }
}

function malformed(reason: string): HeadRefusal {
  return { kind: 'malformed', reason };
}

function problem(status: WireProblem['status'], reason: string): HeadRefusal {
  return { kind: 'problem', problem: { status, reason } };
}
