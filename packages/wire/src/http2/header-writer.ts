import { FRAME_HEADER_BYTES, FrameFlag, FrameType, MAX_FRAME_BYTES } from './frame-type.ts';
import { HpackEncoder } from './hpack/encoder.ts';
import type { ResponseBlock } from './hpack/recent-blocks.ts';
import type { Http2Stream } from './http2-stream.ts';
import { type OutputQueue, writeFrameHead } from './output-queue.ts';

/**
 * Writes header blocks. They are encoded at the moment they enter the output, since the peer's table must see them
 * in the order in which we encoded them.
 */
export class HeaderWriter {
  readonly #output: OutputQueue;
  readonly encoder = new HpackEncoder();

  constructor(output: OutputQueue) {
    this.#output = output;
  }

  response(stream: Http2Stream, block: ResponseBlock, endStream: boolean): void {
    const most = HpackEncoder.roomFor(block.fields.length);
    const target = this.#target(most);
    const end = this.encoder.response(target.bytes, target.at, block);
    this.#finish(stream, target, { end, endStream });
  }

  /** Lines only: trailers, or a request whose pseudo-header fields stand in `pseudo` (`:method: GET`, no line ends). */
  lines(stream: Http2Stream, block: { pseudo: readonly string[]; fields: string }, endStream: boolean): void {
    let length = block.fields.length;
    for (const line of block.pseudo) length += line.length;
    const target = this.#target(HpackEncoder.roomFor(length));
    this.encoder.begin(target.bytes, target.at);
    for (const line of block.pseudo) this.encoder.line(line);
    this.encoder.lines(block.fields);
    this.#finish(stream, target, { end: this.encoder.end(), endStream });
  }

  /** Where to encode: straight into the output when one frame is sure to be enough. */
  #target(most: number): { readonly bytes: Buffer; readonly at: number; readonly isDirect: boolean } {
    if (most > MAX_FRAME_BYTES) return { bytes: Buffer.allocUnsafe(most), at: 0, isDirect: false };
    const chunk = this.#output.open(FRAME_HEADER_BYTES + most);
    return { bytes: chunk, at: this.#output.position + FRAME_HEADER_BYTES, isDirect: true };
  }

  #finish(
    stream: Http2Stream,
    target: { readonly bytes: Buffer; readonly at: number; readonly isDirect: boolean },
    { end, endStream }: { readonly end: number; readonly endStream: boolean },
  ): void {
    const endFlag = endStream ? FrameFlag.endStream : 0;
    if (!target.isDirect) return this.#split(stream, target.bytes.subarray(0, end), endFlag);
    const at = this.#output.position;
    writeFrameHead(target.bytes, at, end - target.at, {
      type: FrameType.headers,
      flags: FrameFlag.endHeaders | endFlag,
      streamId: stream.id,
    });
    stream.tailSerial = this.#output.serial;
    stream.tailAt = at;
    this.#output.advance(end);
  }

  #split(stream: Http2Stream, block: Buffer, endFlag: number): void {
    for (let at = 0; at === 0 || at < block.length; at += MAX_FRAME_BYTES) {
      const end = Math.min(block.length, at + MAX_FRAME_BYTES);
      const last = end === block.length ? FrameFlag.endHeaders : 0;
      this.#output.frame(
        {
          type: at === 0 ? FrameType.headers : FrameType.continuation,
          flags: last | (at === 0 ? endFlag : 0),
          streamId: stream.id,
        },
        block.subarray(at, end),
      );
    }
    stream.tailSerial = -1;
  }
}
