import type { WireLimits, WireProblem } from '../message.ts';
import { type HeadRules, HeadScanner } from './head-scanner.ts';

const END_OF_HEAD = Buffer.from('\r\n\r\n');
const FIRST_KEPT_BYTES = 1024;

/**
 * Takes a head out of a stream of bytes. A head that is whole in one buffer is sliced in place, the usual case; one
 * that arrives in pieces is copied into a buffer that grows up to the limit and scanned as it grows. A trailer section
 * is always scanned: it has no grammar check of its own, and it may be nothing but an empty line.
 */
export class HeadReader {
  readonly #rules: HeadRules;
  readonly #limits: WireLimits;
  #scanner: HeadScanner | null = null;
  #kept: Buffer | null = null;
  #keptBytes = 0;
  /** The head without the empty line that ends it, once complete. */
  text: string | null = null;
  /** Its size on the wire, with the empty line. */
  headBytes = 0;
  problem: WireProblem | null = null;

  constructor(rules: HeadRules, limits: WireLimits) {
    this.#rules = rules;
    this.#limits = limits;
  }

  /** Whether a part of a head is kept. */
  get begun(): boolean {
    return this.#keptBytes > 0;
  }

  /**
   * Reads on and returns the index up to which bytes were used: behind the head when `text` is set, else `end`.
   * A head refused by `problem` is refused at the byte where that was known.
   */
  read(bytes: Buffer, start: number, end: number): number {
    if (this.#scanner === null && this.#rules.firstLine !== null) {
      const found = bytes.indexOf(END_OF_HEAD, start);
      const after = found + END_OF_HEAD.length;
      if (found >= 0 && after <= end && after - start <= this.#limits.headBytes) {
        this.text = bytes.toString('latin1', start, found + 2);
        this.headBytes = after - start;
        return after;
      }
    }
    this.#scanner ??= new HeadScanner(this.#rules, this.#limits);
    return this.#scanKept(this.#scanner, bytes, start, end);
  }

  /** Ready for the next head. */
  clear(): void {
    this.#scanner = null;
    this.#kept = null;
    this.#keptBytes = 0;
    this.text = null;
    this.headBytes = 0;
  }

  #scanKept(scanner: HeadScanner, bytes: Buffer, start: number, end: number): number {
    const before = this.#keptBytes;
    const kept = this.#keep(bytes, start, end);
    const verdict = scanner.scan(kept, this.#keptBytes);
    if (verdict === 'more') return end;
    if (verdict === 'refused') this.problem = scanner.problem;
    else {
      this.text = kept.toString('latin1', 0, scanner.position - 2);
      this.headBytes = scanner.position;
    }
    return start + scanner.position - before;
  }

  /** Copies what may still belong to the head: never more than one byte beyond the limit, which refuses it. */
  #keep(bytes: Buffer, start: number, end: number): Buffer {
    const wanted = Math.min(this.#keptBytes + (end - start), this.#limits.headBytes + 1);
    let kept = this.#kept;
    if (kept === null || kept.length < wanted) {
      const grown = Buffer.allocUnsafe(Math.max(wanted, FIRST_KEPT_BYTES, (kept?.length ?? 0) * 2));
      kept?.copy(grown, 0, 0, this.#keptBytes);
      kept = grown;
      this.#kept = grown;
    }
    bytes.copy(kept, this.#keptBytes, start, start + wanted - this.#keptBytes);
    this.#keptBytes = wanted;
    return kept;
  }
}
