import type { RequestHead, WireLimits, WireProblem } from '../../message.ts';
import { FrameType } from '../frame-type.ts';
import { type FieldSink, HpackDecoder } from '../hpack/decoder.ts';
import { Http2ServerConnection, type Http2ServerEvents } from '../server-connection.ts';
import type { Http2Settings } from '../settings.ts';
import { type Frame, parseFrames, preface, settings } from './frames.ts';

export interface RawClientOptions {
  readonly settings?: Partial<Http2Settings>;
  readonly limits?: WireLimits;
  /** Instead of preface and SETTINGS. */
  readonly opening?: Buffer;
}

/** A client of frames made by hand on a server connection, and everything that the server said to its owner. */
export class RawClient implements Http2ServerEvents {
  nowMs = 1_000_000;
  readonly log: string[] = [];
  readonly heads = new Map<number, RequestHead>();
  readonly problems = new Map<number, WireProblem>();
  readonly bodies = new Map<number, string>();
  readonly server: Http2ServerConnection;
  /** What the owner does with a request. */
  answer: (streamId: number) => void = () => {};
  readonly #decoder = new HpackDecoder();

  constructor(options: RawClientOptions = {}) {
    this.server = new Http2ServerConnection({
      events: this,
      nowMs: () => this.nowMs,
      ...(options.settings === undefined ? {} : { settings: options.settings }),
      ...(options.limits === undefined ? {} : { limits: options.limits }),
    });
    this.server.start();
    this.send(options.opening ?? Buffer.concat([preface, settings()]));
  }

  /** All of it in one read. */
  send(...parts: readonly Buffer[]): void {
    const bytes = Buffer.concat(parts);
    this.server.receive(bytes, 0, bytes.length);
  }

  /** Frames that the server wants to write now, those of its opening too. */
  takeFrames(): Frame[] {
    const chunks: Buffer[] = [];
    for (let chunk = this.server.takeOutput(); chunk !== null; chunk = this.server.takeOutput()) {
      chunks.push(Buffer.from(chunk));
      this.server.recycle(chunk);
    }
    return parseFrames(Buffer.concat(chunks));
  }

  /** The frames of a stream; blocks must be decoded in the order in which they came. */
  takeStream(streamId: number): Frame[] {
    return this.takeFrames().filter((each) => each.streamId === streamId);
  }

  decode(frame: Frame): string[] {
    const lines: string[] = [];
    const sink: FieldSink = { onField: ({ name, value }) => void lines.push(`${name.text}: ${value}`) };
    const limits = { listBytes: 1_000_000, fields: 10_000 };
    const outcome = this.#decoder.decode(frame.payload, 0, frame.payload.length, { sink, limits });
    if (outcome !== 'ok') throw new Error(outcome);
    return lines;
  }

  /** Error code of the GOAWAY that was sent, or -1. */
  goawayCode(): number {
    const goaway = this.takeFrames().findLast((each) => each.type === FrameType.goaway);
    return goaway === undefined ? -1 : goaway.payload.readUInt32BE(4);
  }

  onRequest(streamId: number, head: RequestHead, endStream: boolean): void {
    this.log.push(`request ${streamId} ${head.method} ${head.target} ${endStream}`);
    this.heads.set(streamId, head);
    this.answer(streamId);
  }

  onRequestBody(streamId: number, bytes: Buffer, start: number, end: number): void {
    const before = this.bodies.get(streamId) ?? '';
    this.bodies.set(streamId, before + bytes.toString('latin1', start, end));
  }

  onRequestEnd(streamId: number): void {
    this.log.push(`end ${streamId} ${this.bodies.get(streamId)?.length ?? 0}`);
  }

  onRequestReset(streamId: number, code: number): void {
    this.log.push(`reset ${streamId} ${code}`);
  }

  onRequestProblem(streamId: number, problem: WireProblem): void {
    this.log.push(`problem ${streamId} ${problem.status}`);
    this.problems.set(streamId, problem);
  }

  onStreamWritable(streamId: number): void {
    this.log.push(`writable ${streamId}`);
  }

  onConnectionError(code: number, reason: string): void {
    this.log.push(`error ${code} ${reason}`);
  }

  onOutput(): void {
    this.log.push('output');
  }

  onDrained(): void {
    this.log.push('drained');
  }
}
