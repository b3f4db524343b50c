import type { Caller } from '../auth/authenticate.ts';

/** Where one call of the API comes from and what it is. */
export interface Origin {
  /** Null where anybody may call. */
  readonly caller: Caller | null;
  /** Of the peer; no header can say otherwise. */
  readonly address: string;
  readonly requestId: string;
  readonly operation: string;
  /** What the operation is about, as clients know it: `listener`, `user`, … */
  readonly resource: string;
  /** The last id of the path, or null. */
  readonly targetId: string | null;
  /** Adds a change that no row of the store shows to what is told of the next unit of work. */
  readonly note: (change: ObjectChange) => void;
}

/** What became of one object. */
export interface ObjectChange {
  /** As clients know it. */
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly action: ChangeAction;
  /** Fields by their wire names; secrets are masked. */
  readonly fields: Readonly<Record<string, FieldChange>>;
}

export type ChangeAction = 'created' | 'updated' | 'removed';

export interface FieldChange {
  readonly before: unknown;
  readonly after: unknown;
}
