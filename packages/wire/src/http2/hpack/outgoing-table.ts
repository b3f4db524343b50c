import type { OutgoingLine } from './line-registry.ts';
import { ENTRY_OVERHEAD_BYTES, STATIC_ENTRIES } from './static-table.ts';

/** The table that we ask of a peer is never larger than this, whatever it offers: it costs memory here too. */
export const LARGEST_TABLE_BYTES = 4096;

/** A line that has a place in the dynamic table. */
export interface IndexedLine {
  readonly text: string;
  /** With CRLF. */
  readonly ended: string;
  readonly size: number;
  /** Its number in the order of insertion, from 1. */
  readonly place: number;
}

/** What the peer's decoder holds, as we know it: which line has which index. */
export class OutgoingTable {
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
