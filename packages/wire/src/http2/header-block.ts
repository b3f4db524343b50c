/** CONTINUATION frames that a header block may be spread over: 64 KiB in the smallest pieces anyone sends. */
const MOST_FRAGMENTS = 128;

/**
 * A header block that came in several frames (RFC 9113 §4.3). Nothing of it can be decoded before it is whole, so
 * both its size and the number of its pieces are bounded: endless CONTINUATION frames end the connection.
 */
export class HeaderBlock {
  readonly #mostBytes: number;
  #fragments: Buffer[] = [];
  #bytes = 0;
  /** 0 while no block is open. */
  streamId = 0;
  endStream = false;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  open(streamId: number, endStream: boolean): void {
    this.streamId = streamId;
    this.endStream = endStream;
    this.#fragments = [];
    this.#bytes = 0;
  }

  /** Copies a piece. False when the block is too much. */
  add(bytes: Buffer, start: number, end: number): boolean {
    this.#bytes += end - start;
    if (this.#bytes > this.#mostBytes || this.#fragments.length >= MOST_FRAGMENTS) return false;
    this.#fragments.push(Buffer.from(bytes.subarray(start, end)));
    return true;
  }

  /** The whole block; no block is open afterwards. */
  close(): Buffer {
    const whole = Buffer.concat(this.#fragments, this.#bytes);
    this.#fragments = [];
    this.streamId = 0;
    return whole;
  }
}
