import { chunkHash, makePlan } from '@elbow/plan';
import type { Chunk, ListenerChunk, Plan, PoolChunk } from '@elbow/plan';
import { sampleHttpListener, sampleMember, samplePool } from '@elbow/plan/testing';
import { sha256 } from '../sha256.ts';

/** A plain HTTP listener on a loopback address without limits. */
export function listenerChunk(
  fields: Partial<ListenerChunk> & Pick<ListenerChunk, 'id' | 'port'>,
): ListenerChunk {
  return sampleHttpListener(fields);
}

/** A pool of members on 127.0.0.1, one per port, all of weight 1. */
export function poolChunk(id: string, ports: readonly number[]): PoolChunk {
  return samplePool({ id, members: ports.map((port) => sampleMember({ id: `${id}-${port}`, port })) });
}

export function planOf(revision: number, chunks: readonly Chunk[]): Plan {
  return makePlan(revision, new Map(chunks.map((chunk) => [chunkHash(chunk, sha256), chunk])));
}
