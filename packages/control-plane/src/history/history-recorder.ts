import { AsyncLocalStorage } from 'node:async_hooks';
import type { Log } from '@elbow/plan';
import type { HistoryEntry, Store, Writer } from '@elbow/store';
import type { ObjectChange, Origin } from './origin.ts';
import { recordingWriter, UnitChanges } from './recording-writer.ts';
import { objectChange } from './told-objects.ts';

export interface HistoryOptions {
  readonly store: Store;
  readonly nowMs: () => number;
  readonly log: Log;
  readonly keepEntries: number;
  readonly keepDays: number;
}

/** What is only shown of an entry. */
export interface HistoryBody {
  readonly userName: string;
  readonly credential: string;
  readonly address: string;
  readonly operation: string;
  readonly name: string;
  readonly message: string | null;
  readonly changes: readonly ObjectChange[];
  /** Changed objects that are not among the changes. */
  readonly omitted: number;
}

type OriginFacts = Omit<Origin, 'note'>;

interface Current {
  readonly origin: OriginFacts;
  noted: ObjectChange[];
}

interface Settled {
  readonly status: number;
  readonly live: string | null;
}

const mostChangesTold = 50;
const flushMs = 1_000;
/** Refused attempts that wait to be written; more than this in a second are not told. */
const mostRefusals = 100;
/** How many entries come between two looks at the bounds. */
const trimEvery = 500;

/**
 * Who changed what. The entry of a change is written by the unit of work that makes the change: neither stands without
 * the other. What is known only afterwards, the status and when it was live, is added in groups.
 */
export class HistoryRecorder {
  readonly #options: HistoryOptions;
  readonly #calls = new AsyncLocalStorage<Current>();
  readonly #settled = new Map<string, Settled>();
  /** Requests with an entry whose end is not known yet. */
  readonly #open = new Set<string>();
  #refusals: HistoryEntry[] = [];
  #sinceTrim = trimEvery;
  #timer: NodeJS.Timeout | null = null;
  #flushing: Promise<void> = Promise.resolve();

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** Runs a call of the API: units of work that begin in it on {@link recording} stores are told as its own. */
  run<T>(facts: OriginFacts, work: (origin: Origin) => Promise<T>): Promise<T> {
    const current: Current = { origin: facts, noted: [] };
    const note = (change: ObjectChange): void => void current.noted.push(change);
    return this.#calls.run(current, () => work({ ...facts, note }));
  }

  /** The same store; units of work of a call leave an entry behind. */
  recording(store: Store): Store {
    return {
      ...store,
      write: (work) => {
        // Asked for here: units run in the context of whichever unit came first.
        const current = this.#calls.getStore();
        return store.write(current === undefined ? work : (writer) => this.#recorded(current, writer, work));
      },
    };
  }

  /** Tells how a call ended whose changes are written. */
  settle(requestId: string, settled: Settled): void {
    if (!this.#open.delete(requestId)) return;
    this.#settled.set(requestId, settled);
    this.#schedule();
  }

  /** Tells of an attempt that changed nothing. */
  refuse(origin: OriginFacts, status: number, message: string): void {
    this.#open.delete(origin.requestId);
    if (origin.caller === null || this.#refusals.length >= mostRefusals) return;
    const found = { ...this.#entry(origin, [], message), outcome: 'refused', status } as const;
    this.#refusals.push(found);
    this.#schedule();
  }

  /** Writes what waits; resolves when it is durable or has failed, which is logged. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#flushing = this.#flushing.then(() => this.#flushOnce());
    return this.#flushing;
  }

  close(): Promise<void> {
    return this.flush();
  }

  async #recorded<T>(current: Current, writer: Writer, work: (writer: Writer) => Promise<T>): Promise<T> {
    const changes = new UnitChanges();
    const value = await work(recordingWriter(writer, changes));
    const told = [...current.noted, ...changes.rows.map(objectChange).filter((change) => change !== null)];
    current.noted = [];
    if (told.length === 0 && !changes.hasDocument) return value;
    writer.recordHistory(this.#entry(current.origin, told, null));
    this.#open.add(current.origin.requestId);
    this.#sinceTrim += 1;
    return value;
  }

  #entry(origin: OriginFacts, changes: readonly ObjectChange[], message: string | null): HistoryEntry {
    const { caller, address, operation } = origin;
    const main = changes.find(({ type }) => type === origin.resource) ?? changes[0];
    const credential = caller === null ? '' : `${caller.credential.kind}:${caller.credential.id}`;
    const body: HistoryBody = {
      userName: caller?.userName ?? '',
      credential,
      address,
      operation,
      name: main?.name ?? '',
      message,
      changes: changes.slice(0, mostChangesTold),
      omitted: Math.max(0, changes.length - mostChangesTold),
    };
    return {
      atMs: this.#options.nowMs(),
      projectId: caller?.projectId ?? '',
      userId: caller?.userId ?? '',
      requestId: origin.requestId,
      resourceType: main?.type ?? origin.resource,
      resourceId: main?.id ?? origin.targetId,
      outcome: 'done',
      status: null,
      live: null,
      body,
    };
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => void this.flush(), flushMs).unref();
  }

  async #flushOnce(): Promise<void> {
    const settled = [...this.#settled];
    const refusals = this.#refusals;
    this.#settled.clear();
    this.#refusals = [];
    const isTrimDue = this.#sinceTrim >= trimEvery;
    if (settled.length + refusals.length === 0 && !isTrimDue) return;
    try {
      await this.#options.store.write(async (writer) => {
        for (const entry of refusals) writer.recordHistory(entry);
        await Promise.all(alike(settled).map(([known, ids]) => writer.settleHistory(ids, known)));
        if (isTrimDue) await writer.trimHistory(this.#bounds());
      });
      if (isTrimDue) this.#sinceTrim = 0;
    } catch (error) {
      this.#options.log('warn', 'the end of some calls is missing in the history', {
        reason: (error as Error).message,
      });
    }
  }

  #bounds() {
    const { nowMs, keepEntries, keepDays } = this.#options;
    return { mostEntries: keepEntries, notBeforeMs: nowMs() - keepDays * 86_400_000 };
  }
}

const mostAtOnce = 500;

/** Requests that ended in the same way go into one statement: milliseconds do not differ much. */
function alike(
  settled: readonly (readonly [string, Settled])[],
): readonly (readonly [Settled, readonly string[]])[] {
  const groups = Map.groupBy(settled, ([, { status, live }]) => `${status} ${live}`);
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / mostAtOnce) }, (_, part) => {
      const some = group.slice(part * mostAtOnce, (part + 1) * mostAtOnce);
      return [some[0]![1], some.map(([requestId]) => requestId)] as const;
    }),
  );
}
