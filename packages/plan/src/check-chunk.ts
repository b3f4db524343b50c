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
import type {
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

const tlsVersions: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
/** The longest delay a timer of the runtime can hold. */
const maxDelayMs = 2 ** 31 - 1;
/** A second's new connections are counted in 20 bits. */
const maxPerSecond = 2 ** 20 - 1;

/** Ids travel in header fields and log lines, so the alphabet is closed. */
export const id = text('an id of 1 to 64 letters, digits, - and _', (value) => /^[\w-]{1,64}$/.test(value));
const address = text('an IPv4 or IPv6 literal', isAddress);
const port = integer(1, 65_535);
const certificatePem = text('PEM text of certificates', (value) =>
  value.includes('-----BEGIN CERTIFICATE-----'),
);
const cipherString = text('a list of cipher suites', (value) => /^[\w@=:+!-]{1,4096}$/.test(value));

const tls: Checks<ListenerTls> = {
  certificateId: id,
  minVersion: oneOf(...tlsVersions),
  maxVersion: oneOf(...tlsVersions),
  ciphers: cipherString,
};

const timers: Checks<ListenerTimers> = {
  idleMs: integer(0, maxDelayMs),
  requestMs: integer(1, maxDelayMs),
  responseMs: integer(1, maxDelayMs),
  connectMs: integer(1, maxDelayMs),
};

const limits: Checks<ListenerLimits> = {
  newConnectionsPerSecond: integer(0, maxPerSecond),
  concurrentConnections: integer(0, 2 ** 31 - 1),
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
};

const listener: Checks<ListenerChunk> = {
  kind: oneOf('listener'),
  id,
  loadBalancerId: id,
  address,
  port,
  protocol: oneOf('HTTP', 'HTTPS'),
  tls: nullable(fields(tls)),
  isHttp2Enabled: boolean,
  timers: fields(timers),
  limits: fields(limits),
  isRetryEnabled: boolean,
  forwarding: fields(forwarding),
  defaultPoolId: nullable(id),
  isAccessLogEnabled: boolean,
};

const member: Checks<MemberEntry> = { id, address, port, weight: integer(0, 100) };

const memberTls: Checks<MemberTls> = { caPem: nullable(certificatePem) };

const pool: Checks<PoolChunk> = {
  kind: oneOf('pool'),
  id,
  protocol: oneOf('HTTP', 'HTTPS', 'GRPC'),
  memberTls: nullable(fields(memberTls)),
  algorithm: oneOf('ROUND_ROBIN'),
  members: list(fields(member)),
};

const certificate: Checks<CertificateChunk> = {
  kind: oneOf('certificate'),
  id,
  chainPem: certificatePem,
  sealedKey: text('a sealed key', (value) => value.length > 0),
};

const shapes: Readonly<Record<ChunkKind, Check>> = {
  listener: fields(listener),
  pool: fields(pool),
  certificate: fields(certificate),
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
  if (chunk.kind === 'listener') return checkTls(chunk);
  return chunk.kind === 'pool' ? checkPoolRules(chunk) : [];
}

function checkPoolRules(chunk: PoolChunk): readonly string[] {
  if (new Set(chunk.members.map((entry) => entry.id)).size < chunk.members.length)
    return ['pool.members must have different ids'];
  return (chunk.memberTls !== null) === (chunk.protocol === 'HTTPS')
    ? []
    : ['pool.memberTls must be present for HTTPS and null otherwise'];
}

function checkTls(chunk: ListenerChunk): readonly string[] {
  if ((chunk.tls !== null) !== (chunk.protocol === 'HTTPS'))
    return ['listener.tls must be present for HTTPS and null for HTTP'];
  if (chunk.tls === null) return chunk.isHttp2Enabled ? ['listener.isHttp2Enabled needs HTTPS'] : [];
  return tlsVersions.indexOf(chunk.tls.minVersion) > tlsVersions.indexOf(chunk.tls.maxVersion)
    ? ['listener.tls.minVersion must not be above maxVersion']
    : [];
}
