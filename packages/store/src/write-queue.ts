import { recordChange } from './change-feed.ts';
import { withDeadline } from './deadline.ts';
import type { StoreDialect } from './dialect/dialect.ts';
import { CommitFailed, StoreClosed, StoreOverloaded } from './errors.ts';
import { type HistoryEntry, insertHistory } from './history.ts';
import { createWriter } from './reader-writer.ts';
import type { Committed, Writer } from './store.ts';
import { UnitScope } from './unit-scope.ts';

/** A group is committed once it is this old, however much is waiting. */
const GROUP_MAX_AGE_MS = 2;
const GROUP_MAX_UNITS = 64;

export interface WriteQueueSettings {
  readonly maxWaitingUnits: number;
  readonly unitTimeoutMs: number;
  /** Told about every commit. */
  readonly onCommit: (commit: { readonly durationMs: number; readonly units: number }) => void;
}

/** @param scope is for those who bring their own queries. */
type Work<T = unknown> = (writer: Writer, scope: UnitScope) => Promise<T>;

interface Unit {
  readonly work: Work;
  readonly resolve: (committed: Committed<unknown>) => void;
  readonly reject: (error: unknown) => void;
}

/** What a unit leaves to be written when it has succeeded. */
export interface UnitNotes {
  readonly touched: Set<string>;
  readonly entries: HistoryEntry[];
}

/** How a unit ended, before its group is committed. */
interface Outcome {
  readonly unit: Unit;
  readonly result: { readonly committed: Committed<unknown> } | { readonly error: unknown };
}

/**
 * Runs units one at a time and commits them in groups, because a commit waits for the disk. Each unit has a savepoint
 * of its own; all units of a group are answered after its commit, also the failed ones: what made them fail may be a
 * change of the same group.
 */
export class WriteQueue {
  readonly #dialect: StoreDialect;
  readonly #settings: WriteQueueSettings;
  readonly #waiting: Unit[] = [];
  #running: Promise<void> | null = null;
  /** Of the units of the group that have succeeded. */
  #entries: HistoryEntry[] = [];
  #isClosed = false;

  constructor(dialect: StoreDialect, settings: WriteQueueSettings) {
    this.#dialect = dialect;
    this.#settings = settings;
  }

  enqueue<T>(work: Work<T>): Promise<Committed<T>> {
    if (this.#isClosed) return Promise.reject(new StoreClosed());
    const waiting = this.#waiting.length;
    if (waiting >= this.#settings.maxWaitingUnits) return Promise.reject(new StoreOverloaded(waiting));
    return new Promise((resolve, reject) => {
      // The queue holds units of all types; this unit's outcome is made from this unit's work.
      this.#waiting.push({ work, resolve: resolve as Unit['resolve'], reject });
      this.#running ??= this.#run();
    });
  }

  /** Takes nothing more and waits for what was accepted. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    // Units that arrive in the same turn as the first one belong to its group.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#runGroup();
    this.#running = null;
  }

  async #runGroup(): Promise<void> {
    const { writer } = this.#dialect;
    const outcomes: Outcome[] = [];
    this.#entries = [];
    try {
      await writer.command('begin');
    } catch (error) {
      return rejectUnits(this.#waiting.splice(0, GROUP_MAX_UNITS), error);
    }
    try {
      await this.#runUnits(outcomes);
      await insertHistory(writer.db, this.#entries);
      await this.#commit(outcomes.length);
    } catch (error) {
      await writer.command('rollback').catch(ignoreEndedTransaction);
      return rejectGroup(outcomes, error);
    }
    answerGroup(outcomes);
  }

  async #runUnits(outcomes: Outcome[]): Promise<void> {
    const startedAtMs = performance.now();
    do {
      const unit = this.#waiting.shift();
      if (unit === undefined) return;
      await this.#runUnit(unit, outcomes);
    } while (outcomes.length < GROUP_MAX_UNITS && performance.now() - startedAtMs < GROUP_MAX_AGE_MS);
  }

  /** @throws what broke the whole group. */
  async #runUnit(unit: Unit, outcomes: Outcome[]): Promise<void> {
    const { writer } = this.#dialect;
    // Not awaited: should one of these fail, its transaction is gone, and the database refuses the rest and the commit.
    writer.command('savepoint').catch(ignoreEndedTransaction);
    try {
      outcomes.push({ unit, result: { committed: await this.#execute(unit.work) } });
      writer.command('releaseSavepoint').catch(ignoreEndedTransaction);
    } catch (error) {
      outcomes.push({ unit, result: { error } });
      await writer.command('rollbackToSavepoint').catch(() => {
        throw error;
      });
    }
  }

  async #execute(work: Work): Promise<Committed<unknown>> {
    const scope = new UnitScope();
    const notes: UnitNotes = { touched: new Set(), entries: [] };
    const writer = createWriter(this.#dialect, scope, notes);
    try {
      const value = await withDeadline(() => work(writer, scope), this.#settings.unitTimeoutMs);
      await scope.end();
      scope.throwRefusal();
      const revision = await recordChange(this.#dialect.writer.db, notes.touched);
      this.#entries.push(...notes.entries);
      return { value, revision };
    } finally {
      await scope.end();
    }
  }

  async #commit(units: number): Promise<void> {
    const startedAtMs = performance.now();
    await this.#dialect.writer.command('commit');
    const durationMs = performance.now() - startedAtMs;
    // In a turn of its own: what a listener throws must not look like a commit that failed.
    queueMicrotask(() => this.#settings.onCommit({ durationMs, units }));
  }
}

function answerGroup(outcomes: readonly Outcome[]): void {
  for (const { unit, result } of outcomes) {
    if ('error' in result) unit.reject(result.error);
    else unit.resolve(result.committed);
  }
}

/** Units that had failed before keep their own reason. */
function rejectGroup(outcomes: readonly Outcome[], cause: unknown): void {
  for (const { unit, result } of outcomes) {
    unit.reject('error' in result ? result.error : new CommitFailed(cause));
  }
}

function rejectUnits(units: readonly Unit[], cause: unknown): void {
  for (const unit of units) unit.reject(new CommitFailed(cause));
}

function ignoreEndedTransaction(): void {}
