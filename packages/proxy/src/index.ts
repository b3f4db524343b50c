export {
  SLOTS_PER_ARENA,
  SlotWord,
  arenaBytes,
  shadowOffset,
  slotOffset,
  slotWords,
} from './shared/slot-arena.ts';
export type { SlotRef } from './shared/slot-arena.ts';
export { WorkerControl, workerControlBytes } from './shared/worker-control.ts';
export type { FromWorker, SharedChunk, ToWorker, WorkerBirth } from './worker-messages.ts';

/** The module that a node starts as a worker thread. */
export const workerEntry: URL = new URL('./worker.ts', import.meta.url);
