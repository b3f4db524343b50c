export { addressKey } from './address.ts';
export { type AssembledPlan, assemblePlan, type ReceivedPlan } from './assemble-plan.ts';
export { canonicalJson } from './canonical-json.ts';
export type { Checked } from './check.ts';
export { checkChunk } from './check-chunk.ts';
export { checkFromNode, checkManifest, checkToNode, type ReceivedToNode } from './check-message.ts';
export { checkPlan, socketKey } from './check-plan.ts';
export type {
  CertificateChunk,
  Chunk,
  ChunkKind,
  ForwardingHeaders,
  ListenerChunk,
  ListenerLimits,
  ListenerTimers,
  ListenerTls,
  MemberEntry,
  MemberTls,
  PoolChunk,
  TlsVersion,
} from './chunk.ts';
export { chunkHash, type Hash } from './chunk-hash.ts';
export type {
  Capabilities,
  FromNode,
  Manifest,
  ManifestEntry,
  NodeFacts,
  ObjectTrouble,
  Observation,
  ToNode,
  WorkerState,
} from './delivery.ts';
export { encodeMessage, FramingError, MessageReader, maxMessageBytes } from './message-framing.ts';
export {
  type ChunkOf,
  emptyPlan,
  entryKey,
  findChunk,
  makePlan,
  type Plan,
  referencesOf,
  type ServedEntry,
  type ServedManifest,
} from './plan.ts';
export { type PlanMessage, planDelta } from './plan-delta.ts';
export { decodePlanFile, encodePlanFile } from './plan-file.ts';
export { nodeSocketPath } from './socket-path.ts';
