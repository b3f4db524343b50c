import { Field, type ResponseHead } from '@elbow/wire';
import type { Coding } from '@elbow/traffic';
import type { AnswerEncoder, AnswerOutput } from './answer-output.ts';
import type { Encoders } from './encoders.ts';

/**
 * Collects a short body of known length and encodes it in one piece: the answer has a Content-Length again, and a
 * member that dies in between becomes a clean 502.
 */
export class WholeBodyEncoder implements AnswerEncoder {
  holdsHead = true;
  private readonly plain: ResponseHead;
  private readonly encoded: ResponseHead;
  private readonly coding: Coding;
  private readonly encoders: Encoders;
  private readonly output: AnswerOutput;
  /** Null once it has been given back. */
  private body: Buffer | null;
  private length = 0;
  private isBeingEncoded = false;
  private isDiscarded = false;

  /** @param heads of the answer as it is and as it becomes */
  constructor(
    heads: { readonly plain: ResponseHead; readonly encoded: ResponseHead },
    coding: Coding,
    { encoders, output }: { readonly encoders: Encoders; readonly output: AnswerOutput },
  ) {
    this.plain = heads.plain;
    this.encoded = heads.encoded;
    this.coding = coding;
    this.encoders = encoders;
    this.output = output;
    this.body = encoders.buffers.take(heads.plain.contentLength);
  }

  write(bytes: Buffer, start: number, end: number): boolean {
    if (this.body !== null) this.length += bytes.copy(this.body, this.length, start, end);
    return true;
  }

  end(): void {
    const { body } = this;
    if (body === null) return;
    const plain = body.subarray(0, this.length);
    let isAtOnce = true;
    this.isBeingEncoded = true;
    this.encoders.encode(this.coding, plain, (encoded) => {
      this.isBeingEncoded = false;
      if (this.isDiscarded) return this.release();
      this.send(encoded, plain);
      if (!isAtOnce) this.output.flush();
    });
    isAtOnce = false;
  }

  drained(): void {}

  discard(): void {
    this.isDiscarded = true;
    // Another thread may still read it.
    if (!this.isBeingEncoded) this.release();
  }

  /** @param encoded null: the body goes as it came */
  private send(encoded: Buffer | null, plain: Buffer): void {
    const body = encoded ?? plain;
    const head = encoded === null ? this.plain : this.encoded;
    this.holdsHead = false;
    this.output.head({ ...head, framing: 'length', contentLength: body.length });
    this.output.body(body, 0, body.length);
    this.release();
    this.output.end('');
  }

  private release(): void {
    if (this.body !== null) this.encoders.buffers.give(this.body);
    this.body = null;
  }
}

/** Encoded answers have no bits that the rest of the way asks for, but for these. */
export function encodedHead(head: ResponseHead, fields: string): ResponseHead {
  return { ...head, fields, present: head.present | Field.contentEncoding | Field.vary };
}
