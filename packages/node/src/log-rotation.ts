import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Log } from '@elbow/plan';

const LOOK_MS = 1000;

export interface LogRotationOptions {
  readonly path: string;
  /** The file is renamed when it has grown to this; it may be a second's lines larger. */
  readonly rotateBytes: number;
  /** Renamed files that are kept, as `PATH.1` (the newest) to `PATH.<keep>`. */
  readonly keep: number;
  readonly log: Log;
}

/**
 * Keeps the access log of all workers within bounds. A rename takes the file away from under them: they go on writing
 * into it until they see the epoch change, so no line is lost.
 */
export class LogRotation {
  /** Shared with the workers; its one word counts renames. */
  readonly epoch = new SharedArrayBuffer(4);
  private readonly options: LogRotationOptions;
  private readonly timer: NodeJS.Timeout;
  private looking: Promise<void> | null = null;

  private constructor(options: LogRotationOptions) {
    this.options = options;
    this.timer = setInterval(() => void this.look(), LOOK_MS);
  }

  /** Makes the directory of the file. @throws when it cannot be made */
  static async start(options: LogRotationOptions): Promise<LogRotation> {
    await mkdir(dirname(options.path), { recursive: true, mode: 0o700 });
    return new LogRotation(options);
  }

  /** Renames the file if it is large enough; at most one look runs at a time. */
  look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => (this.looking = null));
    return this.looking;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  private async lookOnce(): Promise<void> {
    const { path, rotateBytes, log } = this.options;
    try {
      const size = await stat(path).then((facts) => facts.size, ifMissing(0));
      if (size >= rotateBytes) await this.rotate();
    } catch (error) {
      log('error', 'the access log cannot be rotated', { path, reason: (error as Error).message });
    }
  }

  private async rotate(): Promise<void> {
    const { path, keep } = this.options;
    for (let at = keep - 1; at >= 1; at--) {
      await rename(`${path}.${at}`, `${path}.${at + 1}`).catch(ifMissing(undefined));
    }
    await rename(path, `${path}.1`);
    Atomics.add(new Int32Array(this.epoch), 0, 1);
  }
}

function ifMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}
