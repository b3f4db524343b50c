import { EventEmitter } from 'node:events';
import type { ClientSocket } from '@elbow/tls';

/** As net.Socket: `write` says stop from here on, and `drain` comes when all is gone. */
const HIGH_WATER_BYTES = 64 * 1024;

/** How fast bytes may pass. Each question takes a share of the bandwidth, so it is asked once for the same bytes. */
export interface Pace {
  /** For so many bytes that were read. @returns ms until more may be read; 0: at once */
  received(byteCount: number): number;
  /** For so many bytes that are to be written. @returns ms until they may be; 0: at once */
  sending(byteCount: number): number;
}

type WriteCallback = (error?: Error | null) => void;

interface QueuedWrite {
  readonly bytes: Uint8Array;
  readonly done: WriteCallback | undefined;
}

/**
 * A client connection whose bytes pass at a pace: what is read is followed by a pause, what is written waits for its turn.
 * Nothing is dropped; whoever writes sees a slow client. It keeps the rules of net.Socket for the members of ClientSocket.
 */
export class PacedSocket extends EventEmitter {
  private readonly socket: ClientSocket;
  private readonly pace: Pace;
  /** Plain bytes given to `write`, those still queued among them. */
  bytesWritten = 0;
  private readonly queue: QueuedWrite[] = [];
  private queuedBytes = 0;
  /** Until the first of the queue may go. */
  private sendTimer: NodeJS.Timeout | null = null;
  private readTimer: NodeJS.Timeout | null = null;
  /** The socket below is full. */
  private isBlocked = false;
  private needsDrain = false;
  private isPaused = false;
  private isEnding = false;
  private onFinish: (() => void) | undefined;

  constructor(socket: ClientSocket, pace: Pace) {
    super();
    this.socket = socket;
    this.pace = pace;
    socket.on('data', (bytes: Buffer) => this.read(bytes));
    socket.on('drain', () => this.drained());
    socket.on('end', () => this.emit('end'));
    // Without a listener here it would be thrown.
    socket.on('error', (error: Error) => this.listenerCount('error') > 0 && this.emit('error', error));
    socket.on('close', (hadError: boolean) => {
      this.drop();
      this.emit('close', hadError);
    });
  }

  /** This socket as the data plane takes it. */
  get asClientSocket(): ClientSocket {
    return this as unknown as ClientSocket;
  }

  get remoteAddress(): string | undefined {
    return this.socket.remoteAddress;
  }

  get remotePort(): number | undefined {
    return this.socket.remotePort;
  }

  get writable(): boolean {
    return !this.isEnding && this.socket.writable;
  }

  get writableLength(): number {
    return this.queuedBytes + this.socket.writableLength;
  }

  pause(): this {
    this.isPaused = true;
    this.socket.pause();
    return this;
  }

  resume(): this {
    this.isPaused = false;
    if (this.readTimer === null) this.socket.resume();
    return this;
  }

  write(
    data: Uint8Array | string,
    encodingOrDone?: BufferEncoding | WriteCallback,
    callback?: WriteCallback,
  ): boolean {
    const done = typeof encodingOrDone === 'function' ? encodingOrDone : callback;
    const encoding = typeof encodingOrDone === 'string' ? encodingOrDone : 'utf8';
    if (!this.writable) {
      if (done !== undefined) process.nextTick(done, new Error('the connection is closed'));
      return false;
    }
    const bytes = typeof data === 'string' ? Buffer.from(data, encoding) : data;
    this.bytesWritten += bytes.length;
    this.queuedBytes += bytes.length;
    this.queue.push({ bytes, done });
    this.send();
    const isFull = this.writableLength >= HIGH_WATER_BYTES;
    this.needsDrain ||= isFull;
    return !isFull;
  }

  /** Closes the sending half after what is queued. */
  end(onFinish?: () => void): this {
    if (this.isEnding) return this;
    this.isEnding = true;
    this.onFinish = onFinish;
    this.endWhenSent();
    return this;
  }

  destroy(error?: Error): this {
    this.drop();
    this.socket.destroy(error);
    return this;
  }

  resetAndDestroy(): this {
    this.drop();
    if (this.socket.resetAndDestroy === undefined) this.socket.destroy();
    else this.socket.resetAndDestroy();
    return this;
  }

  private read(bytes: Buffer): void {
    const waitMs = this.pace.received(bytes.length);
    if (waitMs > 0) {
      this.socket.pause();
      clearTimeout(this.readTimer ?? undefined);
      this.readTimer = setTimeout(() => this.readOn(), waitMs);
    }
    this.emit('data', bytes);
  }

  private readOn(): void {
    this.readTimer = null;
    if (!this.isPaused) this.socket.resume();
  }

  /** Passes on what has its turn. */
  private send(): void {
    while (this.queue.length > 0 && this.sendTimer === null && !this.isBlocked) {
      const waitMs = this.pace.sending(this.queue[0]!.bytes.length);
      if (waitMs <= 0) this.pass();
      else this.sendTimer = setTimeout(() => this.sendOn(), waitMs);
    }
  }

  private sendOn(): void {
    this.sendTimer = null;
    this.pass();
    this.send();
    this.endWhenSent();
    this.tellDrained();
  }

  private pass(): void {
    const { bytes, done } = this.queue.shift()!;
    this.queuedBytes -= bytes.length;
    this.isBlocked = !this.socket.write(bytes, done);
  }

  private drained(): void {
    this.isBlocked = false;
    this.send();
    this.endWhenSent();
    this.tellDrained();
  }

  private tellDrained(): void {
    if (!this.needsDrain || this.queue.length > 0 || this.isBlocked) return;
    this.needsDrain = false;
    this.emit('drain');
  }

  private endWhenSent(): void {
    if (!this.isEnding || this.queue.length > 0) return;
    const { onFinish } = this;
    this.onFinish = undefined;
    if (onFinish === undefined) this.socket.end();
    else this.socket.end(onFinish);
  }

  /** What is queued will not be sent; whoever lent the bytes gets them back. */
  private drop(): void {
    clearTimeout(this.sendTimer ?? undefined);
    clearTimeout(this.readTimer ?? undefined);
    this.sendTimer = null;
    this.readTimer = null;
    this.queuedBytes = 0;
    for (const { done } of this.queue.splice(0)) done?.(new Error('the connection is closed'));
  }
}
