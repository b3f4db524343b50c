import { chunkPool } from './chunk-pool.ts';

interface Block {
  readonly bytes: Buffer;
  readonly isPooled: boolean;
  start: number;
  end: number;
}

/** Short runs share small blocks: a whole chunk for a few bytes would be 32 KiB for nothing. */
const SMALL_BYTES = 2048;

/** Copies of body bytes that a window has not let out yet, first in, first out. */
export class BodyQueue {
  readonly #blocks: Block[] = [];
  /** Bytes waiting. */
  length = 0;

  append(bytes: Buffer, start: number, end: number): void {
    this.length += end - start;
    let from = this.#fillLast(bytes, start, end);
    while (from < end) {
      const isPooled = end - from > SMALL_BYTES;
      const block = isPooled ? chunkPool.take() : Buffer.allocUnsafe(SMALL_BYTES);
      const copied = bytes.copy(block, 0, from, end);
      this.#blocks.push({ bytes: block, isPooled, start: 0, end: copied });
      from += copied;
    }
  }

  /** Moves `count` bytes from the front (there are that many) to `target[at]`. */
  moveTo(target: Buffer, at: number, count: number): void {
    this.length -= count;
    let moved = 0;
    while (moved < count) {
      const block = this.#blocks[0]!;
      const end = Math.min(block.end, block.start + count - moved);
      moved += block.bytes.copy(target, at + moved, block.start, end);
      block.start = end;
      if (block.start === block.end) this.#drop(this.#blocks.shift()!);
    }
  }

  clear(): void {
    for (const block of this.#blocks) this.#drop(block);
    this.#blocks.length = 0;
    this.length = 0;
  }

  #fillLast(bytes: Buffer, start: number, end: number): number {
    const last = this.#blocks.at(-1);
    if (last === undefined || last.end === last.bytes.length) return start;
    const copied = bytes.copy(last.bytes, last.end, start, end);
    last.end += copied;
    return start + copied;
  }

  #drop(block: Block): void {
    if (block.isPooled) chunkPool.give(block.bytes);
  }
}
