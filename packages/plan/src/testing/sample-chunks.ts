import type {
  CertificateChunk,
  Chunk,
  HealthCheck,
  ListenerChunk,
  MemberEntry,
  PoolChunk,
} from '../chunk.ts';
import { chunkHash, type Hash } from '../chunk-hash.ts';

/** Chunks for tests of all rooms: valid as they are, any field replaceable. This one speaks TLS. */
export function sampleListener(changes: Partial<ListenerChunk> = {}): ListenerChunk {
  return {
    kind: 'listener',
    id: 'listener-1',
    loadBalancerId: 'lb-1',
    projectId: 'project-1',
    address: '127.0.0.2',
    port: 443,
    protocol: 'HTTPS',
    tls: {
      certificateId: 'certificate-1',
      names: [],
      nameMatch: 'wildcard',
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      versionsLeftOut: [],
      ciphers: 'ECDHE-RSA-AES256-GCM-SHA384',
      clientAuthorityId: null,
      takesEarlyData: false,
    },
    isHttp2Enabled: false,
    timers: { idleMs: 60_000, requestMs: 60_000, responseMs: 60_000, connectMs: 5_000 },
    limits: { newConnectionsPerSecond: 0, concurrentConnections: 0, flavor: null },
    isRetryEnabled: true,
    forwarding: {
      forwardedFor: 'append',
      forwardedHost: true,
      forwardedProto: false,
      forwardedPort: false,
      forwardedForPort: false,
      realIp: false,
      loadBalancerId: null,
      publicAddress: null,
      tlsFields: [],
    },
    access: { mode: 'all', setIds: [] },
    hasPolicies: false,
    defaultPoolId: 'pool-1',
    isCompressionEnabled: false,
    isAccessLogEnabled: false,
    sourceAddresses: [],
    ...changes,
  };
}

/** A listener without TLS on loopback that adds one field to requests and has no pool. */
export function sampleHttpListener(changes: Partial<ListenerChunk> = {}): ListenerChunk {
  const { forwarding } = sampleListener();
  return sampleListener({
    address: '127.0.0.1',
    port: 80,
    protocol: 'HTTP',
    tls: null,
    timers: { idleMs: 5000, requestMs: 5000, responseMs: 5000, connectMs: 1000 },
    forwarding: { ...forwarding, forwardedHost: false },
    defaultPoolId: null,
    ...changes,
  });
}

export function sampleMember(changes: Partial<MemberEntry> = {}): MemberEntry {
  return { id: 'member-1', address: '127.0.0.1', port: 8080, weight: 1, slowStartAtMs: null, ...changes };
}

export function samplePool(changes: Partial<PoolChunk> = {}): PoolChunk {
  return {
    kind: 'pool',
    id: 'pool-1',
    protocol: 'HTTP',
    memberTls: null,
    algorithm: 'ROUND_ROBIN',
    stickiness: null,
    slowStart: null,
    healthCheck: null,
    isFailOpen: false,
    passiveEjection: null,
    members: [sampleMember()],
    ...changes,
  };
}

export function sampleHealthCheck(changes: Partial<HealthCheck> = {}): HealthCheck {
  return {
    type: 'HTTP',
    port: null,
    domainName: null,
    virtualAddress: null,
    path: '/',
    method: 'GET',
    expectedCodes: [{ from: 200, to: 200 }],
    intervalMs: 5000,
    timeoutMs: 3000,
    healthyThreshold: 3,
    unhealthyThreshold: 3,
    sourceAddresses: [],
    ...changes,
  };
}

export function sampleCertificate(changes: Partial<CertificateChunk> = {}): CertificateChunk {
  const chainPem = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
  return {
    kind: 'certificate',
    id: 'certificate-1',
    chainPem,
    sealedKey: 'sealed',
    revocationsPem: null,
    ...changes,
  };
}

/** The delivery that names exactly these chunks, all of them enclosed. */
export function sampleDelivery(revision: number, chunks: readonly Chunk[], hash: Hash) {
  const named = chunks.map((chunk) => ({ chunk, hash: chunkHash(chunk, hash) }));
  return {
    manifest: {
      revision,
      entries: named.map(({ chunk, hash }) => ({ kind: chunk.kind, id: chunk.id, hash })),
    },
    chunks: Object.fromEntries(named.map(({ chunk, hash }) => [hash, chunk])),
  };
}
