import type { StatusPage } from '@elbow/traffic';
import {
  chunkPrefix,
  chunkTrailers,
  encodeResponseHead,
  type Framing,
  type RequestHead,
  type ResponseHead,
} from '@elbow/wire';
import type { Output } from '../output.ts';

/** Writes answers in HTTP/1.1 form, one at a time, and knows how far the one in hand has come. */
export class Http1Answer {
  private readonly output: Output;
  private isChunked = false;
  hasBegun = false;
  isComplete = false;
  /** The body of the answer in hand has neither length nor chunks. */
  endsByClosing = false;
  private startBytes = 0;

  constructor(output: Output) {
    this.output = output;
  }

  /** Makes ready for the answer to the next request. */
  reset(): void {
    this.hasBegun = false;
    this.isComplete = false;
    this.startBytes = this.output.totalBytes;
  }

  get byteCount(): number {
    return this.output.totalBytes - this.startBytes;
  }

  informational(status: number, reason: string, fields: string): void {
    this.output.text(`HTTP/1.1 ${status} ${reason}\r\n${fields}\r\n`);
  }

  /**
   * @param closes whether this is the last answer of the connection
   * @returns whether the connection has to close after it: true also where only that can end the body
   */
  head(head: ResponseHead, request: RequestHead, closes: boolean): boolean {
    const framing = answerFraming(head.framing, request.version);
    const mustClose = closes || framing === 'close';
    this.isChunked = framing === 'chunked';
    this.endsByClosing = framing === 'close';
    this.hasBegun = true;
    this.output.text(
      encodeResponseHead({
        status: head.status,
        reason: head.reason,
        fields: head.fields,
        framing,
        contentLength: head.contentLength,
        connection: mustClose ? 'close' : 'keep-alive',
        version: request.version === '1.0' ? '1.0' : '1.1',
      }),
    );
    return mustClose;
  }

  body(bytes: Buffer, start: number, end: number): void {
    if (this.isChunked) this.output.text(chunkPrefix(end - start));
    this.output.bytes(bytes, start, end);
    if (this.isChunked) this.output.text('\r\n');
  }

  end(trailers: string): void {
    if (this.isChunked) this.output.text(chunkTrailers(trailers));
    this.isComplete = true;
  }

  /** @param request null when none could be read */
  page(page: StatusPage, request: RequestHead | null, closes: boolean): void {
    // RFC 9110 §8.6: a 204 does not declare a length, not even none.
    const isBodyWanted = request?.method !== 'HEAD' && page.status !== 204;
    this.hasBegun = true;
    this.output.text(
      encodeResponseHead({
        status: page.status,
        reason: page.reason,
        fields: page.fields,
        framing: isBodyWanted ? 'length' : 'none',
        contentLength: page.body.length,
        connection: closes ? 'close' : 'keep-alive',
        version: request?.version === '1.0' ? '1.0' : '1.1',
      }),
    );
    if (isBodyWanted) this.output.text(page.body);
    this.isComplete = true;
  }

  switching(head: ResponseHead): void {
    this.hasBegun = true;
    this.output.text(
      encodeResponseHead({
        status: 101,
        reason: head.reason,
        fields: head.fields,
        framing: 'none',
        contentLength: -1,
        connection: 'upgrade',
        version: '1.1',
      }),
    );
  }
}

/**
 * A body that its member ends by closing is sent in chunks where the client knows them: the connection lives on, and
 * a cut is seen as one.
 */
function answerFraming(framing: Framing, version: RequestHead['version']): Framing {
  if (framing === 'length' || framing === 'none') return framing;
  return version === '1.0' ? 'close' : 'chunked';
}
