import {
  type Chunk,
  clientRowLength,
  type ListenerCounts,
  mostCountedObjects,
  nodeCounters,
  type NodeMetrics,
  type PoolCounts,
  upstreamRowLength,
} from '@elbow/plan';
import { NODE_ROW, type SharedChunk } from '@elbow/proxy';
import type { CounterAllocator } from './counter-allocator.ts';
import type { SlotAllocator } from './slot-allocator.ts';

/** An object as it is served, and what the workers share of it. */
export interface Counted {
  readonly chunk: Chunk;
  readonly shared: SharedChunk;
}

export interface CountedBy {
  readonly counters: CounterAllocator;
  readonly slots: SlotAllocator;
  readonly startedAtMs: number;
}

/** Adds up what all workers counted. Listeners come first, then pools with their members, until there are too many. */
export function collectMetrics(served: readonly Counted[], by: CountedBy): NodeMetrics {
  const budget = { left: mostCountedObjects, omitted: 0 };
  const listeners: ListenerCounts[] = [];
  for (const { chunk, shared } of served) {
    if (chunk.kind !== 'listener' || !spend(budget)) continue;
    const openConnections = shared.slot === null ? 0 : by.slots.openConnections(shared.slot);
    const { id, loadBalancerId } = chunk;
    listeners.push({ id, loadBalancerId, openConnections, ...pairOf(shared, by) });
  }
  const pools: PoolCounts[] = [];
  for (const { chunk, shared } of served) {
    if (chunk.kind !== 'pool' || !spend(budget)) continue;
    const [, , ...rows] = shared.counterRows;
    const members = chunk.members
      .map(({ id }, at) => ({ id, row: rows[at]! }))
      .filter(() => spend(budget))
      .map(({ id, row }) => ({ id, upstream: by.counters.sum(row, upstreamRowLength) }));
    pools.push({ id: chunk.id, ...pairOf(shared, by), members });
  }
  const node = by.counters.sum(NODE_ROW, nodeCounters.length);
  return { startedAtMs: by.startedAtMs, node, listeners, pools, omitted: budget.omitted };
}

function spend(budget: { left: number; omitted: number }): boolean {
  if (budget.left === 0) budget.omitted++;
  else budget.left--;
  return budget.omitted === 0;
}

function pairOf({ counterRows: [client, upstream] }: SharedChunk, { counters }: CountedBy) {
  return {
    client: counters.sum(client!, clientRowLength),
    upstream: counters.sum(upstream!, upstreamRowLength),
  };
}
