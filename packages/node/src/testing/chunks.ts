import { chunkHash, makePlan } from '@elbow/plan';
import type { Chunk, ListenerChunk, Plan, PoolChunk } from '@elbow/plan';
import { sha256 } from '../sha256.ts';

/** A plain HTTP listener on a loopback address without limits. */
export function listenerChunk(
  fields: Partial<ListenerChunk> & Pick<ListenerChunk, 'id' | 'port'>,
): ListenerChunk {
  return {
    kind: 'listener',
    loadBalancerId: 'lb-1',
    projectId: 'project-1',
    address: '127.0.0.1',
    protocol: 'HTTP',
    tls: null,
    isHttp2Enabled: false,
    timers: { idleMs: 5000, requestMs: 5000, responseMs: 5000, connectMs: 1000 },
    limits: { newConnectionsPerSecond: 0, concurrentConnections: 0, requestsPerSecond: 0 },
    isRetryEnabled: true,
    forwarding: {
      forwardedFor: 'append',
      forwardedHost: false,
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
    defaultPoolId: null,
    isCompressionEnabled: false,
    isAccessLogEnabled: false,
    sourceAddresses: [],
    ...fields,
  };
}

/** A pool of members on 127.0.0.1, one per port, all of weight 1. */
export function poolChunk(id: string, ports: readonly number[]): PoolChunk {
  return {
    kind: 'pool',
    id,
    protocol: 'HTTP',
    memberTls: null,
    algorithm: 'ROUND_ROBIN',
    stickiness: null,
    slowStart: null,
    healthCheck: null,
    isFailOpen: false,
    passiveEjection: null,
    members: ports.map((port) => ({
      id: `${id}-${port}`,
      address: '127.0.0.1',
      port,
      weight: 1,
      slowStartAtMs: null,
    })),
  };
}

export function planOf(revision: number, chunks: readonly Chunk[]): Plan {
  return makePlan(revision, new Map(chunks.map((chunk) => [chunkHash(chunk, sha256), chunk])));
}
