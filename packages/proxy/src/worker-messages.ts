import type { ChunkKind, LogLevel, ObjectTrouble } from '@elbow/plan';
import type { SlotRef } from './shared/slot-arena.ts';

/** What a worker thread is born with. */
export interface WorkerBirth {
  readonly worker: number;
  readonly workers: number;
  /** {@link WorkerControl} rows. */
  readonly control: SharedArrayBuffer;
  /** Opens sealed private keys. */
  readonly sealingKey: Uint8Array;
  /** The secrets of session tickets, which the node's main thread changes once a day. */
  readonly ticketRoots: SharedArrayBuffer;
  readonly tls: TlsBirth;
  /** {@link RateTable}: request rates of policies. */
  readonly rates: SharedArrayBuffer;
  /** Client connections this worker may hold, from the open-files limit. */
  readonly connectionBudget: number;
  /** False where the platform cannot share a port among workers. */
  readonly reusePort: boolean;
  /** Share of its core above which a worker leaves answers unencoded; 0: never. */
  readonly compressionCpuPercent: number;
  /** Where listeners that have an access log write it; null: nowhere. */
  readonly accessLog: AccessLogBirth | null;
}

export interface TlsBirth {
  readonly engine: 'native' | 'node';
  /** What first flights with early data were seen; shared by all workers. Null: none is taken. */
  readonly replayFilter: SharedArrayBuffer | null;
}

export interface AccessLogBirth {
  readonly path: string;
  readonly format: 'elb' | 'json';
  /** One word, counted up by the node's main thread when it has renamed the file. */
  readonly epoch: SharedArrayBuffer;
}

/** One chunk as workers get it, decoded when first needed. */
export interface SharedChunk {
  readonly kind: ChunkKind;
  readonly id: string;
  readonly hash: string;
  /** JSON text, but for address sets and blocks of policies: see `sharedForm`. */
  readonly json: SharedArrayBuffer;
  /** Listeners and pools have a slot, the others none. */
  readonly slot: SlotRef | null;
  /** Of a listener: the slot of its load balancer, which its other listeners have too. */
  readonly ownerSlot: SlotRef | null;
  /** Rows of counters: of a listener clients and members; of a pool these and one per member, in the chunk's order. */
  readonly counterRows: readonly number[];
  /** Of a pool: numbers of its members' slots, in the chunk's order. */
  readonly memberSlots: readonly number[];
}

export type ToWorker =
  | {
      readonly type: 'plan';
      readonly revision: number;
      readonly put: readonly SharedChunk[];
      readonly remove: readonly { readonly kind: ChunkKind; readonly id: string }[];
      /** Arenas this worker has not seen, by index. */
      readonly arenas: readonly { readonly index: number; readonly buffer: SharedArrayBuffer }[];
      /** The same for arenas of counters. */
      readonly counterArenas: readonly { readonly index: number; readonly buffer: SharedArrayBuffer }[];
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
