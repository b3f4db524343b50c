import { CONNECTION_PREFACE, FrameFlag, FrameType } from '../frame-type.ts';
import { HpackEncoder } from '../hpack/encoder.ts';

/** Frames made by hand and taken apart again, for tests. */

export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly payload: Buffer;
}

export const preface = Buffer.from(CONNECTION_PREFACE, 'latin1');

export function frame(
  type: number,
  flags: number,
  streamId: number,
  payload: Uint8Array = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(streamId, 5);
  return Buffer.concat([head, payload]);
}

export function settings(...pairs: readonly (readonly [number, number])[]): Buffer {
  const payload = Buffer.alloc(pairs.length * 6);
  pairs.forEach(([id, value], i) => {
    payload.writeUInt16BE(id, i * 6);
    payload.writeUInt32BE(value, i * 6 + 2);
  });
  return frame(FrameType.settings, 0, 0, payload);
}

export function data(streamId: number, body: string | Uint8Array, endStream: boolean): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'latin1') : body;
  return frame(FrameType.data, endStream ? FrameFlag.endStream : 0, streamId, bytes);
}

export function numberFrame(type: number, streamId: number, value: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(value);
  return frame(type, 0, streamId, payload);
}

/** A header block of literals without a table, so that blocks do not depend on each other. */
export function literalBlock(lines: readonly string[]): Buffer {
  const parts: Buffer[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':', 1);
    parts.push(Buffer.from([0]), hpackString(line.slice(0, colon)), hpackString(line.slice(colon + 2)));
  }
  return Buffer.concat(parts);
}

export function headers(streamId: number, lines: readonly string[], endStream: boolean): Buffer {
  const flags = FrameFlag.endHeaders | (endStream ? FrameFlag.endStream : 0);
  return frame(FrameType.headers, flags, streamId, literalBlock(lines));
}

/** A header block of an encoder that uses its table. */
export function encodedBlock(encoder: HpackEncoder, lines: readonly string[]): Buffer {
  const target = Buffer.alloc(HpackEncoder.roomFor(lines.join('\r\n').length + 2));
  encoder.begin(target, 0);
  for (const line of lines) encoder.line(line);
  return target.subarray(0, encoder.end());
}

export const getRequest = [':method: GET', ':scheme: https', ':path: /', ':authority: www.example.test'];
export const postRequest = [':method: POST', ':scheme: https', ':path: /up', ':authority: www.example.test'];

/** Whole frames; the rest is an error of the test. */
export function parseFrames(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUIntBE(at, 3);
    if (at + 9 + length > bytes.length) throw new Error('cut frame');
    frames.push({
      type: bytes[at + 3]!,
      flags: bytes[at + 4]!,
      streamId: bytes.readUInt32BE(at + 5),
      payload: Buffer.from(bytes.subarray(at + 9, at + 9 + length)),
    });
    at += 9 + length;
  }
  return frames;
}

function hpackString(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  const prefix = [bytes.length];
  if (bytes.length >= 127) {
    prefix[0] = 127;
    let rest = bytes.length - 127;
    for (; rest >= 128; rest >>>= 7) prefix.push((rest & 127) | 128);
    prefix.push(rest);
  }
  return Buffer.concat([Buffer.from(prefix), bytes]);
}
