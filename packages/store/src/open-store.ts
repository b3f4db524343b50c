import { readChanges } from './change-feed.ts';
import type { Session, StoreDialect } from './dialect/dialect.ts';
import { openSqlite } from './dialect/sqlite/sqlite-dialect.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/migrations.ts';
import { createReader } from './reader-writer.ts';
import { Snapshots } from './snapshots.ts';
import type { Store } from './store.ts';
import type { UnitScope } from './unit-scope.ts';
import { WriteQueue } from './write-queue.ts';

export interface StoreOptions {
  /** Where the database is or will be; `:memory:` for one that is gone when it is closed. */
  readonly directory: string;
  /** Told about commits that took at least `slowCommitMs`: the disk is the store's speed. */
  readonly onSlowCommit?: (commit: { readonly durationMs: number; readonly units: number }) => void;
  /** Default 100. */
  readonly slowCommitMs?: number;
  /** Longest time a read or write may take from its start, waiting not counted. Default 10,000. */
  readonly unitTimeoutMs?: number;
  /** Writes, and reads, that may wait before more are refused with `StoreOverloaded`. Default 10,000. */
  readonly maxWaitingUnits?: number;
}

/**
 * Opens the database, makes it when there is none, checks the file and brings its schema up to date.
 * In memory, reads take their turn among the writes, so a read inside a write would wait for itself.
 * @throws `DatabaseRefused` when the file is damaged, no database, or from a newer release.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const dialect = await openSqlite(options.directory);
  try {
    await migrate(dialect, migrations);
  } catch (error) {
    await dialect.close();
    throw error;
  }
  return assembleStore(dialect, options);
}

/** The store over an open database with the newest schema. */
export function assembleStore(dialect: StoreDialect, options: Omit<StoreOptions, 'directory'>): Store {
  const { unitTimeoutMs = 10_000, maxWaitingUnits = 10_000, slowCommitMs = 100, onSlowCommit } = options;
  const limits = { unitTimeoutMs, maxWaitingUnits };
  const queue = new WriteQueue(dialect, {
    ...limits,
    onCommit: (commit) => {
      if (commit.durationMs >= slowCommitMs) onSlowCommit?.(commit);
    },
  });
  const snapshots = new Snapshots(dialect.readers, limits);
  const inSnapshot = snapshotsOf(dialect, queue, snapshots);
  return {
    read: (work) => inSnapshot((session, scope) => work(createReader(dialect, session, scope))),
    write: (work) => queue.enqueue(work),
    changesSince: (revision) => inSnapshot(({ db }, scope) => scope.run(() => readChanges(db, revision))),
    close: async () => {
      await Promise.all([queue.close(), snapshots.close()]);
      await dialect.close();
    },
    closed: dialect.closed,
  };
}

type InSnapshot = <T>(work: (session: Session, scope: UnitScope) => Promise<T>) => Promise<T>;

/** With a single connection the committed state is what a unit of its own sees, once its group is committed. */
function snapshotsOf(dialect: StoreDialect, queue: WriteQueue, snapshots: Snapshots): InSnapshot {
  if (dialect.readers.length > 0) return (work) => snapshots.read(work);
  return async (work) => {
    const { value } = await queue.enqueue((_writer, scope) => work(dialect.writer, scope));
    return value;
  };
}
