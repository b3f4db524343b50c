/** The longest message either end accepts, in bytes: the plan of a very large node is well below. */
export const maxMessageBytes = 256 * 1024 * 1024;

const lengthBytes = 4;

/** The peer broke the framing; nothing that follows on this stream can be understood. */
export class FramingError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FramingError';
  }
}

/**
 * One message for the stream: four bytes of length, big-endian, then that many bytes of JSON as UTF-8.
 * Throws {@link FramingError} above `maxBytes`.
 */
export function encodeMessage(value: unknown, maxBytes = maxMessageBytes): Uint8Array {
  const body = new TextEncoder().encode(JSON.stringify(value));
  if (body.length > maxBytes) throw new FramingError(`message of ${body.length} bytes is above ${maxBytes}`);
  const bytes = new Uint8Array(lengthBytes + body.length);
  new DataView(bytes.buffer).setUint32(0, body.length);
  bytes.set(body, lengthBytes);
  return bytes;
}

/**
 * Turns the bytes of one stream into messages, in whatever pieces they arrive. Holds no more memory than has arrived,
 * whatever length a peer announces.
 */
export class MessageReader {
  readonly #maxBytes: number;
  /** Arrived and not yet read, in order; joined only when a whole message is there. */
  #pieces: Uint8Array[] = [];
  #heldBytes = 0;
  #failure: FramingError | null = null;

  constructor(maxBytes = maxMessageBytes) {
    this.#maxBytes = maxBytes;
  }

  /**
   * The messages completed by these bytes, as JSON values that nobody has checked. Copies what it keeps.
   * Throws {@link FramingError} for a message above the cap and for bytes that are not JSON, and again on every later
   * call: the stream has to be closed.
   */
  push(bytes: Uint8Array): readonly unknown[] {
    if (this.#failure !== null) throw this.#failure;
    if (bytes.length > 0) this.#pieces.push(bytes.slice());
    this.#heldBytes += bytes.length;
    const messages: unknown[] = [];
    for (let body = this.#takeMessage(); body !== null; body = this.#takeMessage())
      messages.push(this.#parse(body));
    return messages;
  }

  #takeMessage(): Uint8Array | null {
    if (this.#heldBytes < lengthBytes) return null;
    const length = this.#peekLength();
    if (length > this.#maxBytes)
      throw this.#fail(`announced message of ${length} bytes is above ${this.#maxBytes}`);
    if (this.#heldBytes < lengthBytes + length) return null;
    const held = this.#join();
    const end = lengthBytes + length;
    this.#pieces = held.length > end ? [held.subarray(end)] : [];
    this.#heldBytes = held.length - end;
    return held.subarray(lengthBytes, end);
  }

  #peekLength(): number {
    let first = this.#pieces[0];
    if (first === undefined || first.length < lengthBytes) first = this.#join();
    return new DataView(first.buffer, first.byteOffset).getUint32(0);
  }

  #join(): Uint8Array {
    const [only] = this.#pieces;
    if (only !== undefined && this.#pieces.length === 1) return only;
    const joined = new Uint8Array(this.#heldBytes);
    let at = 0;
    for (const piece of this.#pieces) {
      joined.set(piece, at);
      at += piece.length;
    }
    this.#pieces = [joined];
    return joined;
  }

  #parse(body: Uint8Array): unknown {
    try {
      return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    } catch {
      throw this.#fail('message is not JSON');
    }
  }

  #fail(reason: string): FramingError {
    this.#failure = new FramingError(reason);
    this.#pieces = [];
    this.#heldBytes = 0;
    return this.#failure;
  }
}
