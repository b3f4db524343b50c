import type {
  Capabilities,
  CheckTranscript,
  Hash,
  Log,
  MemberHealth,
  MemberSeen,
  NodeMetrics,
  ObjectTrouble,
  OneOffCheck,
  WorkerState,
} from '@elbow/plan';
import type { Store } from '@elbow/store';
import type { NodeStatus, Readiness } from './node-status.ts';
import { ReconcileLoop } from './reconcile-loop.ts';

export interface ReconcilerOptions {
  readonly store: Store;
  /** Where nodes of this machine dial in; see `nodeSocketPath`. */
  readonly socketPath: string;
  readonly hash: Hash;
  readonly nowMs: () => number;
  readonly log: Log;
  /** Whether listeners write an access log; default false. */
  readonly isAccessLogEnabled?: boolean;
  /** Zone of this machine's node: load balancers use their source addresses of this zone there. */
  readonly zone?: string;
}

/** Brings what is stored to the nodes that serve it, and back what they see. */
export interface Reconciler {
  /**
   * Opens the socket and compiles everything. Rejects when the socket cannot be opened; a store that fails is logged
   * and tried again.
   */
  start(): Promise<void>;
  /** The store may have changed. Cheap, never throws, may be called too often; forgetting it costs seconds. */
  notify(): void;
  /**
   * True once every connected node serves `revision`, false after `timeoutMs`; with no node it waits for one. A
   * revision of 0 asks for nothing.
   */
  whenLive(revision: number, timeoutMs: number): Promise<boolean>;
  readiness(): Readiness;
  nodes(): readonly NodeStatus[];
  /** Asks each worker of each node; a node that does not answer within two seconds has no workers in the answer. */
  askWorkers(): Promise<readonly NodeWorkers[]>;
  /** What every node has counted until now, by its id; without those that do not answer within two seconds. */
  askMetrics(): Promise<ReadonlyMap<string, NodeMetrics>>;
  /** What all nodes together found out about a member: the worst that one of them says; null when none checks it. */
  memberHealth(memberId: string): MemberHealth | null;
  /** What each node saw of a pool's members; without those that do not answer within two seconds. */
  askPool(poolId: string): Promise<readonly NodeMembers[]>;
  /** Has a node check a member now; null when no node serves it. Takes up to the timeout of its check. */
  checkMember(poolId: string, memberId: string): Promise<CheckTranscript | null>;
  /** Has every node check a place now, all at a time. Takes up to the timeout of the check. */
  probe(target: OneOffCheck): Promise<readonly NodeProbe[]>;
  /** Objects that are not served as asked: those that do not compile, and those of which a node says so. */
  troubles(): readonly ObjectTrouble[];
  /** What every node can do; while none is connected, what the last ones could. */
  capabilities(): Capabilities;
  stop(): Promise<void>;
}

export interface NodeWorkers {
  readonly nodeId: string;
  readonly workers: readonly WorkerState[];
}

export interface NodeMembers {
  readonly nodeId: string;
  readonly members: readonly MemberSeen[];
}

export interface NodeProbe {
  readonly nodeId: string;
  /** Null: the node had too much to do, or did not come to an end. */
  readonly transcript: CheckTranscript | null;
}

export function createReconciler(options: ReconcilerOptions): Reconciler {
  return new ReconcileLoop(options);
}
