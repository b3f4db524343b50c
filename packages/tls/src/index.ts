export type { ClientCertificateFacts, ClientSocket, ClientVerdict, SecureFacts } from './client-socket.ts';
export type { ClientHello } from './client-hello.ts';
export type { ClientAuthorities, TlsSettings } from './context-options.ts';
export { type ClientCertificate, describeClientCertificate } from './client-certificate.ts';
export { EndpointCache } from './endpoint-cache.ts';
export { type Arrival, createGeneration, type Generation, type GenerationSettings } from './generation.ts';
export { HandshakeGate, type HandshakeLimits, type LeaveGate } from './handshake-gate.ts';
export type { HelloFacts } from './hello-facts.ts';
export type { NativeListener, NativeListenerEvents } from './native-engine.ts';
export type { NativeContext } from './native-loaded-context.ts';
export { type NativeCapability, nativeCapability, NativeEngine } from './native-engine.ts';
export { type NativeEncoder, nativeEncoder } from './native-encoder.ts';
export { nativeTicketKey } from './native-context.ts';
export { createReplayFilter, takeEarlyDataAfter } from './native-replay-filter.ts';
export type { NativeSocket } from './native-socket.ts';
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
