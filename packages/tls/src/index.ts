export type { ClientSocket, SecureFacts } from './client-socket.ts';
export { type FirstBytes, inspectFirstByte } from './first-byte.ts';
export {
  createGeneration,
  type Generation,
  type GenerationEvents,
  type GenerationSettings,
} from './generation.ts';
export { sessionIdContextOf, ticketKeysFor } from './ticket-keys.ts';
