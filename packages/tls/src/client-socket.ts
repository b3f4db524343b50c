import type { Socket } from 'node:net';

/**
 * What the data plane uses of a client connection. A plain socket and a node:tls socket are one as they are; another
 * TLS engine offers an object with these members and the same rules for backpressure and events.
 */
export type ClientSocket = Pick<
  Socket,
  | 'on'
  | 'once'
  | 'off'
  | 'write'
  | 'end'
  | 'destroy'
  | 'pause'
  | 'resume'
  | 'writable'
  | 'writableLength'
  | 'bytesWritten'
  | 'remoteAddress'
  | 'remotePort'
>;

/** What TLS agreed on with a client. */
export interface SecureFacts {
  readonly alpn: 'h2' | 'http/1.1' | null;
  /** Version as OpenSSL names it, for example `TLSv1.3`. */
  readonly version: string;
  /** Suite as OpenSSL names it. */
  readonly cipher: string;
  /** The server name the client asked for, or null. */
  readonly serverName: string | null;
}
