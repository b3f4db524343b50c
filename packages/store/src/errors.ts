import type { ResourceKind } from '@elbow/model';

/** A unique rule of the database was broken; `constraint` names it (for example `listener.port`). */
export class DuplicateRow extends Error {
  readonly constraint: string;
  constructor(constraint: string) {
    super(`unique constraint ${constraint} violated`);
    this.name = 'DuplicateRow';
    this.constraint = constraint;
  }
}

/** The row cannot be removed: other rows refer to it. */
export class RowInUse extends Error {
  readonly kind: ResourceKind;
  readonly id: string;
  constructor(kind: ResourceKind, id: string) {
    super(`${kind} ${id} is referred to by other rows`);
    this.name = 'RowInUse';
    this.kind = kind;
    this.id = id;
  }
}

/** The row refers to a row that does not exist. */
export class UnknownReference extends Error {
  readonly kind: ResourceKind;
  readonly id: string;
  constructor(kind: ResourceKind, id: string) {
    super(`${kind} ${id} refers to a row that does not exist`);
    this.name = 'UnknownReference';
    this.kind = kind;
    this.id = id;
  }
}

/** The row to update or remove does not exist. */
export class UnknownRow extends Error {
  readonly kind: ResourceKind;
  readonly id: string;
  constructor(kind: ResourceKind, id: string) {
    super(`${kind} ${id} does not exist`);
    this.name = 'UnknownRow';
    this.kind = kind;
    this.id = id;
  }
}

export class UnknownMarker extends Error {
  constructor(marker: string) {
    super(`marker ${marker} is not a known id`);
    this.name = 'UnknownMarker';
  }
}

/** Too much is waiting already; nothing was done and trying again later is fine. */
export class StoreOverloaded extends Error {
  constructor(waiting: number) {
    super(`the store has ${waiting} units waiting and takes no more`);
    this.name = 'StoreOverloaded';
  }
}

/** The unit did not settle in time; it was rolled back. */
export class UnitTimedOut extends Error {
  constructor(timeoutMs: number) {
    super(`a unit of work ran for more than ${timeoutMs} ms and was rolled back`);
    this.name = 'UnitTimedOut';
  }
}

/** A reader or writer was used after its unit had ended. */
export class UnitEnded extends Error {
  constructor() {
    super('this unit of work has ended; its reader or writer cannot be used any more');
    this.name = 'UnitEnded';
  }
}

/** The unit's changes could not be made durable. `cause` says why. */
export class CommitFailed extends Error {
  constructor(cause: unknown) {
    super(`the change could not be made durable: ${describeError(cause)}`, { cause });
    this.name = 'CommitFailed';
  }
}

/** The database refused a statement for a reason that is no rule of ours: disk full, I/O error, a bug. */
export class DatabaseFault extends Error {
  /** The database's own code for it. */
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.name = 'DatabaseFault';
    this.code = code;
  }
}

export class StoreClosed extends Error {
  constructor() {
    super('the store is closed');
    this.name = 'StoreClosed';
  }
}

/** What runs the database has ended by itself; the store is of no more use and the process should restart. */
export class StoreFailed extends Error {
  constructor(reason: string, cause?: unknown) {
    super(`the store has failed: ${reason}`, { cause });
    this.name = 'StoreFailed';
  }
}

/** The database cannot be used as it is; the message says why. Nothing was changed. */
export class DatabaseRefused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'DatabaseRefused';
  }
}

export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
