import { withDeadline } from './deadline.ts';
import type { Session } from './dialect/dialect.ts';
import { StoreClosed, StoreOverloaded } from './errors.ts';
import { UnitScope } from './unit-scope.ts';

export interface SnapshotSettings {
  readonly maxWaitingUnits: number;
  readonly unitTimeoutMs: number;
}

/** Lends the reading sessions, each with a snapshot of the committed state; more readers than sessions wait. */
export class Snapshots {
  readonly #settings: SnapshotSettings;
  readonly #free: Session[];
  readonly #waiting: ((session: Session) => void)[] = [];
  readonly #open = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(sessions: readonly Session[], settings: SnapshotSettings) {
    this.#free = [...sessions];
    this.#settings = settings;
  }

  async read<T>(work: (session: Session, scope: UnitScope) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new StoreClosed();
    const reading = this.#acquire().then((session) => this.#readWith(session, work));
    this.#open.add(reading);
    try {
      return await reading;
    } finally {
      this.#open.delete(reading);
    }
  }

  /** Takes nothing more and waits for what was accepted. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#open);
  }

  async #readWith<T>(session: Session, work: (session: Session, scope: UnitScope) => Promise<T>): Promise<T> {
    const scope = new UnitScope();
    // Not awaited: without its transaction every query of the work is refused.
    session.command('beginSnapshot').catch(ignoreEndedTransaction);
    try {
      return await withDeadline(() => work(session, scope), this.#settings.unitTimeoutMs);
    } finally {
      await scope.end();
      // Ends the snapshot whatever state it is in; the next borrower's begin is executed after it.
      session.command('rollback').catch(ignoreEndedTransaction);
      this.#release(session);
    }
  }

  async #acquire(): Promise<Session> {
    const session = this.#free.pop();
    if (session !== undefined) return session;
    const waiting = this.#waiting.length;
    if (waiting >= this.#settings.maxWaitingUnits) throw new StoreOverloaded(waiting);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #release(session: Session): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(session);
    else next(session);
  }
}

function ignoreEndedTransaction(): void {}
