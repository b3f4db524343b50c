import { ErrorCode } from './error-code.ts';
import { FrameFlag, FrameType, MAX_FRAME_BYTES } from './frame-type.ts';

export interface FrameFault {
  readonly code: number;
  readonly reason: string;
}

/** What a frame header says, in the order of its fields. */
export interface FrameInfo {
  length: number;
  type: number;
  flags: number;
  streamId: number;
}

/** What is wrong with a frame that can be told from its header alone (RFC 9113 §4.2, §6), or null. */
export function frameFault(frame: FrameInfo): FrameFault | null {
  if (frame.length > MAX_FRAME_BYTES) return sizeFault('frame too large');
  switch (frame.type) {
    case FrameType.data:
    case FrameType.headers:
    case FrameType.continuation:
      return needsStream(frame);
    case FrameType.priority:
      return needsStream(frame) ?? needsLength(frame, 5);
    case FrameType.rstStream:
      return needsStream(frame) ?? needsLength(frame, 4);
    case FrameType.settings:
      return needsConnection(frame) ?? settingsLength(frame);
    case FrameType.pushPromise:
      return { code: ErrorCode.protocolError, reason: 'PUSH_PROMISE' };
    case FrameType.ping:
      return needsConnection(frame) ?? needsLength(frame, 8);
    case FrameType.goaway:
      return needsConnection(frame) ?? (frame.length < 8 ? sizeFault('short GOAWAY') : null);
    case FrameType.windowUpdate:
      return needsLength(frame, 4);
    default:
      return null;
  }
}

function needsStream({ streamId }: FrameInfo): FrameFault | null {
  return streamId === 0 ? { code: ErrorCode.protocolError, reason: 'frame needs a stream' } : null;
}

function needsConnection({ streamId }: FrameInfo): FrameFault | null {
  return streamId === 0 ? null : { code: ErrorCode.protocolError, reason: 'frame on a stream' };
}

function needsLength(frame: FrameInfo, length: number): FrameFault | null {
  return frame.length === length ? null : sizeFault('bad frame length');
}

function settingsLength({ flags, length }: FrameInfo): FrameFault | null {
  const isRight = (flags & FrameFlag.ack) === 0 ? length % 6 === 0 : length === 0;
  return isRight ? null : sizeFault('bad SETTINGS length');
}

function sizeFault(reason: string): FrameFault {
  return { code: ErrorCode.frameSizeError, reason };
}
