import { withDeadline } from './deadline.ts';
import type { StoreDialect } from './dialect/dialect.ts';
import { CommitFailed, StoreClosed, StoreFailed, StoreOverloaded } from './errors.ts';
import type { CommittedRows } from './rows/committed-rows.ts';
import { Statements } from './statements.ts';
import type { Committed, Writer } from './store.ts';
import { UnitGroup, UnitOfWork } from './unit-of-work.ts';
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

type Work<T = unknown> = (writer: Writer) => Promise<T>;

interface Unit {
  readonly work: Work;
  readonly resolve: (committed: Committed<unknown>) => void;
  readonly reject: (error: unknown) => void;
}

/** How a unit ended, before its group is committed. */
interface Outcome {
  readonly unit: Unit;
  readonly result: { readonly committed: Committed<unknown> } | { readonly error: unknown };
}

/**
 * Runs units one at a time, in memory, and commits them in groups, because a commit waits for the disk: all statements of a group
 * travel to the database in one message, with its commit. All units of a group are answered after it, also the failed
 * ones: what made them fail may be a change of the same group. Readers see the changes from then on.
 */
export class WriteQueue {
  readonly #dialect: StoreDialect;
  readonly #committed: CommittedRows;
  readonly #statements: Statements;
  readonly #settings: WriteQueueSettings;
  readonly #waiting: Unit[] = [];
  #running: Promise<void> | null = null;
  #isClosed = false;

  constructor(dialect: StoreDialect, committed: CommittedRows, settings: WriteQueueSettings) {
    this.#dialect = dialect;
    this.#committed = committed;
    this.#statements = new Statements(dialect.writer.db, dialect.json);
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
    const group = new UnitGroup(this.#dialect, this.#committed, this.#statements);
    const outcomes = await this.#runUnits(group);
    try {
      if (group.hasBegun) await this.#commit(outcomes.length);
    } catch (error) {
      await this.#dialect.writer.command('rollback').catch(ignoreEndedTransaction);
      return rejectGroup(outcomes, error);
    }
    this.#committed.apply(group.layer);
    answerGroup(outcomes);
  }

  async #runUnits(group: UnitGroup): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    const startedAtMs = performance.now();
    do {
      const unit = this.#waiting.shift();
      if (unit === undefined) break;
      outcomes.push({ unit, result: await this.#runUnit(unit, group) });
    } while (outcomes.length < GROUP_MAX_UNITS && performance.now() - startedAtMs < GROUP_MAX_AGE_MS);
    return outcomes;
  }

  async #runUnit({ work }: Unit, group: UnitGroup): Promise<Outcome['result']> {
    const changes = new UnitOfWork(group);
    const scope = new UnitScope();
    const writer = changes.writer(scope);
    try {
      const value = await withDeadline(() => work(writer), this.#settings.unitTimeoutMs);
      await scope.end();
      scope.throwRefusal();
      return { committed: { value, revision: changes.finish() } };
    } catch (error) {
      await scope.end();
      changes.abandon();
      return { error };
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
  const error = cause instanceof StoreFailed ? cause : new CommitFailed(cause);
  for (const { unit, result } of outcomes) unit.reject('error' in result ? result.error : error);
}

function ignoreEndedTransaction(): void {}
