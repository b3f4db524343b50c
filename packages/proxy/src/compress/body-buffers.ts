/** Buffers come in steps of this. */
const STEP_BYTES = 16 * 1024;
/** Shorter ones are cut from a slab of Node's. */
const SLAB_BYTES = 2 * 1024;
/** What is kept for bodies to come. */
const MOST_KEPT_BYTES = 2 * 1024 * 1024;

/**
 * Memory for bodies that are encoded in one piece. Buffers are used again: many large fresh ones are memory outside the
 * heap, for which the garbage collector would run all the time.
 */
export class BodyBuffers {
  /** By their length in steps. */
  private readonly kept: Buffer[][] = [];
  private keptBytes = 0;

  /** @returns a buffer of at least `byteCount` bytes, with anything in it */
  take(byteCount: number): Buffer {
    if (byteCount <= SLAB_BYTES) return Buffer.allocUnsafe(byteCount);
    const steps = Math.ceil(byteCount / STEP_BYTES);
    const kept = this.kept[steps]?.pop();
    if (kept === undefined) return Buffer.allocUnsafeSlow(steps * STEP_BYTES);
    this.keptBytes -= kept.length;
    return kept;
  }

  /** Nobody reads or writes `buffer` any more. */
  give(buffer: Buffer): void {
    const { length } = buffer;
    if (length <= SLAB_BYTES || this.keptBytes + length > MOST_KEPT_BYTES) return;
    this.keptBytes += length;
    (this.kept[length / STEP_BYTES] ??= []).push(buffer);
  }
}
