/** The head of an answer as the encoder takes it. */
export interface ResponseBlock {
  readonly status: number;
  /** Lines `Name: value\r\n`; connection-specific ones are left out, names become lower case. */
  readonly fields: string;
  /** Written as `content-length` unless negative. */
  readonly contentLength: number;
}

const RECENT_BLOCKS = 4;
const RECENT_BYTES = 192;
/** A remembered text may hold on to the larger one it was cut from. */
const RECENT_TEXT = 4096;

/** A block that may be sent again as it is, as long as the table has the version it was written under. */
interface RecentBlock {
  version: number;
  status: number;
  contentLength: number;
  fields: string;
  length: number;
  readonly bytes: Uint8Array;
}

/** The last few blocks of a connection with the bytes that they became: many answers are like the one before. */
export class RecentBlocks {
  readonly #blocks: RecentBlock[] = [];
  #next = 0;

  /** Writes the bytes of an equal block at `target[at]`; returns how many, 0 when there is none. */
  copy(
    block: ResponseBlock,
    version: number,
    to: { readonly target: Uint8Array; readonly at: number },
  ): number {
    const known = this.#find(block, version);
    if (known === undefined) return 0;
    const { target, at } = to;
    const { bytes, length } = known;
    for (let i = 0; i < length; i++) target[at + i] = bytes[i]!;
    return length;
  }

  /** Keeps the bytes `target[at, end)` that a block became. */
  remember(
    block: ResponseBlock,
    version: number,
    written: { readonly target: Uint8Array; readonly at: number; readonly end: number },
  ): void {
    const { target, at, end } = written;
    if (end - at > RECENT_BYTES || block.fields.length > RECENT_TEXT) return;
    const recent = (this.#blocks[this.#next] ??= newRecentBlock());
    this.#next = (this.#next + 1) % RECENT_BLOCKS;
    recent.version = version;
    recent.status = block.status;
    recent.contentLength = block.contentLength;
    recent.fields = block.fields;
    recent.length = end - at;
    for (let i = 0; i < recent.length; i++) recent.bytes[i] = target[at + i]!;
  }

  #find(block: ResponseBlock, version: number): RecentBlock | undefined {
    for (let i = 0; i < this.#blocks.length; i++) {
      const recent = this.#blocks[i]!;
      const mayMatch = recent.version === version && recent.status === block.status;
      if (mayMatch && recent.contentLength === block.contentLength && recent.fields === block.fields)
        return recent;
    }
    return undefined;
  }
}

function newRecentBlock(): RecentBlock {
  return {
    version: -1,
    status: 0,
    contentLength: -1,
    fields: '',
    length: 0,
    bytes: new Uint8Array(RECENT_BYTES),
  };
}
