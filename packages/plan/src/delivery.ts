import type { Chunk, ChunkKind } from './chunk.ts';
import type { NodeMetrics } from './counters.ts';
import type { MemberSeen } from './member-seen.ts';
import type { CheckTranscript, MemberHealth, OneOffCheck } from './member-health.ts';

/**
 * How a plan reaches a node and what the node says back: length-prefixed JSON messages over one stream, which the
 * node opens. Level-triggered: every message carries whole state by revision, so a lost one costs time only.
 */
export interface ManifestEntry {
  readonly kind: ChunkKind;
  readonly id: string;
  /** Name of the chunk to serve, or null: keep serving what the node has under this id (its newer form did not compile). */
  readonly hash: string | null;
}

/** What a node must serve at `revision`: everything listed, nothing else. */
export interface Manifest {
  readonly revision: number;
  readonly entries: readonly ManifestEntry[];
}

/**
 * What turns the manifest that the node took last into the next one: of thousands of entries mostly one differs. Only sent
 * when the node has acknowledged that manifest; a node that has another one refuses, and gets the whole.
 */
export interface PlanChange {
  readonly type: 'plan-change';
  /** Of the manifest that is changed. */
  readonly base: { readonly revision: number; readonly entries: number };
  readonly revision: number;
  /** New entries, and those with another hash. */
  readonly put: readonly ManifestEntry[];
  readonly remove: readonly { readonly kind: ChunkKind; readonly id: string }[];
  /** As in a whole plan. */
  readonly chunks: Readonly<Record<string, Chunk>>;
}

export type ToNode =
  | {
      readonly type: 'plan';
      readonly manifest: Manifest;
      /** The chunks of the manifest that the node did not name in its hello or in an earlier plan, by hash. */
      readonly chunks: Readonly<Record<string, Chunk>>;
    }
  | PlanChange
  /** Asks every worker for the revision it serves; answered by `workers` with the same id. */
  | { readonly type: 'ask-workers'; readonly id: number }
  /** Asks for everything that was counted; answered by `metrics` with the same id. */
  | { readonly type: 'ask-metrics'; readonly id: number }
  /** Asks for one check of a member, made now; answered by `checked` with the same id. */
  | { readonly type: 'ask-check'; readonly id: number; readonly poolId: string; readonly memberId: string }
  /** Asks for one check of a place, made now; answered by `checked` with the same id. */
  | { readonly type: 'ask-probe'; readonly id: number; readonly target: OneOffCheck }
  /** Asks what was seen of the members of a pool; answered by `pool-seen` with the same id. */
  | { readonly type: 'ask-pool'; readonly id: number; readonly poolId: string };

export type FromNode =
  | {
      readonly type: 'hello';
      readonly node: NodeFacts;
      readonly revision: number;
      readonly hashes: readonly string[];
    }
  | { readonly type: 'observed'; readonly observation: Observation }
  /** The plan at `revision` broke a rule and nothing changed here; `hashes` is what this node really has. */
  | {
      readonly type: 'refused';
      readonly revision: number;
      readonly reason: string;
      readonly hashes: readonly string[];
    }
  | { readonly type: 'workers'; readonly id: number; readonly workers: readonly WorkerState[] }
  | { readonly type: 'metrics'; readonly id: number; readonly metrics: NodeMetrics }
  /** What is known of the health of members: of all that this node checks where `isWhole`, else what is new. */
  | { readonly type: 'health'; readonly isWhole: boolean; readonly members: readonly MemberHealth[] }
  /** Null: this node does not serve the member, has too much to do, or the check did not end in time. */
  | { readonly type: 'checked'; readonly id: number; readonly transcript: CheckTranscript | null }
  /** Empty where this node does not serve the pool. */
  | { readonly type: 'pool-seen'; readonly id: number; readonly members: readonly MemberSeen[] };

export interface NodeFacts {
  readonly id: string;
  readonly availabilityZone: string;
  readonly processId: number;
  readonly runtime: string;
  readonly capabilities: Capabilities;
}

/** What this node can do, as data: the API refuses with these reasons, the console shows them. */
export interface Capabilities {
  /** The lowest port this process may bind (1024 for an unprivileged one). */
  readonly lowestPort: number;
  /** TLS 1.3 early data needs the native engine. */
  readonly earlyData: boolean;
  /** Null where there is early data. */
  readonly whyNoEarlyData: string | null;
  readonly tlsEngine: 'native' | 'node';
  readonly http2: boolean;
}

export interface WorkerState {
  readonly id: number;
  /** The revision this worker serves now; 0 before its first plan. */
  readonly revision: number;
  readonly state: 'starting' | 'serving' | 'dead';
  readonly connections: number;
}

/** What the node sees. Replaces the node's earlier observation as a whole. */
export interface Observation {
  /** The newest revision that every live worker serves. */
  readonly revision: number;
  readonly workers: readonly WorkerState[];
  /** Objects that are not served as asked, with the reason; absent means as asked. */
  readonly troubles: readonly ObjectTrouble[];
}

export interface ObjectTrouble {
  readonly kind: ChunkKind;
  readonly id: string;
  readonly reason: string;
}
