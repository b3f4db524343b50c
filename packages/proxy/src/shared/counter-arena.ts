/**
 * Counters are rows of numbers in shared memory: workers count, the node's main thread reads. Every worker has a
 * row of its own for each thing that is counted, so there is one writer and no atomic operation; the reader adds the
 * rows of all workers up. A row outlives the worker that filled it, and the worker's successor counts on in it: sums
 * never go down.
 *
 * Numbers are 64-bit floats: exact for integers up to 2⁵³, and an aligned one is loaded and stored whole on the
 * platforms that the runtime supports, so a reader sees either the old or the new value.
 *
 * An arena is a fixed block of rows, the rows of one worker together, so that workers do not share cache lines. The
 * main thread makes arenas and hands out row numbers; the arena is the number divided by {@link ROWS_PER_ARENA}.
 * A listener has two rows (clients, members), a pool two and one more for each member. A row is given to another
 * object only when every worker has acknowledged a plan without the first one. Workers find rows through the plan
 * in force, so by then none of them knows the number any more.
 */
export const ROWS_PER_ARENA = 512;

/** Numbers in one row: the longest row of counters and buckets fits, and rows begin on cache lines. */
export const ROW_NUMBERS = 48;

const NUMBER_BYTES = Float64Array.BYTES_PER_ELEMENT;

/** Row of the node itself: always the first one. */
export const NODE_ROW = 0;

/** Bytes of one arena for `workers` workers. */
export function counterArenaBytes(workers: number): number {
  return workers * ROWS_PER_ARENA * ROW_NUMBERS * NUMBER_BYTES;
}

export function counterArenaOf(row: number): number {
  return Math.floor(row / ROWS_PER_ARENA);
}

/** Index of the first number of `worker`'s part of a row, in its arena. */
export function counterOffset(row: number, worker: number): number {
  return (worker * ROWS_PER_ARENA + (row % ROWS_PER_ARENA)) * ROW_NUMBERS;
}
