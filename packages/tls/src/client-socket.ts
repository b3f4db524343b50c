import type { Socket } from 'node:net';
import type { HelloFacts } from './hello-facts.ts';

/**
 * What the data plane uses of a client connection. A plain socket and a node:tls socket are one as they are; another
 * TLS engine offers an object with these members and the same rules for backpressure and events. Whoever listens for
 * `data` copies what is to outlive the event: an engine may use its buffer again.
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
> &
  Partial<Pick<Socket, 'resetAndDestroy' | 'cork'>>;

/** `none`: the client showed no certificate; `bad`: one that does not verify. */
export type ClientVerdict = 'none' | 'bad' | 'good';

export interface ClientCertificateFacts {
  readonly verdict: ClientVerdict;
  /** Why the verdict is `bad`; else null. */
  readonly reason: string | null;
  /** DER of the leaf. */
  readonly certificate: Buffer | null;
}

/** What TLS agreed on with a client; fixed for the connection's life. */
export interface SecureFacts {
  readonly alpn: 'h2' | 'http/1.1' | null;
  /** Version as OpenSSL names it, for example `TLSv1.3`. */
  readonly version: string;
  /** Suite as OpenSSL names it. */
  readonly cipher: string;
  /** The server name the client asked for, or null. */
  readonly serverName: string | null;
  readonly isResumed: boolean;
  /** Null when clients are not asked for a certificate. */
  readonly client: ClientCertificateFacts | null;
  /** What is told by the client's first message; null where nobody asked for it, or the engine keeps it to itself. */
  readonly hello?: HelloFacts | null;
  /** Id of the certificate that this side shows on such a connection; null where the engine cannot tell. */
  shownCertificateId?(): string | null;
}
