import { chunkHash, makePlan } from '@elbow/plan';
import type { Chunk, ListenerChunk, Plan, PoolChunk } from '@elbow/plan';
import { sampleHttpListener, sampleMember, samplePool } from '@elbow/plan/testing';
import type { SharedChunk } from '@elbow/proxy';
import type { Counted } from '../collect-metrics.ts';
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

/** A pool as a node holds it, without rows and slots unless told otherwise. */
export function countedPool(chunk: PoolChunk, shared: Partial<SharedChunk> = {}): Counted {
  const { kind, id } = chunk;
  const nothing = { slot: null, ownerSlot: null, counterRows: [], memberSlots: [] };
  return { chunk, shared: { kind, id, hash: '', json: new SharedArrayBuffer(0), ...nothing, ...shared } };
}

export function planOf(revision: number, chunks: readonly Chunk[]): Plan {
  return makePlan(revision, new Map(chunks.map((chunk) => [chunkHash(chunk, sha256), chunk])));
}
