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
  private readonly body: Buffer;
  private length = 0;
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
    this.body = Buffer.allocUnsafe(heads.plain.contentLength);
  }

  write(bytes: Buffer, start: number, end: number): boolean {
    this.length += bytes.copy(this.body, this.length, start, end);
    return true;
  }

  end(): void {
    const body = this.body.subarray(0, this.length);
    let isAtOnce = true;
    this.encoders.encode(this.coding, body, (encoded) => {
      if (this.isDiscarded) return;
      this.send(encoded);
      if (!isAtOnce) this.output.flush();
    });
    isAtOnce = false;
  }

  drained(): void {}

  discard(): void {
    this.isDiscarded = true;
  }

  /** @param encoded null: the body goes as it came */
  private send(encoded: Buffer | null): void {
    const body = encoded ?? this.body.subarray(0, this.length);
    const head = encoded === null ? this.plain : this.encoded;
    this.holdsHead = false;
    this.output.head({ ...head, framing: 'length', contentLength: body.length });
    this.output.body(body, 0, body.length);
    this.output.end('');
  }
}

/** Encoded answers have no bits that the rest of the way asks for, but for these. */
export function encodedHead(head: ResponseHead, fields: string): ResponseHead {
  return { ...head, fields, present: head.present | Field.contentEncoding | Field.vary };
}
