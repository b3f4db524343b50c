import { loadNativeBinding } from './native-binding.ts';

/** A whole body and how it is encoded. */
export interface EncodeJob {
  readonly coding: 'br' | 'gzip';
  /** Brotli: quality 0 to 11; gzip: 1 to 9. */
  readonly level: number;
  readonly body: Uint8Array;
  /** Where the encoded body is put, from the beginning. A body that has no pattern gets longer by a few bytes. */
  readonly output: Uint8Array;
}

/**
 * Encodes bodies with the libraries inside Node. Its encoders take their memory from the thread they run on and leave
 * it there for the next body, and what they write goes into memory of the caller.
 */
export interface NativeEncoder {
  /** @returns bytes in `output`; -1 when they do not fit */
  encodeNow(job: EncodeJob): number;
  /** Encodes on another thread, which has `body` and `output` to itself until `done` is called. */
  encodeLater(job: EncodeJob, done: (byteCount: number) => void): void;
}

const codings = { br: 1, gzip: 2 } as const;

/** @returns null where there is no addon, or where it lacks the libraries */
export function nativeEncoder(): NativeEncoder | null {
  const { binding } = loadNativeBinding();
  if (binding === null) return null;
  const encoder: NativeEncoder = {
    encodeNow: ({ coding, level, body, output }) => binding.encodeNow(codings[coding], level, body, output),
    encodeLater: ({ coding, level, body, output }, done) =>
      binding.encodeLater(codings[coding], level, body, output, done),
  };
  return canEncode(encoder) ? encoder : null;
}

/** The addon finds the libraries by their names, which another build of Node may not have. */
function canEncode(encoder: NativeEncoder): boolean {
  const body = Buffer.from('?');
  const output = Buffer.alloc(64);
  return (['br', 'gzip'] as const).every(
    (coding) => encoder.encodeNow({ coding, level: 2, body, output }) > 0,
  );
}
