import type {
  CertificateChunk,
  Chunk,
  ChunkKind,
  ListenerChunk,
  PolicyTableChunk,
  PoolChunk,
} from '@elbow/plan';
import type { SlotRef } from '../shared/slot-arena.ts';
import type { SharedChunk } from '../worker-messages.ts';

/** What a worker holds of the plan: text in shared memory, decoded when it is needed. */
export class ChunkStore {
  /** By kind, then by id. */
  private readonly shared = new Map<ChunkKind, Map<string, SharedChunk>>();
  private readonly arenas: Int32Array[] = [];

  addArena(index: number, buffer: SharedArrayBuffer): void {
    this.arenas[index] = new Int32Array(buffer);
  }

  put(chunk: SharedChunk): void {
    const known = this.shared.get(chunk.kind);
    if (known === undefined) this.shared.set(chunk.kind, new Map([[chunk.id, chunk]]));
    else known.set(chunk.id, chunk);
  }

  remove(kind: ChunkKind, id: string): void {
    this.shared.get(kind)?.delete(id);
  }

  all(kind: ChunkKind): SharedChunk[] {
    return [...(this.shared.get(kind)?.values() ?? [])];
  }

  get(kind: ChunkKind, id: string): SharedChunk | null {
    return this.shared.get(kind)?.get(id) ?? null;
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
  readonly policyTable: PolicyTableChunk;
}

/** Reads a chunk of a known kind; the node's main thread has validated it before it was shared. */
export function decodeChunk<K extends keyof ByKind>(kind: K, shared: SharedChunk): ByKind[K] {
  const chunk = JSON.parse(Buffer.from(shared.json).toString('utf8')) as Chunk;
  if (chunk.kind !== kind) throw new Error(`chunk ${shared.id} is a ${chunk.kind}, not a ${kind}`);
  return chunk as ByKind[K];
}
