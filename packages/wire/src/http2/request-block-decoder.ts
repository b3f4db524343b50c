import type { RequestHead, WireLimits } from '../message.ts';
import { HpackDecoder } from './hpack/decoder.ts';
import { type HeadRefusal, malformed, type RequestBlock, RequestFields } from './request-fields.ts';
import { TrailerFields } from './trailer-fields.ts';

const corrupt: HeadRefusal = { kind: 'corrupt' };
/** A block up to this length is remembered, byte for byte, with the head it gave. */
const LONGEST_REMEMBERED_BYTES = 160;
const RECENT_HEADS = 4;

/**
 * Header blocks of requests → {@link RequestHead}.
 *
 * Clients that repeat a request send the same few index bytes again; while the table has not changed, the same bytes
 * mean the same head, so it is handed out again without being built.
 */
export class RequestBlockDecoder {
  readonly #hpack: HpackDecoder;
  readonly #limits: WireLimits;
  readonly #context: { readonly sink: RequestFields; readonly limits: { listBytes: number; fields: number } };
  readonly #recent: RecentHead[] = [];
  #nextRecent = 0;
  readonly #trailers = new TrailerFields();

  constructor(limits: WireLimits, tableBytes: number) {
    this.#limits = limits;
    this.#hpack = new HpackDecoder(tableBytes);
    this.#context = {
      sink: new RequestFields(),
      limits: { listBytes: limits.headBytes, fields: limits.fields },
    };
  }

  /** The head, or why there is none: tell them apart by `'kind' in result`. */
  decode(block: RequestBlock): RequestHead | HeadRefusal {
    const known = this.#recentHead(block);
    if (known !== undefined) return known;
    const { sink } = this.#context;
    const version = this.#hpack.version;
    sink.clear();
    const outcome = this.#hpack.decode(block.bytes, block.start, block.end, this.#context);
    if (outcome === 'corrupt') return corrupt;
    if (outcome === 'tooLarge') return sink.problem(400, 'header list too large');
    const head = sink.finish(block, this.#limits);
    if (version === this.#hpack.version && !('kind' in head)) this.#remember(block, head);
    return head;
  }

  /** Trailers of a request are checked and dropped. The table has to see them all the same. */
  decodeTrailers(block: RequestBlock): HeadRefusal | null {
    const sink = this.#trailers;
    sink.isMalformed = false;
    const outcome = this.#hpack.decode(block.bytes, block.start, block.end, {
      sink,
      limits: this.#context.limits,
    });
    if (outcome === 'corrupt') return corrupt;
    if (outcome === 'tooLarge' || sink.isMalformed) return malformed('bad request trailers');
    return null;
  }

  /** Keeps the table in step with a block whose stream nobody wants. False when the table is lost. */
  skip(block: RequestBlock): boolean {
    const decoded = this.#hpack.decode(block.bytes, block.start, block.end, {
      sink: this.#trailers,
      limits: this.#context.limits,
    });
    return decoded !== 'corrupt';
  }

  #recentHead(block: RequestBlock): RequestHead | undefined {
    const length = block.end - block.start;
    const { version } = this.#hpack;
    for (let i = 0; i < this.#recent.length; i++) {
      const recent = this.#recent[i]!;
      const mayMatch = recent.length === length && recent.version === version;
      if (mayMatch && recent.endStream === block.endStream && isSameRun(block, recent.bytes))
        return recent.head;
    }
    return undefined;
  }

  #remember(block: RequestBlock, head: RequestHead): void {
    const length = block.end - block.start;
    if (length > LONGEST_REMEMBERED_BYTES) return;
    const slot = this.#nextRecent;
    this.#nextRecent = (slot + 1) % RECENT_HEADS;
    const bytes = this.#recent[slot]?.bytes ?? new Uint8Array(LONGEST_REMEMBERED_BYTES);
    for (let i = 0; i < length; i++) bytes[i] = block.bytes[block.start + i]!;
    const { version } = this.#hpack;
    this.#recent[slot] = { bytes, length, version, endStream: block.endStream, head };
  }
}

/** A block and the head it gave, true as long as the table has the version it was read under. */
interface RecentHead {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly version: number;
  readonly endStream: boolean;
  readonly head: RequestHead;
}

function isSameRun({ bytes, start, end }: RequestBlock, other: Uint8Array): boolean {
  for (let i = 0; i < end - start; i++) {
    if (bytes[start + i] !== other[i]) return false;
  }
  return true;
}
