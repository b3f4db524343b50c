export {
  NODE_ROW,
  ROW_NUMBERS,
  ROWS_PER_ARENA,
  counterArenaBytes,
  counterArenaOf,
  counterOffset,
} from './shared/counter-arena.ts';
export { MemberSlot, type MemberState } from './shared/member-slot.ts';
export { PoolSlot } from './shared/pool-slot.ts';
export {
  SLOTS_PER_ARENA,
  SlotWord,
  arenaBytes,
  shadowOffset,
  slotNumber,
  slotOffset,
  slotOfNumber,
  slotWords,
} from './shared/slot-arena.ts';
export type { SlotRef } from './shared/slot-arena.ts';
export { rateTableBytes } from './shared/rate-table.ts';
export { sharedForm } from './route/shared-form.ts';
export { WorkerControl, workerControlBytes } from './shared/worker-control.ts';
export type {
  AccessLogBirth,
  FromWorker,
  SharedChunk,
  TlsBirth,
  ToWorker,
  WorkerBirth,
} from './worker-messages.ts';

/** The module that a node starts as a worker thread. */
export const workerEntry: URL = new URL('./worker.ts', import.meta.url);
