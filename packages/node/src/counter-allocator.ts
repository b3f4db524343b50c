import {
  counterArenaBytes,
  counterArenaOf,
  counterOffset,
  NODE_ROW,
  ROW_NUMBERS,
  ROWS_PER_ARENA,
} from '@elbow/proxy';

interface RetiredRows {
  readonly rows: readonly number[];
  /** The first target version without the object. */
  readonly version: number;
}

/**
 * Hands out rows of counters to listeners, pools and members, and adds up what the workers counted in them. Only the
 * node's main thread uses it. A row keeps its numbers when a worker dies; it is cleared when another object gets it.
 */
export class CounterAllocator {
  private readonly workers: number;
  private readonly buffers: SharedArrayBuffer[] = [];
  private readonly numbers: Float64Array[] = [];
  private readonly free: number[] = [];
  private retired: RetiredRows[] = [];

  constructor(workers: number) {
    this.workers = workers;
    // The first row is the node's own.
    this.grow(NODE_ROW + 1);
  }

  /** Arenas so far, by index; they are never moved or given back. */
  get arenas(): readonly SharedArrayBuffer[] {
    return this.buffers;
  }

  /** A row with all numbers zero. */
  allocate(): number {
    if (this.free.length === 0) this.grow(0);
    const row = this.free.pop()!;
    for (let worker = 0; worker < this.workers; worker++) this.part(row, worker).fill(0);
    return row;
  }

  /** Notes that targets from `version` on count nothing in these rows. */
  retire(rows: readonly number[], version: number): void {
    if (rows.length > 0) this.retired.push({ rows, version });
  }

  /** @param oldestVersionInUse the oldest target version any live worker may still be working with */
  reclaim(oldestVersionInUse: number): void {
    this.retired = this.retired.filter(({ rows, version }) => {
      if (version > oldestVersionInUse) return true;
      this.free.push(...rows);
      return false;
    });
  }

  /** The first `length` numbers of a row, each the sum over all workers, those that died included. */
  sum(row: number, length: number): readonly number[] {
    const sums = Array.from({ length }, () => 0);
    for (let worker = 0; worker < this.workers; worker++) {
      const part = this.part(row, worker);
      for (let at = 0; at < length; at++) sums[at] = sums[at]! + part[at]!;
    }
    // Microseconds are enough of a sum of milliseconds; the rest would only be digits to send.
    return sums.map((sum) => Math.round(sum * 1000) / 1000);
  }

  private part(row: number, worker: number): Float64Array {
    const start = counterOffset(row, worker);
    return this.numbers[counterArenaOf(row)]!.subarray(start, start + ROW_NUMBERS);
  }

  private grow(firstFree: number): void {
    const first = this.buffers.length * ROWS_PER_ARENA;
    const buffer = new SharedArrayBuffer(counterArenaBytes(this.workers));
    this.buffers.push(buffer);
    this.numbers.push(new Float64Array(buffer));
    for (let row = ROWS_PER_ARENA - 1; row >= firstFree; row--) this.free.push(first + row);
  }
}
