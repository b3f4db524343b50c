import { entryKey } from '@elbow/plan';
import type { Chunk, Plan } from '@elbow/plan';
import type { SharedChunk, SlotRef } from '@elbow/proxy';
import type { SlotAllocator } from './slot-allocator.ts';
import type { ChunkMap } from './worker-delta.ts';
import type { Target } from './worker-thread.ts';

/**
 * Turns plans into what workers get: each chunk written once as JSON into shared memory, each listener and pool with
 * its slot, which it keeps through all its changes.
 */
export class TargetMaker {
  private readonly slots: SlotAllocator;
  private chunks: ChunkMap = new Map();
  private version = 0;

  constructor(slots: SlotAllocator) {
    this.slots = slots;
  }

  /** The next target: `plan` without the listeners that are refused. */
  make(plan: Plan, isRefused: (listener: string) => boolean): Target {
    const version = ++this.version;
    const chunks = new Map<string, SharedChunk>();
    for (const [hash, chunk] of plan.chunks) {
      if (chunk.kind === 'listener' && isRefused(chunk.id)) continue;
      chunks.set(entryKey(chunk), this.share(hash, chunk));
    }
    for (const [key, { slot }] of this.chunks) {
      if (slot !== null && !chunks.has(key)) this.slots.retire(slot, version);
    }
    this.chunks = chunks;
    return { version, revision: plan.revision, chunks };
  }

  private share(hash: string, chunk: Chunk): SharedChunk {
    const earlier = this.chunks.get(entryKey(chunk));
    if (earlier?.hash === hash) return earlier;
    const { kind, id } = chunk;
    return {
      kind,
      id,
      hash,
      json: sharedJson(chunk),
      slot: earlier === undefined ? this.newSlot(chunk) : earlier.slot,
    };
  }

  private newSlot(chunk: Chunk): SlotRef | null {
    return chunk.kind === 'certificate' ? null : this.slots.allocate();
  }
}

function sharedJson(chunk: Chunk): SharedArrayBuffer {
  const bytes = new TextEncoder().encode(JSON.stringify(chunk));
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  return shared;
}
