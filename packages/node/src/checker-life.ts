import { Worker } from 'node:worker_threads';
import { checkerEntry, type CheckerBirth, type FromChecker, type ToChecker } from '@elbow/health';
import type { Log } from '@elbow/plan';
import { backoffMs } from './backoff.ts';
import { SilenceWatch } from './silence-watch.ts';

const ROUND_MS = 1000;
/** A thread that lived this long was not part of a crash loop. */
const STEADY_LIFE_MS = 10_000;
const CRASH_LOOP = { firstMs: 100, longestMs: 10_000 };
/** Ten thousand members take some 20 MiB. */
const HEAP_MB = 256;

export interface CheckerLifeOptions {
  readonly log: Log;
  readonly mostRunning: number;
  /** The module that runs as the thread; by default the health room's own. */
  readonly entry?: URL;
  readonly onMessage: (message: FromChecker) => void;
  /** It has begun and knows nothing yet. */
  readonly onBirth: () => void;
  /** It has ended; another one follows. */
  readonly onDeath: () => void;
  /** Once a second. */
  readonly onRound: () => void;
}

/** The thread of the checks: watched, and started again whenever it ends. */
export class CheckerLife {
  private readonly options: CheckerLifeOptions;
  private readonly watch = new SilenceWatch();
  private readonly rounds: NodeJS.Timeout;
  private thread: Worker | null = null;
  private heartbeat = new Int32Array(new SharedArrayBuffer(4));
  private bornAtMs = 0;
  private crashes = 0;
  private restart: NodeJS.Timeout | undefined;
  private isStopping = false;

  constructor(options: CheckerLifeOptions) {
    this.options = options;
    this.rounds = setInterval(() => this.look(), ROUND_MS);
    this.start();
  }

  post(message: ToChecker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is not a window
    this.thread?.postMessage(message);
  }

  /** Ends the thread whatever it is doing; unless all is stopping another one follows. */
  async end(): Promise<void> {
    await this.thread?.terminate();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.rounds);
    clearTimeout(this.restart);
    await this.end();
  }

  private start(): void {
    const buffer = new SharedArrayBuffer(4);
    this.heartbeat = new Int32Array(buffer);
    this.watch.restart(0);
    this.bornAtMs = performance.now();
    const birth: CheckerBirth = { mostRunning: this.options.mostRunning, heartbeat: buffer };
    const thread = new Worker(this.options.entry ?? checkerEntry, {
      name: 'elbow health checks',
      workerData: birth,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    let reason = '';
    thread.on('message', (message: FromChecker) => this.options.onMessage(message));
    thread.on('error', (error) => (reason = String(error)));
    thread.on('exit', (code) => this.exited(reason === '' ? `exit code ${code}` : reason));
    this.thread = thread;
    this.options.onBirth();
  }

  private exited(reason: string): void {
    this.thread = null;
    if (this.isStopping) return;
    const livedMs = Math.round(performance.now() - this.bornAtMs);
    this.crashes = livedMs >= STEADY_LIFE_MS ? 1 : this.crashes + 1;
    const restartInMs = this.crashes === 1 ? 0 : backoffMs(CRASH_LOOP, this.crashes - 2, Math.random());
    this.options.log('error', 'the thread of the health checks died', { reason, livedMs, restartInMs });
    this.restart = setTimeout(() => this.start(), restartInMs);
    this.options.onDeath();
  }

  private look(): void {
    if (this.thread !== null && this.watch.isHanging(0, Atomics.load(this.heartbeat, 0))) void this.end();
    this.options.onRound();
  }
}
