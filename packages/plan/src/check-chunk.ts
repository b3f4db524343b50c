import { isAddress } from './address.ts';
import {
  boolean,
  type Check,
  type Checks,
  fields,
  integer,
  isRecord,
  list,
  nullable,
  oneOf,
  text,
} from './check.ts';
import {
  accessShape,
  addressSetShape,
  checkAccessRules,
  checkPolicyBlockRules,
  checkPolicyTableRules,
  policyBlockShape,
  policyTableShape,
} from './check-policy.ts';
import { checkPoolRules, poolShape } from './check-pool.ts';
import { checkTlsRules, tlsFieldsShape, tlsShape } from './check-tls.ts';
import { certificatePem, delayMs, id, port } from './check-values.ts';
import type {
  CertificateChunk,
  Chunk,
  ChunkKind,
  FlavorLimits,
  ForwardingHeaders,
  ListenerChunk,
  ListenerLimits,
  ListenerTimers,
} from './chunk.ts';

/** A second's new connections are counted in 20 bits. */
const maxPerSecond = 2 ** 20 - 1;

const address = text('an IPv4 or IPv6 literal', isAddress);
const timers: Checks<ListenerTimers> = {
  idleMs: delayMs(0),
  requestMs: delayMs(1),
  responseMs: delayMs(1),
  connectMs: delayMs(1),
};

const flavor: Checks<FlavorLimits> = {
  newConnectionsPerSecond: integer(0, maxPerSecond),
  concurrentConnections: integer(0, 2 ** 31 - 1),
  requestsPerSecond: integer(0, maxPerSecond),
  bitsPerSecond: integer(0, Number.MAX_SAFE_INTEGER),
};

const limits: Checks<ListenerLimits> = {
  newConnectionsPerSecond: integer(0, maxPerSecond),
  concurrentConnections: integer(0, 2 ** 31 - 1),
  flavor: nullable(fields(flavor)),
};

const forwarding: Checks<ForwardingHeaders> = {
  forwardedFor: oneOf('append', 'remove', 'preserve'),
  forwardedHost: boolean,
  forwardedProto: boolean,
  forwardedPort: boolean,
  forwardedForPort: boolean,
  realIp: boolean,
  loadBalancerId: nullable(id),
  publicAddress: nullable(address),
  tlsFields: tlsFieldsShape,
};

const listener: Checks<ListenerChunk> = {
  kind: oneOf('listener'),
  id,
  loadBalancerId: id,
  projectId: id,
  address,
  port,
  protocol: oneOf('HTTP', 'HTTPS'),
  tls: nullable(tlsShape),
  isHttp2Enabled: boolean,
  timers: fields(timers),
  limits: fields(limits),
  isRetryEnabled: boolean,
  forwarding: fields(forwarding),
  access: accessShape,
  hasPolicies: boolean,
  defaultPoolId: nullable(id),
  isCompressionEnabled: boolean,
  isAccessLogEnabled: boolean,
  sourceAddresses: list(address),
};

const certificate: Checks<CertificateChunk> = {
  kind: oneOf('certificate'),
  id,
  chainPem: certificatePem,
  sealedKey: nullable(text('a sealed key', (value) => value.length > 0)),
  revocationsPem: nullable(
    text('PEM text of revocation lists', (value) => value.includes('-----BEGIN X509 CRL-----')),
  ),
};

const shapes: Readonly<Record<ChunkKind, Check>> = {
  listener: fields(listener),
  pool: fields(poolShape),
  certificate: fields(certificate),
  addressSet: fields(addressSetShape),
  policyTable: fields(policyTableShape),
  policyBlock: fields(policyBlockShape),
};

export const chunkKind = oneOf(...Object.keys(shapes));

/**
 * What is wrong with a chunk as it came off the wire or the disk: types, ranges, unknown fields, and the rules between
 * its own fields. References to other chunks are judged where the whole plan is known.
 */
export function checkChunk(value: unknown): readonly string[] {
  const kind = isRecord(value) ? value.kind : undefined;
  if (!isChunkKind(kind)) return chunkKind(kind, 'kind');
  const problems = shapes[kind](value, kind);
  return problems.length > 0 ? problems : checkRules(value as Chunk);
}

function isChunkKind(kind: unknown): kind is ChunkKind {
  return typeof kind === 'string' && Object.hasOwn(shapes, kind);
}

function checkRules(chunk: Chunk): readonly string[] {
  if (chunk.kind === 'listener') return [...checkTls(chunk), ...checkAccessRules(chunk.access)];
  if (chunk.kind === 'policyTable') return checkPolicyTableRules(chunk);
  if (chunk.kind === 'policyBlock') return checkPolicyBlockRules(chunk);
  return chunk.kind === 'pool' ? checkPoolRules(chunk) : [];
}

function checkTls(chunk: ListenerChunk): readonly string[] {
  if ((chunk.tls !== null) !== (chunk.protocol === 'HTTPS'))
    return ['listener.tls must be present for HTTPS and null for HTTP'];
  if (chunk.tls === null) return chunk.isHttp2Enabled ? ['listener.isHttp2Enabled needs HTTPS'] : [];
  return checkTlsRules(chunk.tls);
}
