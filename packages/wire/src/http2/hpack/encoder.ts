import { huffmanLength, writeHuffman } from './huffman.ts';
import { type OutgoingLine, outgoingLine } from './line-registry.ts';
import { type IndexedLine, LARGEST_TABLE_BYTES, OutgoingTable } from './outgoing-table.ts';
import { RecentBlocks, type ResponseBlock } from './recent-blocks.ts';

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
  readonly #recent = new RecentBlocks();
  readonly #lastLines: (IndexedLine | undefined)[] = [];
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
    const copied = this.#hasNewLimit ? 0 : this.#recent.copy(block, this.#table.version, { target, at });
    if (copied > 0) return at + copied;
    // Only a block that changes nothing may be sent twice, and one that is still to be indexed should not be.
    this.#isRepeatable = !this.#hasNewLimit;
    this.begin(target, at);
    this.#status(block.status);
    if (block.contentLength >= 0) this.#contentLength(block.contentLength);
    this.lines(block.fields);
    const end = this.end();
    if (this.#isRepeatable) this.#recent.remember(block, this.#table.version, { target, at, end });
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
}

const nothing = Buffer.alloc(0);
const MOST_EXPECTED_LINES = 32;
