import type { BrotliCompress, Gzip } from 'node:zlib';
import type { ResponseHead } from '@elbow/wire';
import type { AnswerEncoder, AnswerOutput } from './answer-output.ts';
import type { Encoders } from './encoders.ts';

/** Input that waits for the encoder beyond this holds its member back. */
const HIGH_WATER_BYTES = 64 * 1024;

/** Encodes a body as it comes; what a member sends goes on at once. */
export class StreamEncoder implements AnswerEncoder {
  readonly holdsHead = false;
  private readonly encoder: BrotliCompress | Gzip;
  private readonly encoders: Encoders;
  private readonly output: AnswerOutput;
  private trailers = '';
  private isOver = false;
  private isMemberHeld = false;

  constructor(
    head: ResponseHead,
    encoder: BrotliCompress | Gzip,
    { encoders, output }: { readonly encoders: Encoders; readonly output: AnswerOutput },
  ) {
    this.encoder = encoder;
    this.encoders = encoders;
    this.output = output;
    encoder.on('data', (bytes: Buffer) => this.encoded(bytes));
    encoder.on('end', () => this.complete());
    encoder.on('drain', () => this.caughtUp());
    output.head({ ...head, framing: 'chunked', contentLength: -1 });
  }

  write(bytes: Buffer, start: number, end: number): boolean {
    // The bytes are the member's buffer, which is used again; the encoder works on another thread.
    this.encoder.write(Buffer.from(bytes.subarray(start, end)));
    this.isMemberHeld = this.encoder.writableLength >= HIGH_WATER_BYTES;
    return !this.isMemberHeld;
  }

  end(trailers: string): void {
    this.trailers = trailers;
    this.encoder.end();
  }

  drained(): void {
    if (this.encoder.isPaused()) this.encoder.resume();
  }

  discard(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.encoders.end(this.encoder);
  }

  private encoded(bytes: Buffer): void {
    if (this.isOver) return;
    if (!this.output.body(bytes, 0, bytes.length)) this.encoder.pause();
    this.output.flush();
  }

  private caughtUp(): void {
    if (!this.isMemberHeld || this.isOver) return;
    this.isMemberHeld = false;
    this.output.resume();
  }

  private complete(): void {
    if (this.isOver) return;
    this.discard();
    this.output.end(this.trailers);
    this.output.flush();
  }
}
