import type { Socket } from 'node:net';
import { helloProgress } from './hello-progress.ts';

const TLS_HANDSHAKE_RECORD = 0x16;

/** What a client sent first on a port that expects TLS. */
export type FirstFlight =
  /** A complete client hello, as far as can be seen from outside. */
  | { readonly kind: 'hello'; readonly bytes: Buffer }
  | { readonly kind: 'too-long' }
  /** Handshake records with something else in them than a client hello. */
  | { readonly kind: 'broken' }
  /** Something else than TLS. */
  | { readonly kind: 'other' }
  /** Not enough within the time, or the client left. */
  | { readonly kind: 'nothing' };

/**
 * Waits for a client's hello before TLS does: plain HTTP on an HTTPS port gets an answer a person can read, and a
 * client that says nothing, too little or too much never costs a TLS session. The bytes are put back; `decide` runs
 * exactly once, unless the socket closes first.
 *
 * @param timeoutMs for the whole hello, however many pieces it comes in
 */
export function receiveHello(socket: Socket, timeoutMs: number, decide: (seen: FirstFlight) => void): void {
  let collected: Buffer | null = null;
  const finish = (seen: FirstFlight): void => {
    clearTimeout(deadline);
    socket.off('readable', onReadable).off('end', onEnd).off('close', onClose);
    if (collected !== null) socket.unshift(collected);
    decide(seen);
  };
  const onReadable = (): void => {
    const bytes = socket.read() as Buffer | null;
    if (bytes === null || bytes.length === 0) return;
    collected = collected === null ? bytes : Buffer.concat([collected, bytes]);
    const seen = judge(collected);
    if (seen !== null) finish(seen);
  };
  const onEnd = (): void => finish({ kind: 'nothing' });
  const onClose = (): void => clearTimeout(deadline);
  const deadline = setTimeout(onEnd, timeoutMs);
  socket.on('readable', onReadable).on('end', onEnd).on('close', onClose);
}

/** @returns null while more has to come */
function judge(bytes: Buffer): FirstFlight | null {
  if (bytes[0] !== TLS_HANDSHAKE_RECORD) return { kind: 'other' };
  const progress = helloProgress(bytes);
  if (progress === 'incomplete') return null;
  return progress === 'complete' ? { kind: 'hello', bytes } : { kind: progress };
}
