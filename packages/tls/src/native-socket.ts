import type { ClientSocket } from './client-socket.ts';
import { BLOCKED, BROKEN, type NativeBinding, nativeEvent } from './native-binding.ts';
import type { NativeFacts } from './native-facts.ts';
import { type SocketEvent, SocketEvents, type SocketListener } from './socket-events.ts';

/** As net.Socket: `write` says stop from here on, and `drain` comes when all is gone. */
const HIGH_WATER_BYTES = 64 * 1024;

type WriteCallback = (error?: Error | null) => void;
type Encoding = BufferEncoding;

interface QueuedWrite {
  bytes: Uint8Array;
  readonly callback: WriteCallback | undefined;
}

/** The engine that a socket belongs to. */
export interface NativeHost {
  readonly binding: NativeBinding;
  /** The socket is closed. */
  left(socket: NativeSocket): void;
}

export interface NativePeer {
  readonly id: number;
  readonly address: string;
  readonly port: number;
}

/**
 * A client connection of the native engine. It keeps the rules of net.Socket for the members of ClientSocket; what is
 * different: the callback of `write` may come before `write` returns, an error that nobody listens for is dropped, and
 * the bytes of `data` are valid during the event only, because all sockets of a thread are read into one buffer.
 *
 * Events: `data`, `drain`, `end` (then `isTruncated` tells FIN from close_notify), `finish`, `error`, `close`, and
 * `handshakeDone` for a connection that was handed out with early data.
 */
export class NativeSocket extends SocketEvents {
  readonly id: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** Plain bytes given to `write`, those still queued among them. */
  bytesWritten = 0;
  bytesRead = 0;
  writable = true;
  destroyed = false;
  /** True while what `data` brings came before the handshake was complete: anyone may send a copy of it. */
  isEarly = false;
  /** The client closed without close_notify: what it sent may be cut. */
  isTruncated = false;
  /** What TLS agreed on. It is there from the moment the socket is handed out. */
  secureFacts!: NativeFacts;
  private readonly host: NativeHost;
  private readonly binding: NativeBinding;
  /** Null until somebody listens for data or asks for it; then false while paused. */
  private isFlowing: boolean | null = null;
  private readonly held: Buffer[] = [];
  private isRunningHeld = false;
  private hasPeerEnded = false;
  private isEndTold = false;
  private readonly queue: QueuedWrite[] = [];
  private queuedBytes = 0;
  /** The kernel is full: nothing is written until `drained`. */
  private isBlocked = false;
  private needsDrain = false;
  /** The end follows what is written: the kernel may send both together. */
  private isCorked = false;
  private isEnding = false;
  private isFinished = false;

  constructor(host: NativeHost, peer: NativePeer) {
    super();
    this.host = host;
    this.binding = host.binding;
    this.id = peer.id;
    this.remoteAddress = peer.address;
    this.remotePort = peer.port;
  }

  /** This socket as the data plane takes it. */
  get asClientSocket(): ClientSocket {
    return this as unknown as ClientSocket;
  }

  /** Plain bytes that wait here, and TLS records that wait for the kernel. */
  get writableLength(): number {
    return this.isBlocked ? this.queuedBytes + this.binding.waiting(this.id) : 0;
  }

  override on(event: SocketEvent, listener: SocketListener): this {
    super.on(event, listener);
    if (event === 'data' && this.isFlowing === null) this.resume();
    return this;
  }

  pause(): this {
    this.isFlowing = false;
    if (!this.destroyed) this.binding.setReading(this.id, false);
    return this;
  }

  resume(): this {
    if (this.isFlowing === true) return this;
    this.isFlowing = true;
    if (this.destroyed) return this;
    this.binding.setReading(this.id, true);
    if (this.held.length > 0 || this.hasPeerEnded) this.runHeldSoon();
    return this;
  }

  /** Until `end`, which comes soon, the kernel may wait with the last bytes written. */
  cork(): void {
    this.isCorked = true;
  }

  write(
    data: Uint8Array | string,
    encodingOrCallback?: Encoding | WriteCallback,
    callback?: WriteCallback,
  ): boolean {
    const done = typeof encodingOrCallback === 'function' ? encodingOrCallback : callback;
    const encoding = typeof encodingOrCallback === 'string' ? encodingOrCallback : 'utf8';
    if (!this.writable) {
      if (done !== undefined) process.nextTick(done, closedError());
      return false;
    }
    const bytes = typeof data === 'string' ? Buffer.from(data, encoding) : data;
    this.bytesWritten += bytes.length;
    if (this.isBlocked) this.enqueue(bytes, done);
    else this.pass(bytes, done);
    const isFull = this.isBlocked && this.writableLength >= HIGH_WATER_BYTES;
    this.needsDrain ||= isFull;
    return !isFull;
  }

  /** Sends close_notify and FIN after what is queued; the client may still send. */
  end(...words: readonly (Uint8Array | string | WriteCallback | undefined)[]): this {
    const callback = words.find((word): word is () => void => typeof word === 'function');
    const [data] = words;
    if (this.isEnding || this.destroyed) return this;
    if (data !== undefined && typeof data !== 'function') {
      this.write(data, typeof words[1] === 'string' ? (words[1] as Encoding) : 'utf8');
    }
    if (callback !== undefined) this.once('finish', callback);
    this.writable = false;
    this.isEnding = true;
    this.finishWhenSent();
    return this;
  }

  /** Closes now, without close_notify: the client sees that it is cut. */
  destroy(error?: Error): this {
    return this.closeNow(false, error);
  }

  /** Closes now with a TCP reset. */
  resetAndDestroy(): this {
    return this.closeNow(true);
  }

  /** The engine saw something happen. @param bytes valid during the call, or null */
  handle(events: number, bytes: Buffer | null, reason: string | null): void {
    if ((events & nativeEvent.secured) !== 0) this.secured();
    if (bytes !== null) this.deliver(bytes);
    if ((events & nativeEvent.drained) !== 0 && !this.destroyed) this.drained();
    if ((events & (nativeEvent.ended | nativeEvent.truncated)) !== 0) {
      this.isTruncated = (events & nativeEvent.truncated) !== 0;
      this.hasPeerEnded = true;
      this.tellEnd();
    }
    if ((events & nativeEvent.failed) !== 0) this.failed(reason ?? '');
  }

  /** The connection is over without TLS, or was given away. */
  closed(): void {
    this.destroyed = true;
    this.writable = false;
    this.leave();
  }

  private leave(hadError = false): void {
    this.host.left(this);
    this.emit('close', hadError);
  }

  private secured(): void {
    if (!this.isEarly) return;
    this.isEarly = false;
    this.emit('handshakeDone');
    if (this.isEnding && !this.destroyed) this.finishWhenSent();
  }

  private deliver(bytes: Buffer): void {
    if (this.destroyed) return;
    this.bytesRead += bytes.length;
    if (this.isFlowing === true && this.held.length === 0) this.emit('data', bytes);
    else this.held.push(Buffer.from(bytes));
  }

  private runHeldSoon(): void {
    if (this.isRunningHeld) return;
    this.isRunningHeld = true;
    process.nextTick(() => {
      this.isRunningHeld = false;
      while (this.isFlowing === true && !this.destroyed && this.held.length > 0)
        this.emit('data', this.held.shift());
      this.tellEnd();
    });
  }

  private tellEnd(): void {
    const isDue = this.hasPeerEnded && this.isFlowing === true && this.held.length === 0;
    if (!isDue || this.isEndTold || this.destroyed) return;
    this.isEndTold = true;
    this.emit('end');
    this.closeWhenBothEnded();
  }

  private enqueue(bytes: Uint8Array, callback: WriteCallback | undefined): void {
    this.queuedBytes += bytes.length;
    this.queue.push({ bytes, callback });
  }

  /** Gives bytes to TLS; what the kernel does not take goes to the queue. */
  private pass(bytes: Uint8Array, callback: WriteCallback | undefined): void {
    const result = this.binding.write(this.id, bytes, this.isCorked);
    if (result === BROKEN) {
      this.destroy(brokenError());
      if (callback !== undefined) process.nextTick(callback, closedError());
      return;
    }
    this.isBlocked = result < 0;
    const taken = result < 0 ? BLOCKED - result : result;
    if (taken === bytes.length) callback?.();
    else this.enqueue(bytes.subarray(taken), callback);
  }

  private drained(): void {
    this.isBlocked = false;
    while (!this.isBlocked && !this.destroyed) {
      const next = this.queue.shift();
      if (next === undefined) break;
      this.queuedBytes -= next.bytes.length;
      this.passFirst(next);
    }
    if (this.isBlocked || this.destroyed) return;
    if (this.needsDrain) {
      this.needsDrain = false;
      this.emit('drain');
    }
    if (this.isEnding) this.finishWhenSent();
  }

  /** Like `pass`, but what is left goes back to the head of the queue. */
  private passFirst(next: QueuedWrite): void {
    const result = this.binding.write(this.id, next.bytes, this.isCorked);
    if (result === BROKEN) {
      this.queue.unshift(next);
      this.destroy(brokenError());
      return;
    }
    this.isBlocked = result < 0;
    const taken = result < 0 ? BLOCKED - result : result;
    if (taken === next.bytes.length) return next.callback?.();
    next.bytes = next.bytes.subarray(taken);
    this.queuedBytes += next.bytes.length;
    this.queue.unshift(next);
  }

  private finishWhenSent(): void {
    if (this.isBlocked || this.isFinished || this.destroyed || !this.binding.end(this.id)) return;
    this.isFinished = true;
    process.nextTick(() => {
      this.emit('finish');
      this.closeWhenBothEnded();
    });
  }

  private closeWhenBothEnded(): void {
    if (this.isFinished && this.isEndTold) this.destroy();
  }

  private closeNow(resets: boolean, error?: Error): this {
    if (this.destroyed) return this;
    this.binding.close(this.id, resets);
    this.over(error);
    return this;
  }

  private failed(reason: string): void {
    if (this.destroyed) return;
    this.over(failure(reason));
  }

  private over(error?: Error): void {
    this.destroyed = true;
    this.writable = false;
    const dropped = this.queue.splice(0);
    this.queuedBytes = 0;
    this.isBlocked = false;
    this.held.length = 0;
    process.nextTick(() => {
      for (const { callback } of dropped) callback?.(closedError());
      if (error !== undefined) this.emit('error', error);
      this.leave(error !== undefined);
    });
  }
}

/** An error whose code is that of the system, or says that the peer broke the protocol. */
function failure(reason: string): Error {
  const code = /^E[A-Z0-9]+$/.test(reason) ? reason : 'ERR_TLS_CONNECTION';
  return Object.assign(new Error(reason), { code });
}

function brokenError(): Error {
  return Object.assign(new Error('the connection is broken'), { code: 'EPIPE' });
}

function closedError(): Error {
  return Object.assign(new Error('the connection is closed'), { code: 'ERR_STREAM_DESTROYED' });
}
