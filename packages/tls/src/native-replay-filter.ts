/** How long a flight of early data is remembered; a copy that comes later is refused by the age of its ticket. */
const WINDOW_SECONDS = 30;
const CELL_BYTES = 8;
/** 2 MiB: room for some 8,000 connections with early data a second. */
const DEFAULT_CELLS = 2 ** 18;

export interface ReplayFilterOptions {
  readonly cells?: number;
  /** How long early data is refused: as long as a filter that was lost may have remembered what this one does not. */
  readonly quietSeconds?: number;
}

/**
 * The memory in which the workers of a process note which first flights with early data they have seen, so that a
 * copy is refused by all of them. Made once, handed to every worker.
 */
export function createReplayFilter(options: ReplayFilterOptions = {}): SharedArrayBuffer {
  const filter = new SharedArrayBuffer(((options.cells ?? DEFAULT_CELLS) + 1) * CELL_BYTES);
  takeEarlyDataAfter(filter, options.quietSeconds ?? WINDOW_SECONDS);
  return filter;
}

/** From now on early data is refused for `seconds`; Infinity: until further notice, for example by a successor. */
export function takeEarlyDataAfter(filter: SharedArrayBuffer, seconds: number): void {
  const startsAt = new BigUint64Array(filter, 0, 1);
  // The addon compares with the same clock, in whole seconds.
  const now = process.hrtime.bigint() / 1_000_000_000n;
  const never = 2n ** 64n - 1n;
  Atomics.store(startsAt, 0, Number.isFinite(seconds) ? now + BigInt(Math.ceil(seconds)) : never);
}
