import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { conflict } from '@elbow/model';
import type { Log } from '@elbow/plan';
import type { Store } from '@elbow/store';
import { Refusal } from '../services/crud/refusal.ts';
import type { Answer } from '../services/crud/service-context.ts';
import type { DemoBackendsReady, DemoBackendsWish } from './demo-backend-messages.ts';

export interface DemoOptions {
  /** With a history of its calls. */
  readonly store: Store;
  readonly allowsLoopbackMembers: boolean;
  readonly log: Log;
}

const documentKey = 'demo-backends';
const address = '127.0.0.1';
const count = 2;

/**
 * Two HTTP servers on loopback addresses of this machine, so that a try-out needs nothing else. Members keep their
 * ports, so backends that ran when the process ended are started again on the same ones.
 */
export class DemoBackends {
  readonly #options: DemoOptions;
  #worker: Worker | null = null;
  #ports: readonly number[] = [];
  /** One at a time: starting twice at once would make four. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: DemoOptions) {
    this.#options = options;
  }

  /** Starts what ran before. Never rejects. */
  async resume(): Promise<void> {
    try {
      const ports = await this.#options.store.read((reader) => reader.document(documentKey));
      if (ports !== null) await this.#run(ports as readonly number[]);
    } catch (error) {
      this.#options.log('warn', 'the demo backends do not run again', { reason: (error as Error).message });
    }
  }

  list(): Answer {
    return { status: 200, body: { backends: this.#toWire() } };
  }

  /** Running ones are answered as they are. @throws Refusal where members may not have loopback addresses */
  start(): Promise<Answer> {
    return this.#alone(async () => {
      if (!this.#options.allowsLoopbackMembers)
        throw new Refusal(conflict('members with loopback addresses are switched off in the settings'));
      if (this.#worker === null) {
        await this.#run(Array.from({ length: count }, () => 0));
        await this.#options.store.write((writer) => writer.putDocument(documentKey, this.#ports));
      }
      return { status: 201, body: { backends: this.#toWire() } };
    });
  }

  stop(): Promise<Answer> {
    return this.#alone(async () => {
      await this.close();
      await this.#options.store.write((writer) => writer.putDocument(documentKey, null));
      return { status: 204, body: null };
    });
  }

  /** Ends them for now; they come back with {@link resume}. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    this.#ports = [];
    await worker?.terminate();
  }

  #toWire() {
    return this.#ports.map((port, at) => ({
      name: `demo backend ${at + 1}`,
      address,
      protocol_port: port,
      protocol: 'HTTP',
    }));
  }

  async #run(ports: readonly number[]): Promise<void> {
    const workerData: DemoBackendsWish = { ports };
    const worker = new Worker(new URL('./demo-backend-thread.ts', import.meta.url), {
      name: 'demo-backends',
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: 64 },
    });
    worker.unref();
    const [ready] = (await once(worker, 'message')) as [DemoBackendsReady];
    worker.on('error', (error) =>
      this.#options.log('warn', 'the demo backends have failed', { reason: String(error) }),
    );
    worker.once('exit', () => {
      if (this.#worker === worker) [this.#worker, this.#ports] = [null, []];
    });
    this.#worker = worker;
    this.#ports = ready.ports.filter((port) => port !== null);
    if (this.#ports.length < ports.length)
      this.#options.log('warn', 'a port of a demo backend is taken by another program', { ports });
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#last.then(work, work);
    this.#last = run.catch(() => {});
    return run;
  }
}
