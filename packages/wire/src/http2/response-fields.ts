import { fieldsBarredFromTrailers } from '../http1/field-table.ts';
import type { ResponseHead, WireLimits } from '../message.ts';
import { type FieldSink, HpackDecoder } from './hpack/decoder.ts';
import { type HeaderEntry, NameKind } from './hpack/header-entry.ts';

export interface ResponseBlockBytes {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly endStream: boolean;
  /** The request was HEAD: the answer has no body, whatever it declares. */
  readonly isForHead: boolean;
}

/** `corrupt` ends the connection with COMPRESSION_ERROR; the others are a 502 on one stream. */
export type AnswerRefusal = 'corrupt' | 'malformed' | 'tooLarge';

/** Header blocks of a member → {@link ResponseHead} and trailers. */
export class ResponseDecoder {
  readonly #hpack: HpackDecoder;
  readonly #limits: { readonly listBytes: number; readonly fields: number };
  readonly #fields = new ResponseFields();

  constructor(limits: WireLimits, tableBytes: number) {
    this.#hpack = new HpackDecoder(tableBytes);
    this.#limits = { listBytes: limits.headBytes, fields: limits.fields };
  }

  decode(block: ResponseBlockBytes): ResponseHead | AnswerRefusal {
    return this.#read(block) ?? this.#fields.head(block);
  }

  /** The trailers as a block of lines, or `{ refusal }`. */
  decodeTrailers(
    block: ResponseBlockBytes,
  ): { readonly fields: string } | { readonly refusal: AnswerRefusal } {
    const refusal = this.#read(block);
    if (refusal !== null) return { refusal };
    const fields = this.#fields.trailers();
    return fields === null ? { refusal: 'malformed' } : { fields };
  }

  #read(block: ResponseBlockBytes): AnswerRefusal | null {
    this.#fields.clear();
    const context = { sink: this.#fields, limits: this.#limits };
    const outcome = this.#hpack.decode(block.bytes, block.start, block.end, context);
    return outcome === 'ok' ? null : outcome;
  }
}

/** Collects the lines of one answer (RFC 9113 §8.2, §8.3.2). */
class ResponseFields implements FieldSink {
  #status = 0;
  #fields = '';
  #present = 0;
  #contentLength = -1;
  #isPastPseudo = false;
  #isMalformed = false;
  #hasBarredTrailer = false;

  clear(): void {
    this.#status = 0;
    this.#fields = '';
    this.#present = 0;
    this.#contentLength = -1;
    this.#isPastPseudo = false;
    this.#isMalformed = false;
    this.#hasBarredTrailer = false;
  }

  onField(entry: HeaderEntry): void {
    const { kind } = entry.name;
    const isPseudo = kind >= NameKind.method && kind <= NameKind.unknownPseudo;
    if (isPseudo) this.#onPseudo(entry);
    else this.#isPastPseudo = true;
    if (!entry.isValid && (isPseudo || kind !== NameKind.host)) this.#isMalformed = true;
    if (kind === NameKind.invalid || kind === NameKind.connectionSpecific) this.#isMalformed = true;
    if (isPseudo || kind === NameKind.te) return;
    if (kind === NameKind.contentLength) return this.#onContentLength(entry.value);
    this.#fields += entry.line;
    this.#present |= entry.name.responseBit;
    if (kind !== NameKind.ordinary) this.#hasBarredTrailer ||= fieldsBarredFromTrailers.has(entry.name.text);
  }

  head(block: ResponseBlockBytes): ResponseHead | AnswerRefusal {
    const status = this.#status;
    // 101 does not exist here (RFC 9113 §8.6), and an interim answer ends nothing (§8.1).
    if (this.#isMalformed || status === 0 || status === 101) return 'malformed';
    if (status < 200 && block.endStream) return 'malformed';
    const hasNoBody = block.isForHead || status < 200 || status === 204 || status === 304;
    if (block.endStream && !hasNoBody && this.#contentLength > 0) return 'malformed';
    const isEmpty = block.endStream || hasNoBody;
    return {
      status,
      reason: '',
      fields: this.#fields,
      present: this.#present,
      framing: isEmpty ? 'none' : this.#contentLength >= 0 ? 'length' : 'chunked',
      contentLength: this.#contentLength,
      keepAlive: true,
      upgradeWebSocket: false,
      keepAliveTimeout: -1,
    };
  }

  trailers(): string | null {
    const isBad =
      this.#isMalformed || this.#status !== 0 || this.#hasBarredTrailer || this.#contentLength >= 0;
    return isBad ? null : this.#fields;
  }

  #onPseudo({ name, value, isValid }: HeaderEntry): void {
    if (name.kind !== NameKind.status || this.#isPastPseudo || this.#status !== 0 || !isValid)
      this.#isMalformed = true;
    else this.#status = Number(value);
  }

  #onContentLength(value: string): void {
    const length = /^\d{1,15}$/.test(value) ? Number(value) : -1;
    if (length < 0 || (this.#contentLength >= 0 && this.#contentLength !== length)) this.#isMalformed = true;
    this.#contentLength = length;
  }
}
