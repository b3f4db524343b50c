import { huffmanLength, writeHuffman } from './huffman.ts';
import { type OutgoingLine, outgoingLine } from './line-registry.ts';
import { ENTRY_OVERHEAD_BYTES, STATIC_ENTRIES } from './static-table.ts';

/** The head of an answer as the encoder takes it. */
export interface ResponseBlock {
  readonly status: number;
  /** Lines `Name: value\r\n`; connection-specific ones are left out, names become lower case. */
  readonly fields: string;
  /** Written as `content-length` unless negative. */
  readonly contentLength: number;
}

/** The table that we ask of a peer is never larger than this, whatever it offers: it costs memory here too. */
const LARGEST_TABLE_BYTES = 4096;
const LITERAL_INDEXED = 0x40;
const LITERAL_PLAIN = 0x00;
const LITERAL_NEVER = 0x10;
/** Runs shorter than this are copied faster by a loop than by a call. */
const SHORT_RUN = 48;

const staticStatus = new Map([
  [200, 8],
  [204, 9],
  [206, 10],
  [304, 11],
  [400, 12],
  [404, 13],
  [500, 14],
]);

/**
 * HPACK encoder (RFC 7541) of one direction of one connection.
 *
 * A line that was seen before enters the dynamic table and costs one byte from then on; a whole answer that equals
 * one of the last is a copy. Secrets are written as never-indexed literals.
 */
export class HpackEncoder {
  readonly #table = new OutgoingTable();
  readonly #recent: RecentBlock[] = [];
  readonly #lastLines: (IndexedLine | undefined)[] = [];
  #nextRecent = 0;
  #smallestLimit = LARGEST_TABLE_BYTES;
  #hasNewLimit = false;
  #isRepeatable = false;
  #target: Buffer = nothing;
  #at = 0;

  /** Bytes that a block of `textLength` characters of lines (and the few lines made here) takes at most. */
  static roomFor(textLength: number): number {
    return 2 * textLength + 96;
  }

  /** The peer's SETTINGS_HEADER_TABLE_SIZE; signalled at the beginning of the next block (§4.2). */
  setTableLimit(bytes: number): void {
    const limit = Math.min(bytes, LARGEST_TABLE_BYTES);
    if (limit === this.#table.limit) return;
    this.#smallestLimit = this.#hasNewLimit ? Math.min(this.#smallestLimit, limit) : limit;
    this.#hasNewLimit = true;
    this.#table.resize(limit);
  }

  /** Begins a block at `target[at]`. The caller has made {@link roomFor} it. */
  begin(target: Buffer, at: number): void {
    this.#target = target;
    this.#at = at;
    if (!this.#hasNewLimit) return;
    this.#hasNewLimit = false;
    if (this.#smallestLimit < this.#table.limit) this.#integer(0x20, 0x1f, this.#smallestLimit);
    this.#integer(0x20, 0x1f, this.#table.limit);
  }

  /** The offset behind the block. */
  end(): number {
    this.#target = nothing;
    return this.#at;
  }

  /** A whole head; returns the offset behind it. */
  response(target: Buffer, at: number, block: ResponseBlock): number {
    const known = this.#hasNewLimit ? undefined : this.#recentBlock(block);
    if (known !== undefined) return copyRun(known.bytes, known.length, target, at);
    // Only a block that changes nothing may be sent twice, and one that is still to be indexed should not be.
    this.#isRepeatable = !this.#hasNewLimit;
    this.begin(target, at);
    this.#status(block.status);
    if (block.contentLength >= 0) this.#contentLength(block.contentLength);
    this.lines(block.fields);
    const end = this.end();
    if (this.#isRepeatable) this.#remember(block, { bytes: target, start: at, end });
    return end;
  }

  /** A block of lines, each ending in CRLF. */
  lines(fields: string): void {
    let at = 0;
    for (let i = 0; at < fields.length; i++) {
      // Blocks of one origin have the same lines in the same order: a comparison in place spares cutting and hashing.
      const expected = this.#lastLines[i];
      const end = at + (expected === undefined ? 0 : expected.ended.length);
      // `slice` and `===` beat `startsWith`, which compares character by character.
      if (
        expected !== undefined &&
        this.#table.holds(expected.place) &&
        fields.slice(at, end) === expected.ended
      ) {
        this.#integer(0x80, 0x7f, this.#table.indexOf(expected.place));
        at = end;
      } else {
        at = this.#lineAt(fields, at, i);
      }
    }
  }

  #lineAt(fields: string, at: number, i: number): number {
    const end = fields.indexOf('\r', at);
    const sent = this.line(fields.slice(at, end));
    if (sent !== undefined && i < MOST_EXPECTED_LINES) this.#lastLines[i] = sent;
    return end + 2;
  }

  /** §6.2.2 with the name of static index 28; lengths are too many to be worth a place in the table. */
  #contentLength(length: number): void {
    const digits = String(length);
    this.#integer(LITERAL_PLAIN, 0x0f, 28);
    this.#string(digits, false);
  }

  /** One line `name: value`; pseudo-header fields in the same form (`:method: GET`). Returns its place in the table. */
  line(text: string): IndexedLine | undefined {
    const known = this.#table.find(text);
    if (known !== undefined) {
      this.#integer(0x80, 0x7f, this.#table.indexOf(known.place));
      return known;
    }
    const line = outgoingLine(text);
    if (line.staticIndex > 0) this.#integer(0x80, 0x7f, line.staticIndex);
    else if (line.name.rule === 'index') this.#indexable(line);
    else if (line.name.rule === 'plain') this.#literal(LITERAL_PLAIN, line);
    else if (line.name.rule === 'secret') this.#literal(LITERAL_NEVER, line);
    return undefined;
  }

  #indexable(line: OutgoingLine): void {
    const isInserted = line.repeats && this.#table.insert(line);
    if (isInserted || !line.repeats) this.#isRepeatable = false;
    this.#literal(isInserted ? LITERAL_INDEXED : LITERAL_PLAIN, line);
  }

  #status(code: number): void {
    const index = staticStatus.get(code);
    if (index === undefined) this.line(`:status: ${code}`);
    else this.#target[this.#at++] = 0x80 | index;
  }

  #literal(form: number, line: OutgoingLine): void {
    const { name, value } = line;
    const isIndexed = form === LITERAL_INDEXED;
    this.#integer(form, isIndexed ? 0x3f : 0x0f, name.staticIndex);
    // What is indexed is written once, so it may cost the time to be packed well.
    if (name.staticIndex === 0) this.#string(name.text, isIndexed);
    this.#string(value, isIndexed);
  }

  #string(text: string, mayPack: boolean): void {
    const packed = mayPack ? huffmanLength(text) : text.length;
    if (packed < text.length) {
      this.#integer(0x80, 0x7f, packed);
      this.#at = writeHuffman(this.#target, this.#at, text);
      return;
    }
    this.#integer(0, 0x7f, text.length);
    if (text.length > SHORT_RUN) {
      this.#at += this.#target.write(text, this.#at, 'latin1');
      return;
    }
    const target = this.#target;
    let at = this.#at;
    for (let i = 0; i < text.length; i++) target[at++] = text.charCodeAt(i);
    this.#at = at;
  }

  /** §5.1: `form` holds the bits above the prefix `mask`. */
  #integer(form: number, mask: number, value: number): void {
    const target = this.#target;
    if (value < mask) {
      target[this.#at++] = form | value;
      return;
    }
    target[this.#at++] = form | mask;
    let rest = value - mask;
    while (rest >= 0x80) {
      target[this.#at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    target[this.#at++] = rest;
  }

  #recentBlock(block: ResponseBlock): RecentBlock | undefined {
    for (let i = 0; i < this.#recent.length; i++) {
      const recent = this.#recent[i]!;
      if (
        recent.version === this.#table.version &&
        recent.status === block.status &&
        recent.contentLength === block.contentLength &&
        recent.fields === block.fields
      ) {
        return recent;
      }
    }
    return undefined;
  }

  #remember(block: ResponseBlock, written: { bytes: Buffer; start: number; end: number }): void {
    const length = written.end - written.start;
    if (length > RECENT_BYTES || block.fields.length > RECENT_TEXT) return;
    const slot = this.#nextRecent;
    this.#nextRecent = (slot + 1) % RECENT_BLOCKS;
    const recent = (this.#recent[slot] ??= newRecentBlock());
    recent.version = this.#table.version;
    recent.status = block.status;
    recent.contentLength = block.contentLength;
    recent.fields = block.fields;
    recent.length = length;
    for (let i = 0; i < length; i++) recent.bytes[i] = written.bytes[written.start + i]!;
  }
}

const nothing = Buffer.alloc(0);
const MOST_EXPECTED_LINES = 32;
const RECENT_BLOCKS = 4;
const RECENT_BYTES = 192;
/** A remembered text may hold on to the larger one it was cut from. */
const RECENT_TEXT = 4096;

/** A line that has a place in the dynamic table. */
interface IndexedLine {
  readonly text: string;
  /** With CRLF. */
  readonly ended: string;
  readonly size: number;
  /** Its number in the order of insertion, from 1. */
  readonly place: number;
}

/** A block that may be sent again as it is, as long as the table has the version it was written under. */
interface RecentBlock {
  version: number;
  status: number;
  contentLength: number;
  fields: string;
  length: number;
  readonly bytes: Uint8Array;
}

function newRecentBlock(): RecentBlock {
  return {
    version: -1,
    status: 0,
    contentLength: -1,
    fields: '',
    length: 0,
    bytes: new Uint8Array(RECENT_BYTES),
  };
}

function copyRun(from: Uint8Array, length: number, target: Uint8Array, at: number): number {
  for (let i = 0; i < length; i++) target[at + i] = from[i]!;
  return at + length;
}

/** What the peer's decoder holds, as we know it: which line has which index. */
class OutgoingTable {
  limit = LARGEST_TABLE_BYTES;
  version = 0;
  /** The highest place that is no longer in the table. */
  #evicted = 0;
  readonly #lines = new Map<string, IndexedLine>();
  /** The lines in the order of insertion; those before `#oldest` are evicted. */
  #order: IndexedLine[] = [];
  #oldest = 0;
  #inserted = 0;
  #bytes = 0;

  find(text: string): IndexedLine | undefined {
    return this.#lines.get(text);
  }

  holds(place: number): boolean {
    return place > this.#evicted;
  }

  /** The index that a place has now: it grows with every line that is inserted behind it. */
  indexOf(place: number): number {
    return STATIC_ENTRIES + 1 + this.#inserted - place;
  }

  /** False when the line is too large to be worth it: nothing was changed. */
  insert(line: OutgoingLine): boolean {
    const { text, ended } = line;
    const size = line.name.text.length + line.value.length + ENTRY_OVERHEAD_BYTES;
    if (size > this.limit / 4) return false;
    this.version++;
    this.#bytes += size;
    const indexed = { text, ended, size, place: ++this.#inserted };
    this.#order.push(indexed);
    this.#lines.set(text, indexed);
    this.#evict();
    return true;
  }

  resize(limit: number): void {
    this.limit = limit;
    this.version++;
    this.#evict();
  }

  #evict(): void {
    while (this.#bytes > this.limit) {
      const entry = this.#order[this.#oldest++]!;
      this.#bytes -= entry.size;
      this.#evicted++;
      this.#lines.delete(entry.text);
    }
    if (this.#oldest >= 128) {
      this.#order = this.#order.slice(this.#oldest);
      this.#oldest = 0;
    }
  }
}
