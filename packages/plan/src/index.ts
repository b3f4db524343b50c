export { addressKey, isAddress } from './address.ts';
export { type AssembledPlan, assemblePlan, type ReceivedPlan } from './assemble-plan.ts';
export { canonicalJson } from './canonical-json.ts';
export type { Checked } from './check.ts';
export { certificatesForName } from './certificate-for-name.ts';
export { createNameTable, type NameMatch, type NameTable } from './name-table.ts';
export { checkChunk } from './check-chunk.ts';
export { checkFromNode, checkManifest, checkToNode, type ReceivedToNode } from './check-message.ts';
export { checkPlan, socketKey } from './check-plan.ts';
export type {
  CertificateChunk,
  Chunk,
  ChunkKind,
  CodeRange,
  FlavorLimits,
  ForwardingHeaders,
  HealthCheck,
  ListenerChunk,
  ListenerLimits,
  ListenerTimers,
  ListenerTls,
  MemberEntry,
  MemberTls,
  NamedCertificates,
  PassiveEjection,
  PoolChunk,
  SlowStart,
  Stickiness,
  TlsFact,
  TlsField,
  TlsVersion,
} from './chunk.ts';
export { tlsFacts } from './chunk.ts';
export { chunkHash, type Hash } from './chunk-hash.ts';
export {
  type ClientCounter,
  clientCounters,
  clientRowLength,
  latencyBoundsMs,
  latencyBucket,
  latencyBuckets,
  type ListenerCounts,
  type MemberCounts,
  mostCountedObjects,
  type NodeCounter,
  nodeCounters,
  type NodeMetrics,
  type PoolCounts,
  type UpstreamCounter,
  upstreamCounters,
  upstreamRowLength,
} from './counters.ts';
export type {
  AddressSetChunk,
  ConnectionFact,
  CorsRules,
  FieldWrite,
  FixedAnswerAction,
  ForwardAction,
  ListenerAccess,
  PathCompare,
  PolicyAction,
  PolicyCondition,
  PolicyEntry,
  PolicyBlockChunk,
  PolicyTableChunk,
  PoolShare,
  RedirectAction,
  RequestRateLimit,
} from './policy-chunk.ts';
export type {
  Capabilities,
  FromNode,
  Manifest,
  ManifestEntry,
  NodeFacts,
  ObjectTrouble,
  Observation,
  PlanChange,
  ToNode,
  WorkerState,
} from './delivery.ts';
export {
  type CheckTranscript,
  type HealthFailureCode,
  healthFailureCodes,
  type HealthReason,
  type HealthStatus,
  type MemberHealth,
  mostReportedMembers,
  mostTranscriptSteps,
  type OneOffCheck,
  type TranscriptStep,
} from './member-health.ts';
export type { Log, LogFacts, LogLevel } from './log.ts';
export type { MemberSeen } from './member-seen.ts';
export { encodeMessage, FramingError, MessageReader, maxMessageBytes } from './message-framing.ts';
export {
  certificatesOf,
  type ChunkOf,
  emptyPlan,
  entryKey,
  findChunk,
  makePlan,
  type Plan,
  poolsOf,
  referencesOf,
  type ServedEntry,
  type ServedManifest,
} from './plan.ts';
export { applyPlanChange, planChange, planDelta, type PlanMessage } from './plan-delta.ts';
export { decodePlanFile, encodePlanFile } from './plan-file.ts';
export { nodeSocketPath } from './socket-path.ts';
