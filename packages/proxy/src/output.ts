import type { ClientSocket } from '@elbow/tls';

/**
 * Bytes on their way to a client or a member, collected and written once per batch. The buffers come from a pool and go back
 * when the socket has taken them: large fresh buffers are memory outside the heap, and many of them bring long
 * collections.
 */
const BUFFER_BYTES = 32 * 1024;
const MOST_POOLED = 512;

interface PooledBuffer {
  readonly bytes: Buffer;
  /** Gives the buffer back; made once per buffer, not once per write. */
  readonly release: () => void;
}

const pool: PooledBuffer[] = [];

function takeBuffer(): PooledBuffer {
  const pooled = pool.pop();
  if (pooled !== undefined) return pooled;
  const fresh: PooledBuffer = {
    bytes: Buffer.allocUnsafeSlow(BUFFER_BYTES),
    release: () => {
      if (pool.length < MOST_POOLED) pool.push(fresh);
    },
  };
  return fresh;
}

export class Output {
  private readonly socket: ClientSocket;
  private buffer: PooledBuffer | null = null;
  private used = 0;
  /** Bytes appended since the beginning. */
  totalBytes = 0;

  constructor(socket: ClientSocket) {
    this.socket = socket;
  }

  /** Bytes that the socket has not passed on yet. */
  get queuedBytes(): number {
    return this.socket.writableLength + this.used;
  }

  /** Appends text whose characters are all below 256. */
  text(latin1: string): void {
    this.totalBytes += latin1.length;
    if (latin1.length > BUFFER_BYTES) {
      this.flush();
      this.socket.write(latin1, 'latin1');
      return;
    }
    const buffer = this.room(latin1.length);
    this.used += buffer.bytes.write(latin1, this.used, 'latin1');
  }

  /** Copies `bytes[start, end)`: the source may be a read buffer that is about to be used again. */
  bytes(bytes: Buffer, start: number, end: number): void {
    this.totalBytes += end - start;
    for (let at = start; at < end; ) {
      const buffer = this.room(1);
      const count = Math.min(end - at, BUFFER_BYTES - this.used);
      bytes.copy(buffer.bytes, this.used, at, at + count);
      this.used += count;
      at += count;
    }
  }

  /** Hands what was collected to the socket in one write. */
  flush(): void {
    const buffer = this.buffer;
    if (buffer === null) return;
    const used = this.used;
    this.buffer = null;
    this.used = 0;
    if (this.socket.writable) this.socket.write(buffer.bytes.subarray(0, used), buffer.release);
    else buffer.release();
  }

  private room(byteCount: number): PooledBuffer {
    if (this.buffer !== null && this.used + byteCount > BUFFER_BYTES) this.flush();
    this.buffer ??= takeBuffer();
    return this.buffer;
  }
}
