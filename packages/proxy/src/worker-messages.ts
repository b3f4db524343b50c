import type { ChunkKind, ObjectTrouble } from '@elbow/plan';
import type { LogLevel } from './worker-context.ts';
import type { SlotRef } from './shared/slot-arena.ts';

/** What a worker thread is born with. */
export interface WorkerBirth {
  readonly worker: number;
  readonly workers: number;
  /** {@link WorkerControl} rows. */
  readonly control: SharedArrayBuffer;
  /** Opens sealed private keys. */
  readonly sealingKey: Uint8Array;
  /** Client connections this worker may hold, from the open-files limit. */
  readonly connectionBudget: number;
  /** False where the platform cannot share a port among workers. */
  readonly reusePort: boolean;
}

/** One chunk as workers get it: JSON text in shared memory, decoded when first needed. */
export interface SharedChunk {
  readonly kind: ChunkKind;
  readonly id: string;
  readonly hash: string;
  readonly json: SharedArrayBuffer;
  /** Listeners and pools have a slot, certificates none. */
  readonly slot: SlotRef | null;
}

export type ToWorker =
  | {
      readonly type: 'plan';
      readonly revision: number;
      readonly put: readonly SharedChunk[];
      readonly remove: readonly { readonly kind: ChunkKind; readonly id: string }[];
      /** Arenas this worker has not seen, by index. */
      readonly arenas: readonly { readonly index: number; readonly buffer: SharedArrayBuffer }[];
    }
  /** Answers `workers` questions with the revision really in use. */
  | { readonly type: 'ask'; readonly id: number }
  /** Stop accepting, let answers in flight finish for at most this long, then exit. */
  | { readonly type: 'stop'; readonly graceMs: number };

export type FromWorker =
  | {
      /** Sent when every listener of the revision accepts connections here (or is listed as in trouble). */
      readonly type: 'applied';
      readonly revision: number;
      readonly troubles: readonly ObjectTrouble[];
    }
  | { readonly type: 'answer'; readonly id: number; readonly revision: number; readonly connections: number }
  | {
      readonly type: 'log';
      readonly level: LogLevel;
      readonly message: string;
      readonly facts: Readonly<Record<string, string | number>>;
    }
  | { readonly type: 'stopped' };
