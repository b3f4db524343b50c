import type { CertificateChunk, Chunk, ChunkKind, ListenerChunk, PoolChunk } from '@elbow/plan';
import type { SlotRef } from '../shared/slot-arena.ts';
import type { SharedChunk } from '../worker-messages.ts';

/** What a worker holds of the plan: text in shared memory, decoded when it is needed. */
export class ChunkStore {
  private readonly shared = new Map<string, SharedChunk>();
  private readonly arenas: Int32Array[] = [];

  addArena(index: number, buffer: SharedArrayBuffer): void {
    this.arenas[index] = new Int32Array(buffer);
  }

  put(chunk: SharedChunk): void {
    this.shared.set(key(chunk.kind, chunk.id), chunk);
  }

  remove(kind: ChunkKind, id: string): void {
    this.shared.delete(key(kind, id));
  }

  all(kind: ChunkKind): SharedChunk[] {
    return [...this.shared.values()].filter((chunk) => chunk.kind === kind);
  }

  get(kind: ChunkKind, id: string): SharedChunk | null {
    return this.shared.get(key(kind, id)) ?? null;
  }

  /** Words of the arena in which a slot lies. */
  words(slot: Pick<SlotRef, 'arena'>): Int32Array {
    const words = this.arenas[slot.arena];
    if (words === undefined) throw new Error(`arena ${slot.arena} was never announced`);
    return words;
  }
}

interface ByKind {
  readonly listener: ListenerChunk;
  readonly pool: PoolChunk;
  readonly certificate: CertificateChunk;
}

/** Reads a chunk of a known kind; the node's main thread has validated it before it was shared. */
export function decodeChunk<K extends keyof ByKind>(kind: K, shared: SharedChunk): ByKind[K] {
  const chunk = JSON.parse(Buffer.from(shared.json).toString('utf8')) as Chunk;
  if (chunk.kind !== kind) throw new Error(`chunk ${shared.id} is a ${chunk.kind}, not a ${kind}`);
  return chunk as ByKind[K];
}

function key(kind: ChunkKind, id: string): string {
  return `${kind} ${id}`;
}
