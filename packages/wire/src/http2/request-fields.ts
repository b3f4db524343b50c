import { Field, type RequestHead, type WireLimits, type WireProblem } from '../message.ts';
import type { FieldSink } from './hpack/decoder.ts';
import { type HeaderEntry, NameKind } from './hpack/header-entry.ts';

/**
 * Why a header block gave no request. `malformed`: a stream error PROTOCOL_ERROR (RFC 9113 §8.1.1); `problem`: the
 * request is understood and refused with a status; `corrupt`: the connection cannot go on (COMPRESSION_ERROR).
 */
export type HeadRefusal =
  | { readonly kind: 'malformed'; readonly reason: string }
  | { readonly kind: 'problem'; readonly problem: WireProblem; readonly isForHead: boolean }
  | { readonly kind: 'corrupt' };

export interface RequestBlock {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly endStream: boolean;
}

/** Method, two blanks and the version on an HTTP/1.1 request line, for the limit on its length. */
const REQUEST_LINE_REST = ' HTTP/1.1 '.length;

/** Collects the lines of one request (RFC 9113 §8.2, §8.3). */
export class RequestFields implements FieldSink {
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
    if (this.#method === 'CONNECT' || this.#method === 'TRACE') return this.problem(405, this.#method);
    const fault = this.#missingPart();
    if (fault !== '') return malformed(fault);
    if (this.#authority === '' && this.#host === '') return this.problem(400, 'no host');
    return this.#overLimit(limits) ?? this.#framed(block);
  }

  /** A refusal that is answered with a page. */
  problem(status: WireProblem['status'], reason: string): HeadRefusal {
    return { kind: 'problem', problem: { status, reason }, isForHead: this.#method === 'HEAD' };
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
    if (requestLine > limits.requestLineBytes) return this.problem(414, 'request line too long');
    if (this.#contentLength > limits.bodyBytes) return this.problem(413, 'declared body too large');
    if (this.#expect !== '' && this.#expect !== '100-continue')
      return this.problem(417, 'unknown expectation');
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

export function malformed(reason: string): HeadRefusal {
  return { kind: 'malformed', reason };
}
