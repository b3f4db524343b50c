import {
  clientCounters,
  clientRowLength,
  latencyBucket,
  nodeCounters,
  type ClientCounter,
  type NodeCounter,
  type UpstreamCounter,
  upstreamCounters,
  upstreamRowLength,
} from '@elbow/plan';
import { ROW_NUMBERS } from '../shared/counter-arena.ts';

if (Math.max(clientRowLength, upstreamRowLength) > ROW_NUMBERS)
  throw new Error('a row of counters does not fit its place in shared memory');

/** Where each counter stands in its row. */
export const clientColumn = columnsOf(clientCounters);
export const upstreamColumn = columnsOf(upstreamCounters);
export const nodeColumn = columnsOf(nodeCounters);

/** One worker's own numbers of one row. Nobody else writes them. */
export class CounterRow {
  private readonly numbers: Float64Array;
  private readonly start: number;

  constructor(numbers: Float64Array, start: number) {
    this.numbers = numbers;
    this.start = start;
  }

  add(column: number, amount: number): void {
    const at = this.start + column;
    this.numbers[at] = this.numbers[at]! + amount;
  }

  /** Adds a duration to the sum in `column` and to the bucket it belongs to; buckets begin at `buckets`. */
  time(column: number, buckets: number, ms: number): void {
    this.add(column, ms);
    this.add(buckets + latencyBucket(ms), 1);
  }
}

function columnsOf<Name extends ClientCounter | UpstreamCounter | NodeCounter>(
  names: readonly Name[],
): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, at) => [name, at])) as Record<Name, number>;
}
