import { availableParallelism } from 'node:os';
import { constants, createBrotliCompress, createGzip, type BrotliCompress, type Gzip } from 'node:zlib';
import type { Coding } from '@elbow/traffic';
import { BodyBuffers } from './body-buffers.ts';
import {
  type BodyEncoder,
  BROTLI_QUALITY,
  type Encoded,
  GZIP_LEVEL,
  openBodyEncoder,
} from './body-encoder.ts';

/** What the window of a stream may take; a whole body has its own size for a bound. */
const STREAM_WINDOW_BITS = 18;
/** Shorter bodies are encoded on the spot: handing them to another thread takes as long. */
const IN_PLACE_BYTES = 16 * 1024;
/** Bodies of a worker that other threads have or that wait for one: a few milliseconds of work, 16 MiB at the most. */
export const mostTasks = Math.min(64, 8 * availableParallelism());
/** Streams hold an encoder's memory for as long as their members please. */
const MOST_STREAMS = 256;

/** What is being encoded in this worker; beyond the bounds bodies go out as they are. */
export class Encoders {
  private tasks = 0;
  private streams = 0;
  /** True while this worker has no time for it: bodies go out as they are. */
  isUnderPressure = false;
  private readonly leftAlone: () => void;
  private readonly wholeBodies: BodyEncoder;
  /** Memory for the bodies that are given to {@link encode}. */
  readonly buffers = new BodyBuffers();

  /**
   * @param leftAlone called for each body that goes out as it is because too much is going on
   * @param isNative whether the native engine may be used
   */
  constructor(leftAlone: () => void, isNative: boolean) {
    this.leftAlone = leftAlone;
    this.wholeBodies = openBodyEncoder(isNative, this.buffers);
  }

  /** Encodes a whole body, which is not touched any more from `done` on. */
  encode(coding: Coding, body: Buffer, done: Encoded): void {
    if (this.isUnderPressure) return this.leaveAlone(done);
    if (body.length <= IN_PLACE_BYTES) return this.wholeBodies.encodeNow(coding, body, done);
    if (this.tasks >= mostTasks) return this.leaveAlone(done);
    this.tasks++;
    this.wholeBodies.encodeElsewhere(coding, body, (encoded) => {
      this.tasks--;
      done(encoded);
    });
  }

  private leaveAlone(done: Encoded): void {
    this.leftAlone();
    done(null);
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
