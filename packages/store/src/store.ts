import type { ResourceKind, Resources } from '@elbow/model';
import type { HistoryBounds, HistoryEntry, HistoryQuery, StoredHistoryEntry } from './history.ts';

/**
 * The port to what is kept. Reads see committed state. A write is one unit of work: it runs alone, sees its own
 * changes, and either all of it is durable or none; when `write` resolves, the change survives a power cut.
 *
 * Units run one after another, so every unit waits for those before it: inside `work` await nothing but its
 * `writer`: no network, no hashing of passwords, no other `write` (it would wait for itself). A unit that is still
 * running after the store's time limit is rolled back and rejects with `UnitTimedOut`.
 */
export interface Store {
  /** All rows and documents that `work` reads are one snapshot; of the history it sees what there is when it asks. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /**
   * Runs `work` and commits. Throwing inside rolls the unit back and rethrows; so does a change that the database
   * refused, even when `work` catches the error. `reader` and `writer` are dead once `work` has settled.
   * @returns the value of `work` and the revision at which the change stands in the change feed
   *   (0 when the unit touched nothing that a node serves).
   * @throws what `work` throws, or one of the errors of `errors.ts`.
   */
  write<T>(work: (writer: Writer) => Promise<T>): Promise<Committed<T>>;
  /**
   * Load balancers touched after `revision`, also those that are gone by now, and the newest revision. Kept for as
   * long as the database lives. A `revision` that the store has not reached (the database is an older copy) gives all.
   */
  changesSince(revision: number): Promise<ChangeSet>;
  /** Finishes what was accepted, then closes; safe to call twice. Later reads and writes throw `StoreClosed`. */
  close(): Promise<void>;
  /** Resolves when the store has ended: with null after {@link Store.close}, else with the reason. Never rejects. */
  readonly closed: Promise<Error | null>;
}

export interface Committed<T> {
  readonly value: T;
  readonly revision: number;
}

export interface ChangeSet {
  readonly revision: number;
  readonly loadBalancerIds: readonly string[];
}

export type Row<K extends ResourceKind> = Resources[K];

/** Every attribute that a row of this kind may have, whatever variant it is. */
export type AttributeOf<K extends ResourceKind> = KeysOfUnion<Resources[K]>;

type KeysOfUnion<T> = T extends unknown ? keyof T & string : never;

/** Attributes that are made of others, for look-ups alone: rows do not have them. */
interface Computed {
  /** Every pool that the policy names. */
  readonly l7Policy: 'poolIds';
  /** Equal for rules that the same requests fit. */
  readonly l7Rule: 'ruleKey';
}

export type ComputedOf<K extends ResourceKind> = K extends keyof Computed ? Computed[K] : never;

/** A page of a list, in the order of insertion. */
export interface ListQuery<K extends ResourceKind> {
  readonly projectId?: string;
  /**
   * Equality on attributes of the resource: any of the listed values; several attributes must all hold.
   * Values are strings, numbers, booleans and null (which also matches an absent attribute).
   */
  readonly where?: { readonly [A in AttributeOf<K> | ComputedOf<K>]?: readonly Scalar[] };
  /**
   * Id of the last record of the page before (exclusive).
   * Throws `UnknownMarker` when it does not exist, or not in this project.
   */
  readonly marker?: string;
  readonly limit?: number;
  /**
   * Walks towards older records from the marker, or from the newest without one; the page is still returned in
   * creation order.
   */
  readonly isReverse?: boolean;
}

export type Scalar = string | number | boolean | null;

export interface Reader {
  find<K extends ResourceKind>(kind: K, id: string): Promise<Row<K> | null>;
  list<K extends ResourceKind>(kind: K, query: ListQuery<K>): Promise<readonly Row<K>[]>;
  count<K extends ResourceKind>(kind: K, query: Pick<ListQuery<K>, 'projectId' | 'where'>): Promise<number>;
  /** Named singletons and accounts: small JSON documents by key; null when there is none. */
  document(key: string): Promise<unknown>;
  /** What was done and tried, newest first. */
  history(query: HistoryQuery): Promise<readonly StoredHistoryEntry[]>;
}

export interface Writer extends Reader {
  /** @throws `DuplicateRow`, `UnknownReference`. */
  insert<K extends ResourceKind>(kind: K, row: Row<K>): Promise<void>;
  /** Replaces the row with the same id. @throws `UnknownRow`, `DuplicateRow`, `UnknownReference`. */
  update<K extends ResourceKind>(kind: K, row: Row<K>): Promise<void>;
  /** @throws `UnknownRow`, and `RowInUse` while other rows refer to it. */
  remove<K extends ResourceKind>(kind: K, id: string): Promise<void>;
  /** Says that what this load balancer serves may have changed; the unit's revision covers it. */
  touch(loadBalancerId: string): void;
  /** Makes or replaces the document; null removes it. */
  putDocument(key: string, value: unknown): Promise<void>;
  /** Stands with the other changes of this unit or not at all; seen by those after it. Has a JSON form. */
  recordHistory(entry: HistoryEntry): void;
  /** Completes the entries of some requests, a thousand at most. */
  settleHistory(requestIds: readonly string[], known: Pick<HistoryEntry, 'status' | 'live'>): Promise<void>;
  /** Removes entries beyond the bounds. @returns how many */
  trimHistory(bounds: HistoryBounds): Promise<number>;
}
