import type { SQLInputValue } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { DatabaseRefused, StoreClosed, StoreFailed } from '../../errors.ts';
import { toStoreError } from './errors.ts';
import type { FromThread, Reply, SqlRecord, Statement, ThreadSettings, ToThread } from './thread-protocol.ts';

export interface StatementResult {
  readonly rows: readonly SqlRecord[];
  readonly changes: number;
}

interface Pending {
  readonly resolve: (result: StatementResult) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The caller's end of the store's thread. Statements sent in one turn travel in one message, with those posted before. When the thread ends by
 * itself, all that is open rejects with `StoreFailed`, and so does all that follows.
 */
export class ThreadClient {
  readonly closed: Promise<Error | null>;
  readonly #worker: Worker;
  readonly #opened = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<Error | null>();
  readonly #pending = new Map<number, Pending>();
  #outbox: Statement[] = [];
  #isFlushDue = false;
  #nextId = 1;
  #state: 'open' | 'closing' | 'ended' = 'open';
  #failure: Error | null = null;

  private constructor(settings: ThreadSettings) {
    this.closed = this.#ended.promise;
    this.#worker = new Worker(new URL('./thread.ts', import.meta.url), {
      name: 'store',
      workerData: settings,
    });
    this.#worker.on('message', (message: FromThread) => this.#receive(message));
    this.#worker.on('messageerror', (error) => this.#fail('a message of its thread is unreadable', error));
    this.#worker.on('error', (error) => this.#fail('its thread has thrown', error));
    this.#worker.on('exit', (code) => this.#exited(code));
  }

  /** @throws {DatabaseRefused} when the file is damaged, locked, or no database. */
  static async start(settings: ThreadSettings): Promise<ThreadClient> {
    const client = new ThreadClient(settings);
    await client.#opened.promise;
    return client;
  }

  run(connection: number, sql: string, parameters: readonly SQLInputValue[]): Promise<StatementResult> {
    return this.#send({ connection, sql, parameters, role: 'within' });
  }

  /** `begin` or `rollback`. */
  bound(connection: number, sql: string, role: Statement['role']): Promise<StatementResult> {
    return this.#send({ connection, sql, parameters: [], role });
  }

  /** Goes with the next statement that somebody waits for. */
  post(statement: Omit<Statement, 'id' | 'isPosted'>): void {
    if (this.#state === 'open') this.#outbox.push({ ...statement, id: 0, isPosted: true });
  }

  /** Checkpoints and ends the thread. @throws {StoreFailed} when the log could not be moved into the file. */
  async close(): Promise<void> {
    if (this.#state === 'open') {
      this.#state = 'closing';
      this.#flush();
      this.#post({ type: 'close' });
    }
    const failure = await this.closed;
    if (failure !== null) throw failure;
  }

  /** Ends the thread at once, whatever it is doing. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(statement: Omit<Statement, 'id' | 'isPosted'>): Promise<StatementResult> {
    if (this.#state !== 'open') return Promise.reject(this.#failure ?? new StoreClosed());
    const id = this.#nextId++;
    this.#outbox.push({ ...statement, id, isPosted: false });
    if (!this.#isFlushDue) queueMicrotask(() => this.#flush());
    this.#isFlushDue = true;
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  #flush(): void {
    this.#isFlushDue = false;
    if (this.#outbox.length === 0) return;
    const statements = this.#outbox;
    this.#outbox = [];
    this.#post({ type: 'statements', statements });
  }

  #post(message: ToThread): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage(message);
  }

  #receive(message: FromThread): void {
    switch (message.type) {
      case 'opened':
        return this.#opened.resolve();
      case 'refused':
        this.#state = 'closing';
        return this.#opened.reject(new DatabaseRefused(message.reason));
      case 'replies':
        return message.replies.forEach((reply) => this.#settle(reply));
      case 'closed':
        if (message.error !== null) this.#failure = new StoreFailed(`closing: ${message.error.message}`);
    }
  }

  #settle(reply: Reply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if ('error' in reply) pending?.reject(toStoreError(reply.error));
    else pending?.resolve(reply);
  }

  #fail(reason: string, cause: unknown): void {
    this.#failure ??= new StoreFailed(reason, cause);
    void this.#worker.terminate();
  }

  #exited(code: number): void {
    if (this.#state === 'open') this.#failure ??= new StoreFailed(`its thread has ended with code ${code}`);
    this.#state = 'ended';
    for (const { reject } of this.#pending.values()) reject(this.#failure ?? new StoreClosed());
    this.#pending.clear();
    this.#opened.reject(this.#failure ?? new StoreClosed());
    this.#ended.resolve(this.#failure);
  }
}
