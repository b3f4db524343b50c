import type { ResponseHead } from '@elbow/wire';

/** Where an answer goes on its way to the client. */
export interface AnswerOutput {
  /** The head is on its way: from now on there is no other answer. */
  head(head: ResponseHead): void;
  /** @returns false when the client is behind */
  body(bytes: Buffer, start: number, end: number): boolean;
  /** The answer is complete. */
  end(trailers: string): void;
  /** What came outside of a turn of the member has to go out. */
  flush(): void;
  /** The member may be read on. */
  resume(): void;
}

/** An answer that is encoded on its way. */
export interface AnswerEncoder {
  /** True while the head is held back, so that a failure can still become another answer. */
  readonly holdsHead: boolean;
  /** @returns false when it is behind: read no more until `resume` */
  write(bytes: Buffer, start: number, end: number): boolean;
  end(trailers: string): void;
  /** The client takes more. */
  drained(): void;
  /** Nobody wants the answer any more. */
  discard(): void;
}
