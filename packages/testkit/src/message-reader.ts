/** One header field as it came, name and value with their spelling. */
export type HeaderField = readonly [name: string, value: string];

export interface MessageHead {
  readonly startLine: string;
  readonly headers: readonly HeaderField[];
  /** Every byte up to and including the empty line, as latin1. */
  readonly raw: string;
}

export type BodyFraming =
  | { readonly kind: 'none' | 'chunked' | 'close' }
  | { readonly kind: 'length'; readonly bytes: number };

export interface MessageSink {
  /** @returns how the body that follows is framed */
  onHead(head: MessageHead): BodyFraming;
  onBody(bytes: Buffer): void;
  /** `trailers` of a chunked body, else none. */
  onEnd(trailers: readonly HeaderField[]): void;
}

/**
 * Reads HTTP/1.1 messages off a byte stream, for the members and clients of tests. It trusts its input more than
 * a product may and shares no line with the product's codec: what one gets wrong, the other shows.
 */
export class MessageReader {
  private readonly sink: MessageSink;
  private pending: Buffer = Buffer.alloc(0);
  private state: 'head' | 'body' | 'chunk size' | 'chunk' | 'chunk end' | 'trailers' | 'close' = 'head';
  private left = 0;

  constructor(sink: MessageSink) {
    this.sink = sink;
  }

  feed(bytes: Buffer): void {
    this.pending = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    while (this.step());
  }

  /** The stream has ended. @returns false when that cut a message short */
  finish(): boolean {
    if (this.state === 'close') this.end([]);
    return this.state === 'head' && this.pending.length === 0;
  }

  /** Bytes that belong to no message yet. */
  rest(): Buffer {
    return this.pending;
  }

  private step(): boolean {
    switch (this.state) {
      case 'head':
        return this.readHead();
      case 'chunk size':
        return this.readChunkSize();
      case 'chunk end':
        return this.line() !== null && this.go('chunk size');
      case 'trailers':
        return this.readTrailers();
      default:
        return this.readBody();
    }
  }

  private readHead(): boolean {
    const end = this.pending.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const raw = this.take(end + 4).toString('latin1');
    const [startLine = '', ...lines] = raw.slice(0, -4).split('\r\n');
    const framing = this.sink.onHead({ startLine, headers: lines.map(field), raw });
    if (framing.kind === 'chunked') return this.go('chunk size');
    if (framing.kind === 'close') return this.go('close');
    this.left = framing.kind === 'length' ? framing.bytes : 0;
    return this.left === 0 ? this.end([]) : this.go('body');
  }

  private readChunkSize(): boolean {
    const line = this.line();
    if (line === null) return false;
    this.left = Number.parseInt(line, 16);
    if (Number.isNaN(this.left)) throw new Error(`not a chunk size: ${JSON.stringify(line)}`);
    return this.go(this.left === 0 ? 'trailers' : 'chunk');
  }

  private readTrailers(): boolean {
    if (this.pending.indexOf('\r\n') === 0) {
      this.take(2);
      return this.end([]);
    }
    const end = this.pending.indexOf('\r\n\r\n');
    if (end < 0) return false;
    return this.end(
      this.take(end + 4)
        .toString('latin1')
        .slice(0, -4)
        .split('\r\n')
        .map(field),
    );
  }

  private readBody(): boolean {
    if (this.pending.length === 0) return false;
    if (this.state === 'close') this.left = this.pending.length;
    const part = this.take(Math.min(this.left, this.pending.length));
    this.left -= part.length;
    this.sink.onBody(part);
    if (this.left > 0 || this.state === 'close') return false;
    return this.state === 'chunk' ? this.go('chunk end') : this.end([]);
  }

  private line(): string | null {
    const end = this.pending.indexOf('\r\n');
    return end < 0
      ? null
      : this.take(end + 2)
          .toString('latin1')
          .slice(0, -2);
  }

  private take(bytes: number): Buffer {
    const taken = this.pending.subarray(0, bytes);
    this.pending = this.pending.subarray(bytes);
    return taken;
  }

  private go(state: typeof this.state): true {
    this.state = state;
    return true;
  }

  private end(trailers: readonly HeaderField[]): boolean {
    this.state = 'head';
    this.sink.onEnd(trailers);
    return this.pending.length > 0;
  }
}

/** All values of a field joined by `, `, or undefined. Names compare without case. */
export function headerOf(
  message: { readonly headers: readonly HeaderField[] },
  name: string,
): string | undefined {
  const values = message.headers
    .filter(([key]) => key.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(', ');
}

/** How a body is framed by its head alone (RFC 9112 §6.3). `whenSilent` tells requests from answers. */
export function framingOf(head: MessageHead, whenSilent: 'none' | 'close'): BodyFraming {
  if (headerOf(head, 'transfer-encoding') !== undefined) return { kind: 'chunked' };
  const length = headerOf(head, 'content-length');
  return length === undefined ? { kind: whenSilent } : { kind: 'length', bytes: Number(length) };
}

function field(line: string): HeaderField {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}
