import { availableParallelism } from 'node:os';
import {
  brotliCompress,
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createGzip,
  gzip,
  gzipSync,
  type BrotliCompress,
  type Gzip,
} from 'node:zlib';
import type { Coding } from '@elbow/traffic';

const GZIP_LEVEL = 4;
/** Half the time of gzip at its level, for about the same size. */
const BROTLI_QUALITY = 2;
/** What the window of a stream may take; a whole body has its own size for a bound. */
const STREAM_WINDOW_BITS = 18;
/** Shorter bodies are encoded on the spot: handing them to another thread takes longer. */
const IN_PLACE_BYTES = 8 * 1024;
/** Streams hold an encoder's memory for as long as their members please. */
const MOST_STREAMS = 256;

/** What is being encoded in this worker; beyond the bounds bodies go out as they are. */
export class Encoders {
  /** Bodies that other threads encode at this moment, bounded by the cores there are for it. */
  private tasks = 0;
  private streams = 0;
  /** True while this worker has no time for it: bodies go out as they are. */
  isUnderPressure = false;
  private readonly leftAlone: () => void;

  /** @param leftAlone called for each body that goes out as it is because too much is going on */
  constructor(leftAlone: () => void) {
    this.leftAlone = leftAlone;
  }

  /** Encodes a whole body. @param done null: it could not be encoded now, or not at all */
  encode(coding: Coding, body: Buffer, done: (encoded: Buffer | null) => void): void {
    const isShort = body.length <= IN_PLACE_BYTES;
    if (isShort && !this.isUnderPressure) return done(encodeNow(coding, body));
    if (this.isUnderPressure || this.tasks >= availableParallelism()) {
      this.leftAlone();
      return done(null);
    }
    this.tasks++;
    encodeElsewhere(coding, body, (error, encoded) => {
      this.tasks--;
      done(error === null ? encoded : null);
    });
  }

  /** An encoder for a body of unknown or great length; null when there are too many. Give it back with {@link end}. */
  open(coding: Coding): BrotliCompress | Gzip | null {
    if (this.isUnderPressure || this.streams >= MOST_STREAMS) {
      this.leftAlone();
      return null;
    }
    this.streams++;
    return coding === 'gzip' ? createGzip(streamGzip) : createBrotliCompress(streamBrotli);
  }

  end(encoder: BrotliCompress | Gzip): void {
    this.streams--;
    encoder.destroy();
  }
}

/** Everything that was put in comes out at once: a slow stream must not wait for its encoder. */
const streamGzip = { level: GZIP_LEVEL, flush: constants.Z_SYNC_FLUSH };
const streamBrotli = {
  flush: constants.BROTLI_OPERATION_FLUSH,
  params: {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: STREAM_WINDOW_BITS,
  },
};

function brotliOf(body: Buffer) {
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  };
}

function encodeNow(coding: Coding, body: Buffer): Buffer {
  return coding === 'gzip' ? gzipSync(body, { level: GZIP_LEVEL }) : brotliCompressSync(body, brotliOf(body));
}

function encodeElsewhere(
  coding: Coding,
  body: Buffer,
  done: (error: Error | null, encoded: Buffer) => void,
): void {
  if (coding === 'gzip') gzip(body, { level: GZIP_LEVEL }, done);
  else brotliCompress(body, brotliOf(body), done);
}
