import { open, type FileHandle } from 'node:fs/promises';

const BUFFER_BYTES = 64 * 1024;
/** Lines that wait for a slow disk take no more memory than this; what comes then is dropped and counted. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;
/** Lines are written when this much has come together, or at the next {@link AccessLog.flush}: a write costs as much as many lines. */
const BATCH_BYTES = 512 * 1024;
const MOST_POOLED = (2 * BATCH_BYTES) / BUFFER_BYTES;

export interface AccessLogOptions {
  readonly path: string;
  /** Word 0 counts up when the file was renamed, and the next lines belong in a new one. */
  readonly epoch: Int32Array;
  readonly written: (lines: number, bytes: number) => void;
  readonly dropped: (lines: number) => void;
  readonly failed: (reason: string) => void;
}

/**
 * The access log file as one worker sees it. Lines are collected and appended in one write per batch, so that the lines
 * of several workers do not mix. Waits for nothing: what cannot be written is dropped.
 */
export class AccessLog {
  private readonly options: AccessLogOptions;
  private readonly pool: Buffer[] = [];
  private full: Buffer[] = [];
  private active: Buffer | null = null;
  private used = 0;
  private lines = 0;
  private waitingBytes = 0;
  private file: FileHandle | null = null;
  private fileEpoch = 0;
  private writing: Promise<void> | null = null;
  private isTorn = false;

  constructor(options: AccessLogOptions) {
    this.options = options;
  }

  /** @param line ASCII, with its line feed */
  append(line: string): void {
    const { length } = line;
    if (this.waitingBytes + length > MOST_WAITING_BYTES) return this.options.dropped(1);
    this.waitingBytes += length;
    this.lines++;
    if (this.active !== null && this.used + length > this.active.length) this.closeBuffer();
    this.active ??= length <= BUFFER_BYTES ? this.takeBuffer() : Buffer.allocUnsafeSlow(length);
    this.used += this.active.write(line, this.used, 'latin1');
  }

  /** Several times a second: starts to write what has come together, and lets go of a file that was renamed. */
  flush(): void {
    if (this.writing !== null || (this.lines === 0 && !this.isStale)) return;
    this.writing = this.writeBatch().finally(() => (this.writing = null));
  }

  /** Writes what is left. */
  async close(): Promise<void> {
    await this.writing;
    if (this.lines > 0) await this.writeBatch();
    await this.letGo();
  }

  private get isStale(): boolean {
    return this.file !== null && this.fileEpoch !== Atomics.load(this.options.epoch, 0);
  }

  private closeBuffer(): void {
    this.full.push(this.active!.subarray(0, this.used));
    this.active = null;
    this.used = 0;
    if (this.waitingBytes >= BATCH_BYTES) this.flush();
  }

  private takeBuffer(): Buffer {
    return this.pool.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
  }

  private async writeBatch(): Promise<void> {
    if (this.isStale) await this.letGo();
    const { lines } = this;
    if (lines === 0) return;
    const batch = this.active === null ? this.full : [...this.full, this.active.subarray(0, this.used)];
    this.full = [];
    this.active = null;
    this.used = 0;
    this.lines = 0;
    const bytes = batch.reduce((sum, { length }) => sum + length, 0);
    try {
      await this.write(batch, bytes);
      this.options.written(lines, bytes);
    } catch (error) {
      this.options.dropped(lines);
      this.options.failed((error as Error).message);
      await this.letGo();
    }
    this.waitingBytes -= bytes;
    this.recycle(batch);
  }

  private async write(batch: readonly Buffer[], bytes: number): Promise<void> {
    if (this.file === null) {
      this.fileEpoch = Atomics.load(this.options.epoch, 0);
      this.file = await open(this.options.path, 'a', 0o600);
    }
    // After a disk was full the file may end within a line.
    const first = this.isTorn ? [Buffer.from('\n')] : [];
    const { bytesWritten } = await this.file.writev([...first, ...batch]);
    this.isTorn = bytesWritten < first.length + bytes;
    if (this.isTorn) throw new Error(`the file took ${bytesWritten} of ${bytes} bytes`);
  }

  private async letGo(): Promise<void> {
    const { file } = this;
    this.file = null;
    await file?.close().catch(() => {});
  }

  private recycle(batch: readonly Buffer[]): void {
    for (const { buffer } of batch) {
      if (this.pool.length < MOST_POOLED && buffer.byteLength === BUFFER_BYTES)
        this.pool.push(Buffer.from(buffer));
    }
  }
}
