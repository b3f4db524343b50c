import type { Socket } from 'node:net';

const TLS_HANDSHAKE_RECORD = 0x16;

/** What a client sent first on a port that expects TLS. */
export type FirstBytes = 'tls' | 'other' | 'nothing';

/**
 * Looks at a client's first byte before TLS does, so that plain HTTP on an HTTPS port gets an answer a person can
 * read. The bytes are put back; `decide` runs exactly once, unless the socket closes first.
 *
 * @param timeoutMs how long to wait for the first byte; a client that connects and says nothing costs a descriptor
 */
export function inspectFirstByte(
  socket: Socket,
  timeoutMs: number,
  decide: (seen: FirstBytes) => void,
): void {
  const finish = (seen: FirstBytes): void => {
    socket.removeListener('readable', onReadable);
    socket.removeListener('end', onEnd);
    socket.setTimeout(0, onTimeout);
    socket.removeListener('timeout', onTimeout);
    decide(seen);
  };
  const onReadable = (): void => {
    const bytes = socket.read() as Buffer | null;
    if (bytes === null || bytes.length === 0) return;
    socket.unshift(bytes);
    finish(bytes[0] === TLS_HANDSHAKE_RECORD ? 'tls' : 'other');
  };
  const onEnd = (): void => finish('nothing');
  const onTimeout = (): void => finish('nothing');
  socket.on('readable', onReadable);
  socket.on('end', onEnd);
  socket.setTimeout(timeoutMs, onTimeout);
}
