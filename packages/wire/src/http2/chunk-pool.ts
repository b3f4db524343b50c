/** Bytes of one output chunk: two full DATA frames with their headers fit exactly, and it is written in one call. */
export const CHUNK_BYTES = 32 * 1024;

/** 8 MiB at most are kept for later. */
const MOST_IDLE_CHUNKS = 256;

/**
 * Chunks that are used over and over. Large buffers live outside the heap: making fresh ones for every write brings
 * on full collections that stop the thread for milliseconds.
 */
export class ChunkPool {
  readonly #idle: Buffer[] = [];

  take(): Buffer {
    return this.#idle.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
  }

  /** Gives back a chunk, or a view of one. Nobody may read it from here on, and it must be given back once. */
  give(chunk: Buffer): void {
    if (chunk.buffer.byteLength !== CHUNK_BYTES || this.#idle.length >= MOST_IDLE_CHUNKS) return;
    this.#idle.push(chunk.length === CHUNK_BYTES ? chunk : Buffer.from(chunk.buffer, 0, CHUNK_BYTES));
  }
}

/** One pool for all connections of a thread. */
export const chunkPool = new ChunkPool();
