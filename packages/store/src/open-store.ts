import type { StoreDialect } from './dialect/dialect.ts';
import { openSqlite } from './dialect/sqlite/sqlite-dialect.ts';
import { StoreClosed } from './errors.ts';
import { type HistoryQuery, listHistory, type StoredHistoryEntry } from './history.ts';
import { loadRows } from './load-rows.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/migrations.ts';
import { RowSnapshots } from './row-snapshots.ts';
import type { CommittedRows } from './rows/committed-rows.ts';
import { Snapshots } from './snapshots.ts';
import type { Store } from './store.ts';
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
 * Opens the database, makes it when there is none, checks the file, brings its schema up to date, and reads all of its
 * rows into memory: whoever opens it is the only one who writes to it.
 * @throws `DatabaseRefused` when the file is damaged, no database, or from a newer release.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const dialect = await openSqlite(options.directory);
  try {
    await migrate(dialect, migrations);
    return assembleStore(dialect, await loadRows(dialect), options);
  } catch (error) {
    await dialect.close();
    throw error;
  }
}

/** The store over an open database with the newest schema and the rows that it holds. */
export function assembleStore(
  dialect: StoreDialect,
  committed: CommittedRows,
  options: Omit<StoreOptions, 'directory'>,
): Store {
  const { unitTimeoutMs = 10_000, maxWaitingUnits = 10_000, slowCommitMs = 100, onSlowCommit } = options;
  const limits = { unitTimeoutMs, maxWaitingUnits };
  const queue = new WriteQueue(dialect, committed, {
    ...limits,
    onCommit: (commit) => {
      if (commit.durationMs >= slowCommitMs) onSlowCommit?.(commit);
    },
  });
  const sessions = new Snapshots(dialect.readers, limits);
  const readHistory = historyOf(dialect, queue, sessions);
  const snapshots = new RowSnapshots({ committed, readHistory, unitTimeoutMs });
  void dialect.closed.then((failure) => snapshots.end(failure ?? new StoreClosed()));
  return {
    read: (work) => snapshots.read(work),
    write: (work) => queue.enqueue(work),
    changesSince: (revision) => snapshots.read(async () => committed.changesSince(revision)),
    close: async () => {
      await Promise.all([queue.close(), snapshots.close().then(() => sessions.close())]);
      await dialect.close();
    },
    closed: dialect.closed,
  };
}

type ReadHistory = (query: HistoryQuery) => Promise<readonly StoredHistoryEntry[]>;

/** With a single connection the committed state is what a unit of its own sees, once its group is committed. */
function historyOf(dialect: StoreDialect, queue: WriteQueue, sessions: Snapshots): ReadHistory {
  if (dialect.readers.length > 0)
    return (query) => sessions.read(({ db }, scope) => scope.run(() => listHistory(db, query)));
  return async (query) => (await queue.enqueue((writer) => writer.history(query))).value;
}
