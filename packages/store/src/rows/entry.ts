import type { ResourceKind } from '@elbow/model';
import type { Row } from '../store.ts';

/** A row and its place in the order of insertion. Never changed: an update is another entry in the same place. */
export interface Entry<K extends ResourceKind = ResourceKind> {
  readonly sequence: number;
  readonly row: Row<K>;
}

/** Rows of one kind that a query asks for. */
export interface Picked {
  /** Of all conditions: each holds when the row has one of its values. */
  readonly conditions: readonly Condition[];
  readonly fits: (entry: Entry) => boolean;
}

export interface Condition {
  /** Of the row, or one that is computed of it. */
  readonly attribute: string;
  /** Null stands for an absent attribute too. */
  readonly values: readonly (string | number | boolean | null)[];
}

/** What rows are from somewhere: of the committed state, of a unit of work, of a snapshot. */
export interface RowSource {
  entry(kind: ResourceKind, id: string): Entry | null;
  /** In the order of insertion. */
  entries(kind: ResourceKind, pick: Picked): readonly Entry[];
  count(kind: ResourceKind, pick: Picked): number;
  /** Id of the row that holds this value of a unique rule; null when it is free. */
  owner(kind: ResourceKind, rule: string, value: string): string | null;
  /** The JSON text of a document. */
  document(key: string): string | null;
  /** The newest revision of the change feed; 0 while nothing was ever touched. */
  readonly revision: number;
}

export function bySequence(a: Entry, b: Entry): number {
  return a.sequence - b.sequence;
}
