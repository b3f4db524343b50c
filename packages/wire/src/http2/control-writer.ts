import { FrameFlag, FrameType } from './frame-type.ts';
import type { OutputQueue } from './output-queue.ts';
import { settingsPayload } from './settings.ts';

const LONGEST_REASON = 64;
const nothing = new Uint8Array(0);

/** Writes the frames that carry neither heads nor bodies. */
export class ControlWriter {
  readonly #output: OutputQueue;
  /** Bytes of answers to the peer's frames (ACKs, resets) since the output was last empty. */
  unreadReplyBytes = 0;

  constructor(output: OutputQueue) {
    this.#output = output;
  }

  settings(pairs: readonly (readonly [id: number, value: number])[]): void {
    this.#output.frame({ type: FrameType.settings, flags: 0, streamId: 0 }, settingsPayload(pairs));
  }

  settingsAck(): void {
    this.#output.frame({ type: FrameType.settings, flags: FrameFlag.ack, streamId: 0 }, nothing);
    this.unreadReplyBytes += 9;
  }

  ping(payload: Uint8Array): void {
    this.#output.frame({ type: FrameType.ping, flags: 0, streamId: 0 }, payload);
  }

  pingAck(payload: Uint8Array): void {
    this.#output.frame({ type: FrameType.ping, flags: FrameFlag.ack, streamId: 0 }, payload);
    this.unreadReplyBytes += 17;
  }

  reset(streamId: number, code: number): void {
    this.#output.numberFrame({ type: FrameType.rstStream, flags: 0, streamId }, code);
    this.unreadReplyBytes += 13;
  }

  /** An increment of 0 is no frame. */
  windowUpdate(streamId: number, increment: number): void {
    if (increment === 0) return;
    this.#output.numberFrame({ type: FrameType.windowUpdate, flags: 0, streamId }, increment);
  }

  goaway(lastStreamId: number, code: number, reason: string): void {
    const debug = Buffer.from(reason.slice(0, LONGEST_REASON), 'latin1');
    const payload = Buffer.alloc(8 + debug.length);
    payload.writeUInt32BE(lastStreamId, 0);
    payload.writeUInt32BE(code, 4);
    debug.copy(payload, 8);
    this.#output.frame({ type: FrameType.goaway, flags: 0, streamId: 0 }, payload);
  }
}
