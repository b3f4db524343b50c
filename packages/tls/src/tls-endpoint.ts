import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { SecureFacts } from './client-socket.ts';
import { contextOptions, type TlsSettings } from './context-options.ts';
import type { HelloFacts } from './hello-facts.ts';
import { nodeSecureFacts } from './node-secure-facts.ts';
import type { ServerIdentity } from './server-identity.ts';

export interface EndpointSettings extends TlsSettings {
  readonly isHttp2Enabled: boolean;
}

export interface TlsEvents {
  onSecure(socket: TLSSocket, facts: SecureFacts): void;
  /** A handshake failed or took too long; the socket is gone or about to be. */
  onHandshakeError(error: Error): void;
}

export interface Handshake {
  readonly hello: HelloFacts | null;
  /** Called once when the handshake is over, however it ended. */
  readonly done: () => void;
}

/** TLS with one set of certificates: a server of node:tls that never listens. */
export interface TlsEndpoint {
  /** @param ticketKeys those of now; tickets made with others do not resume */
  accept(socket: Socket, handshake: Handshake, ticketKeys: Buffer): void;
}

const HANDSHAKE_TIMEOUT_MS = 10_000;

/** @throws when OpenSSL refuses the certificates, a key or the cipher string; the message says which */
export function createEndpoint(
  settings: EndpointSettings,
  identities: readonly ServerIdentity[],
  events: TlsEvents,
): TlsEndpoint {
  const server = createServer({
    ...contextOptions(settings, identities),
    ALPNProtocols: settings.isHttp2Enabled ? ['h2', 'http/1.1'] : ['http/1.1'],
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    // Whether a client may come in is decided for each request, so that a person sees why not.
    requestCert: settings.clients !== null,
    rejectUnauthorized: false,
  });
  const asksForCertificate = settings.clients !== null;
  const parts: Parts = { server, underWay: new Map(), asksForCertificate, identities };
  server.on('secureConnection', (socket) => secured(parts, socket, events));
  server.on('tlsClientError', (error, socket) => {
    events.onHandshakeError(error);
    socket.destroy();
  });
  let keys: Buffer | null = null;
  return {
    accept: (socket, handshake, ticketKeys) => {
      if (keys !== ticketKeys) server.setTicketKeys(ticketKeys);
      keys = ticketKeys;
      accept(parts, socket, { hello: handshake.hello, done: once(handshake.done) });
    },
  };
}

interface Parts {
  readonly server: Server;
  /** By the client's address and port: node:tls does not say which accepted socket a secure one came from. */
  readonly underWay: Map<string, Handshake>;
  readonly asksForCertificate: boolean;
  readonly identities: readonly ServerIdentity[];
}

function accept({ server, underWay }: Parts, socket: Socket, handshake: Handshake): void {
  const peer = peerOf(socket);
  underWay.set(peer, handshake);
  socket.once('close', () => {
    handshake.done();
    if (underWay.get(peer) === handshake) underWay.delete(peer);
  });
  // A client that leaves within the handshake is gone; the secure socket takes this over from the plain one.
  socket.allowHalfOpen = false;
  server.emit('connection', socket);
}

function secured(parts: Parts, socket: TLSSocket, events: TlsEvents): void {
  const { underWay, asksForCertificate, identities } = parts;
  // A client that renegotiates asks for work it does not pay for, and HTTP/2 forbids it (RFC 9113 §9.2.1).
  socket.disableRenegotiation();
  // From here on what the end of a client's half means is a matter of HTTP.
  socket.allowHalfOpen = true;
  const peer = peerOf(socket);
  const handshake = underWay.get(peer);
  underWay.delete(peer);
  handshake?.done();
  const hello = handshake?.hello ?? null;
  events.onSecure(socket, nodeSecureFacts(socket, { asksForCertificate, hello, identities }));
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}

function peerOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}
