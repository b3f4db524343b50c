import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import { nativeEncoder, type NativeEncoder } from '@elbow/tls';
import type { Coding } from '@elbow/traffic';
import type { BodyBuffers } from './body-buffers.ts';

/** Half the time of gzip at its level, for about the same size. */
export const BROTLI_QUALITY = 2;
export const GZIP_LEVEL = 4;

/** @param encoded null: it could not be encoded. What it holds is valid during the call only */
export type Encoded = (encoded: Buffer | null) => void;

/** Encodes bodies in one piece. */
export interface BodyEncoder {
  encodeNow(coding: Coding, body: Buffer, done: Encoded): void;
  /** Encodes on another thread, which has `body` to itself until `done` is called. */
  encodeElsewhere(coding: Coding, body: Buffer, done: Encoded): void;
}

/** The encoder of the native engine where that serves, else that of Node. */
export function openBodyEncoder(isNative: boolean, buffers: BodyBuffers): BodyEncoder {
  const encoder = isNative ? nativeEncoder() : null;
  return encoder === null ? zlibBodyEncoder : nativeBodyEncoder(encoder, buffers);
}

const levels: Readonly<Record<Coding, number>> = { br: BROTLI_QUALITY, gzip: GZIP_LEVEL };
/** More than either coding adds to a body of 128 KiB that has no pattern. */
const MOST_ADDED_BYTES = 512;

function nativeBodyEncoder(encoder: NativeEncoder, buffers: BodyBuffers): BodyEncoder {
  const outputFor = (byteCount: number): Buffer => buffers.take(byteCount + MOST_ADDED_BYTES);
  const finish = (output: Buffer, byteCount: number, done: Encoded): void => {
    done(byteCount < 0 ? null : output.subarray(0, byteCount));
    buffers.give(output);
  };
  return {
    encodeNow: (coding, body, done) => {
      const output = outputFor(body.length);
      finish(output, encoder.encodeNow({ coding, level: levels[coding], body, output }), done);
    },
    encodeElsewhere: (coding, body, done) => {
      const output = outputFor(body.length);
      const job = { coding, level: levels[coding], body, output };
      encoder.encodeLater(job, (byteCount) => finish(output, byteCount, done));
    },
  };
}

const zlibBodyEncoder: BodyEncoder = {
  encodeNow: (coding, body, done) => done(zlibNow(coding, body)),
  encodeElsewhere: (coding, body, done) => {
    const over = (error: Error | null, encoded: Buffer): void => done(error === null ? encoded : null);
    if (coding === 'gzip') gzip(body, { level: GZIP_LEVEL }, over);
    else brotliCompress(body, brotliOf(body.length), over);
  },
};

function zlibNow(coding: Coding, body: Buffer): Buffer {
  if (coding === 'gzip') return gzipSync(body, { level: GZIP_LEVEL });
  return brotliCompressSync(body, brotliOf(body.length));
}

/** A window that reaches over the body is enough: a larger one is memory that is taken and given back for each body. */
function brotliOf(byteCount: number) {
  const windowBits = Math.max(constants.BROTLI_MIN_WINDOW_BITS, Math.ceil(Math.log2(byteCount)));
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: windowBits,
      [constants.BROTLI_PARAM_SIZE_HINT]: byteCount,
    },
  };
}
