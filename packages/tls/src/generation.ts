import type { Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { TlsVersion } from '@elbow/plan';

export interface GenerationSettings {
  /** Leaf first, then intermediates. */
  readonly chainPem: string;
  readonly keyPem: string;
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  /** OpenSSL cipher string, server order. */
  readonly ciphers: string;
  readonly isHttp2Enabled: boolean;
  /** 48 bytes, equal in all workers, so that a ticket of one resumes at another. */
  readonly ticketKeys: Buffer;
  /**
   * 32 hex digits over everything that decides who may connect. A ticket from under another context does not
   * resume; without it a session earned before a change of client verification would pass as verified.
   */
  readonly sessionIdContext: string;
}

export interface GenerationEvents {
  onSecure(socket: TLSSocket): void;
  /** A handshake failed or took too long; the socket is gone or about to be. */
  onHandshakeError(error: Error): void;
}

/** One set of TLS settings in force. It takes accepted sockets; it never listens. */
export interface Generation {
  accept(socket: Socket): void;
}

const HANDSHAKE_TIMEOUT_MS = 10_000;

/**
 * Makes the TLS side of a listener as it is now. The port belongs to a plain server that outlives all generations:
 * a change of certificate or policy makes a new one for new connections and leaves open ones alone.
 * @throws when OpenSSL refuses the certificate, the key or the cipher string; the message says which
 */
export function createGeneration(settings: GenerationSettings, events: GenerationEvents): Generation {
  const server = createServer({
    cert: settings.chainPem,
    key: settings.keyPem,
    minVersion: settings.minVersion,
    maxVersion: settings.maxVersion,
    ciphers: settings.ciphers,
    honorCipherOrder: true,
    ecdhCurve: 'X25519:P-256:P-384:P-521',
    ALPNProtocols: settings.isHttp2Enabled ? ['h2', 'http/1.1'] : ['http/1.1'],
    ticketKeys: settings.ticketKeys,
    sessionIdContext: settings.sessionIdContext,
    sessionTimeout: SESSION_LIFETIME_SECONDS,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    allowHalfOpen: true,
  });
  server.on('secureConnection', (socket) => {
    // A client that renegotiates asks for work it does not pay for, and HTTP/2 forbids it (RFC 9113 §9.2.1).
    socket.disableRenegotiation();
    events.onSecure(socket);
  });
  server.on('tlsClientError', (error, socket) => {
    events.onHandshakeError(error);
    socket.destroy();
  });
  return { accept: (socket) => void server.emit('connection', socket) };
}

const SESSION_LIFETIME_SECONDS = 600;
