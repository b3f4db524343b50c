import { HeaderEntry, type HeaderName, headerName, staticEntries } from './header-entry.ts';
import { readHuffman } from './huffman.ts';
import { ENTRY_OVERHEAD_BYTES, STATIC_ENTRIES } from './static-table.ts';

/** Gets the lines of a block in their order. */
export interface FieldSink {
  onField(entry: HeaderEntry): void;
}

/**
 * `ok`; `tooLarge`: the list passed the limit, the sink saw only the lines below it, the table is in step and the
 * connection can go on; `corrupt`: the table is lost, the connection must end with COMPRESSION_ERROR.
 */
export type HpackOutcome = 'ok' | 'tooLarge' | 'corrupt';

export interface HpackLimits {
  /** Bytes of all lines of a block, counted as RFC 7541 §4.1 does. */
  readonly listBytes: number;
  readonly fields: number;
}

const BROKEN = -1;

/**
 * HPACK decoder (RFC 7541) of one direction of one connection.
 *
 * A block can unfold to thousands of times its size, as one byte may stand for a line of 4 KiB; so the limit is
 * counted on what is unfolded, and nothing that passes it is kept.
 */
export class HpackDecoder {
  /** Changes with every change of the table: two equal blocks mean the same while it does not. */
  version = 0;
  readonly #allowedTableBytes: number;
  readonly #ring: (HeaderEntry | undefined)[];
  readonly #mask: number;
  #newest = 0;
  #count = 0;
  #tableBytes = 0;
  #tableLimit: number;
  #at = 0;

  /** `tableBytes` is the SETTINGS_HEADER_TABLE_SIZE that the peer was told. */
  constructor(tableBytes = 4096) {
    this.#allowedTableBytes = tableBytes;
    this.#tableLimit = tableBytes;
    const mostEntries = Math.max(1, Math.ceil(tableBytes / ENTRY_OVERHEAD_BYTES));
    const slots = 2 ** Math.ceil(Math.log2(mostEntries + 1));
    this.#ring = Array.from({ length: slots });
    this.#mask = slots - 1;
  }

  /** Bytes in the dynamic table, for tests and diagnostics. */
  get tableBytes(): number {
    return this.#tableBytes;
  }

  /** Decodes one whole block, `bytes[start, end)`. Never throws. */
  decode(
    bytes: Buffer,
    start: number,
    end: number,
    context: { sink: FieldSink; limits: HpackLimits },
  ): HpackOutcome {
    const { sink, limits } = context;
    let listBytes = 0;
    let fields = 0;
    this.#at = start;
    while (this.#at < end) {
      const first = bytes[this.#at]!;
      if ((first & 0xe0) === 0x20) {
        // Only in front of the first line (§4.2).
        if (fields > 0 || !this.#resize(bytes, end)) return 'corrupt';
        continue;
      }
      const entry = (first & 0x80) !== 0 ? this.#indexed(bytes, end) : this.#literal(bytes, end);
      if (entry === undefined) return 'corrupt';
      fields++;
      listBytes += entry.size;
      if (listBytes <= limits.listBytes && fields <= limits.fields) sink.onField(entry);
    }
    return listBytes <= limits.listBytes && fields <= limits.fields ? 'ok' : 'tooLarge';
  }

  #indexed(bytes: Buffer, end: number): HeaderEntry | undefined {
    const short = bytes[this.#at]! & 0x7f;
    if (short === 0x7f) return this.#entry(this.#integer(bytes, end, 0x7f));
    this.#at++;
    return this.#entry(short);
  }

  /** With incremental indexing (§6.2.1), without (§6.2.2) or never indexed (§6.2.3). */
  #literal(bytes: Buffer, end: number): HeaderEntry | undefined {
    const isIndexed = (bytes[this.#at]! & 0x40) !== 0;
    const nameIndex = this.#integer(bytes, end, isIndexed ? 0x3f : 0x0f);
    const name = nameIndex === 0 ? this.#newName(bytes, end) : this.#entry(nameIndex)?.name;
    if (name === undefined) return undefined;
    const value = this.#string(bytes, end);
    if (value === null) return undefined;
    const entry = new HeaderEntry(name, value);
    if (isIndexed) this.#insert(entry);
    return entry;
  }

  #newName(bytes: Buffer, end: number): HeaderName | undefined {
    const text = this.#string(bytes, end);
    return text === null ? undefined : headerName(text);
  }

  /** Index 0 is not used, and neither is one beyond the tables (§6.1). */
  #entry(index: number): HeaderEntry | undefined {
    if (index <= STATIC_ENTRIES) return staticEntries[index - 1];
    const age = index - STATIC_ENTRIES - 1;
    return age < this.#count ? this.#ring[(this.#newest - age) & this.#mask] : undefined;
  }

  #resize(bytes: Buffer, end: number): boolean {
    const limit = this.#integer(bytes, end, 0x1f);
    if (limit < 0 || limit > this.#allowedTableBytes) return false;
    this.#tableLimit = limit;
    this.version++;
    this.#evict();
    return true;
  }

  #insert(entry: HeaderEntry): void {
    this.version++;
    this.#newest = (this.#newest + 1) & this.#mask;
    this.#ring[this.#newest] = entry;
    this.#count++;
    this.#tableBytes += entry.size;
    // Makes one string of the pieces now: the line will be part of many heads.
    entry.line.charCodeAt(0);
    // An entry larger than the table empties it (§4.4): it is evicted itself as the last one.
    this.#evict();
  }

  #evict(): void {
    while (this.#tableBytes > this.#tableLimit) {
      const oldest = (this.#newest - this.#count + 1) & this.#mask;
      this.#tableBytes -= this.#ring[oldest]!.size;
      this.#ring[oldest] = undefined;
      this.#count--;
    }
  }

  /** An integer (§5.1) with the prefix `mask`; negative when it is cut off or beyond 2^28, which no length here is. */
  #integer(bytes: Buffer, end: number, mask: number): number {
    let value = bytes[this.#at++]! & mask;
    if (value < mask) return value;
    for (let shift = 0; shift <= 21; shift += 7) {
      if (this.#at >= end) return BROKEN;
      const byte = bytes[this.#at++]!;
      value += (byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) return value;
    }
    return BROKEN;
  }

  #string(bytes: Buffer, end: number): string | null {
    if (this.#at >= end) return null;
    const isHuffman = (bytes[this.#at]! & 0x80) !== 0;
    const length = this.#integer(bytes, end, 0x7f);
    const start = this.#at;
    if (length < 0 || length > end - start) return null;
    this.#at = start + length;
    return isHuffman ? readHuffman(bytes, start, this.#at) : bytes.toString('latin1', start, this.#at);
  }
}
