export type { ClientCertificateFacts, ClientSocket, ClientVerdict, SecureFacts } from './client-socket.ts';
export type { ClientHello } from './client-hello.ts';
export type { ClientAuthorities, TlsSettings } from './context-options.ts';
export { type ClientCertificate, describeClientCertificate } from './client-certificate.ts';
export { EndpointCache } from './endpoint-cache.ts';
export { type Arrival, createGeneration, type Generation, type GenerationSettings } from './generation.ts';
export { HandshakeGate, type HandshakeLimits, type LeaveGate } from './handshake-gate.ts';
export type { HelloFacts } from './hello-facts.ts';
export { createNameTable, type NameMatch, type NameTable } from './name-table.ts';
export { type FirstFlight, receiveHello } from './receive-hello.ts';
export type { OpenedIdentity, ServerIdentity } from './server-identity.ts';
export { sessionIdContextOf, ticketKeysFor } from './ticket-keys.ts';
export {
  createTicketRoots,
  ROOT_BYTES,
  ROOTS_KEPT,
  TicketKeyBook,
  writeTicketRoots,
} from './ticket-roots.ts';
export type { EndpointSettings, TlsEvents } from './tls-endpoint.ts';
