import { CHUNK_BYTES, chunkPool } from './chunk-pool.ts';
import { FRAME_HEADER_BYTES, MAX_FRAME_BYTES } from './frame-type.ts';

/** The head of a frame that is to be written. */
export interface FrameHead {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
}

/**
 * Frames on their way out, in chunks from the pool. What is in here is in its final order; bodies that wait for a
 * window wait elsewhere.
 */
export class OutputQueue {
  readonly #sealed: Buffer[] = [];
  #chunk: Buffer | null = null;
  #length = 0;
  /** Which chunk is being filled: grows by one whenever one is closed, so that a frame knows if it is still here. */
  serial = 0;

  get isEmpty(): boolean {
    return this.#chunk === null && this.#sealed.length === 0;
  }

  get hasSealedChunk(): boolean {
    return this.#sealed.length > 0;
  }

  /** Bytes that fit in the chunk being filled. */
  get room(): number {
    return CHUNK_BYTES - this.#length;
  }

  /** The offset in the current chunk at which the next frame begins. */
  get position(): number {
    return this.#length;
  }

  /** The chunk being filled, with room for `bytes` behind {@link position}. */
  open(bytes: number): Buffer {
    if (this.#chunk !== null && CHUNK_BYTES - this.#length < bytes) this.#seal();
    return (this.#chunk ??= chunkPool.take());
  }

  /** Says that the chunk is written up to `position`. */
  advance(position: number): void {
    this.#length = position;
  }

  /** Writes a small frame. */
  frame(head: FrameHead, payload: Uint8Array): void {
    const chunk = this.open(FRAME_HEADER_BYTES + payload.length);
    writeFrameHead(chunk, this.#length, payload.length, head);
    chunk.set(payload, this.#length + FRAME_HEADER_BYTES);
    this.#length += FRAME_HEADER_BYTES + payload.length;
  }

  /** Writes a frame that holds one 31-bit or 32-bit number. */
  numberFrame(head: FrameHead, value: number): void {
    const chunk = this.open(FRAME_HEADER_BYTES + 4);
    const at = this.#length;
    writeFrameHead(chunk, at, 4, head);
    chunk.writeUInt32BE(value >>> 0, at + FRAME_HEADER_BYTES);
    this.#length = at + FRAME_HEADER_BYTES + 4;
  }

  /** Copies a body run into a frame; `run` is at most {@link MAX_FRAME_BYTES} long and there is room for it. */
  dataFrame(head: FrameHead, bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    const chunk = this.open(FRAME_HEADER_BYTES + length);
    const at = this.#length;
    writeFrameHead(chunk, at, length, head);
    if (length > 0) copy(bytes, start, end, { target: chunk, at: at + FRAME_HEADER_BYTES });
    this.#length = at + FRAME_HEADER_BYTES + length;
  }

  /** Adds a flag to the frame whose head begins at `at` in the chunk being filled. */
  addFlag(at: number, flag: number): void {
    this.#chunk![at + 4]! |= flag;
  }

  /** The next chunk to be written to the socket, the oldest first; its owner gives it back to the pool. */
  take(): Buffer | null {
    const sealed = this.#sealed.shift();
    if (sealed !== undefined) return sealed;
    if (this.#chunk === null) return null;
    this.#seal();
    return this.#sealed.shift()!;
  }

  #seal(): void {
    const chunk = this.#chunk!;
    this.#sealed.push(this.#length === CHUNK_BYTES ? chunk : chunk.subarray(0, this.#length));
    this.#chunk = null;
    this.#length = 0;
    this.serial++;
  }
}

/** RFC 9113 §4.1. */
export function writeFrameHead(target: Uint8Array, at: number, length: number, head: FrameHead): void {
  target[at] = length >>> 16;
  target[at + 1] = length >>> 8;
  target[at + 2] = length;
  target[at + 3] = head.type;
  target[at + 4] = head.flags;
  const { streamId } = head;
  target[at + 5] = streamId >>> 24;
  target[at + 6] = streamId >>> 16;
  target[at + 7] = streamId >>> 8;
  target[at + 8] = streamId;
}

/** The longest body run in one frame: two of these fill a chunk. Also within every peer's SETTINGS_MAX_FRAME_SIZE. */
export const LONGEST_DATA_BYTES = MAX_FRAME_BYTES - FRAME_HEADER_BYTES;

/** Below this a loop is faster than a call into the runtime. */
const SHORT_COPY = 32;

function copy(
  bytes: Uint8Array,
  start: number,
  end: number,
  { target, at }: { readonly target: Buffer; readonly at: number },
): void {
  if (end - start > SHORT_COPY) {
    target.set(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end), at);
    return;
  }
  for (let i = start; i < end; i++) target[at + i - start] = bytes[i]!;
}
