export { CHUNK_BYTES, ChunkPool, chunkPool } from './chunk-pool.ts';
export { STALL_LIMIT_MS } from './endpoint.ts';
export { ErrorCode } from './error-code.ts';
export { defaultFloodBudgets, type FloodBudgets, type Nuisance } from './flood-guard.ts';
export { CONNECTION_PREFACE } from './frame-type.ts';
export { type FieldSink, HpackDecoder, type HpackLimits, type HpackOutcome } from './hpack/decoder.ts';
export { HpackEncoder } from './hpack/encoder.ts';
export type { ResponseBlock } from './hpack/recent-blocks.ts';
export { HIGH_WATER_BYTES } from './send-scheduler.ts';
export {
  DRAIN_PROBE_MS,
  Http2ServerConnection,
  type Http2ServerEvents,
  type Http2ServerOptions,
} from './server-connection.ts';
export { defaultSettings, type Http2Settings } from './settings.ts';
export {
  defaultClientSettings,
  Http2ClientConnection,
  type Http2ClientEvents,
  type Http2ClientOptions,
  type Http2Request,
  type Http2ResponseEvents,
} from './client-connection.ts';
