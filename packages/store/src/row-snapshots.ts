import { withDeadline } from './deadline.ts';
import { StoreClosed } from './errors.ts';
import type { HistoryQuery, StoredHistoryEntry } from './history.ts';
import { readerOf } from './row-reader.ts';
import type { CommittedRows } from './rows/committed-rows.ts';
import type { Reader } from './store.ts';
import { UnitScope } from './unit-scope.ts';

export interface RowSnapshotOptions {
  readonly committed: CommittedRows;
  readonly readHistory: (query: HistoryQuery) => Promise<readonly StoredHistoryEntry[]>;
  readonly unitTimeoutMs: number;
}

/** Reads of what is committed. Each sees one state of the rows, whatever is committed while it goes on. */
export class RowSnapshots {
  readonly #options: RowSnapshotOptions;
  readonly #open = new Set<Promise<unknown>>();
  #end: Error | null = null;

  constructor(options: RowSnapshotOptions) {
    this.#options = options;
  }

  async read<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    if (this.#end !== null) throw this.#end;
    const reading = this.#read(work);
    this.#open.add(reading);
    try {
      return await reading;
    } finally {
      this.#open.delete(reading);
    }
  }

  /** Lets nobody read any more. */
  end(reason: Error): void {
    this.#end ??= reason;
  }

  /** Takes nothing more and waits for what was accepted. */
  async close(): Promise<void> {
    this.end(new StoreClosed());
    await Promise.allSettled(this.#open);
  }

  async #read<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    const { committed, readHistory, unitTimeoutMs } = this.#options;
    const scope = new UnitScope();
    const snapshot = committed.openSnapshot();
    const reader: Reader = {
      ...readerOf(snapshot, scope),
      history: (query) => scope.run(() => readHistory(query)),
    };
    try {
      return await withDeadline(() => work(reader), unitTimeoutMs);
    } finally {
      await scope.end();
      committed.closeSnapshot(snapshot);
    }
  }
}
