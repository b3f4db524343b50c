import type { RequestHead, ResponseHead } from '@elbow/wire';
import type { ClientSide } from '../client/client-side.ts';
import type { AnswerEncoder, AnswerOutput } from '../compress/answer-output.ts';
import { encodeAnswer } from '../compress/encode-answer.ts';
import type { Encoders } from '../compress/encoders.ts';
import type { Trace } from './trace.ts';

/** What the exchange does about its member while the answer passes. */
export interface AnswerOwner {
  /** The last byte is in the client's hands. */
  answerSent(): void;
  /** Some of the answer has come and gone on. */
  answerMoved(): void;
  /** The client is behind: read no more from the member. */
  holdMember(): void;
  /** The member may be read on. */
  readMemberOn(): void;
}

/** The way of an answer from its member to the client: encoded where that is asked for, counted, no faster than the client. */
export class AnswerPath implements AnswerOutput {
  /** Status that the client got; 0 while it has none. */
  status = 0;
  private readonly client: ClientSide;
  private readonly trace: Trace;
  private readonly owner: AnswerOwner;
  private encoder: AnswerEncoder | null = null;
  /** The client has to catch up before the member is read on. */
  private isClientBehind = false;

  constructor(client: ClientSide, trace: Trace, owner: AnswerOwner) {
    this.client = client;
    this.trace = trace;
    this.owner = owner;
  }

  /** Once the head of an answer has gone to the client there is no other answer. */
  get hasHeadGone(): boolean {
    return this.status !== 0;
  }

  get isEncoded(): boolean {
    return this.encoder !== null;
  }

  /** Begins an answer that is encoded where `request` and `head` allow it. */
  beginEncoded(request: RequestHead, head: ResponseHead, encoders: Encoders): void {
    this.encoder = encodeAnswer(request, head, { encoders, output: this });
  }

  /** Bytes of the member. */
  pass(bytes: Buffer, start: number, end: number): void {
    const { encoder } = this;
    this.passed(encoder === null ? this.body(bytes, start, end) : encoder.write(bytes, start, end));
  }

  passTunnelBytes(bytes: Buffer, start: number, end: number): void {
    this.trace.bodyBytesOut += end - start;
    this.passed(this.client.sendTunnelBytes(bytes, start, end));
  }

  /** The member's answer is complete; an encoder may still have some of it in hand. */
  passEnd(trailers: string): void {
    if (this.encoder === null) this.end(trailers);
    else this.encoder.end(trailers);
  }

  /** The client has taken what was queued. */
  drained(): void {
    if (this.encoder !== null) this.encoder.drained();
    else this.resume();
  }

  /** What an encoder holds is not wanted any more. */
  discard(): void {
    this.encoder?.discard();
    this.encoder = null;
  }

  head(head: ResponseHead): void {
    this.status = head.status;
    this.client.sendHead(head);
  }

  body(bytes: Buffer, start: number, end: number): boolean {
    this.trace.bodyBytesOut += end - start;
    return this.client.sendBody(bytes, start, end);
  }

  end(trailers: string): void {
    this.client.sendEnd(trailers);
    this.owner.answerSent();
  }

  flush(): void {
    this.client.flush();
  }

  resume(): void {
    if (!this.isClientBehind) return;
    this.isClientBehind = false;
    this.owner.readMemberOn();
  }

  private passed(isClientKeepingUp: boolean): void {
    if (isClientKeepingUp) return this.owner.answerMoved();
    this.isClientBehind = true;
    this.owner.holdMember();
  }
}
