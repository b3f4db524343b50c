import type { CertificateChunk, Chunk, ChunkKind, ListenerChunk, PoolChunk } from './chunk.ts';
import type { Manifest, ManifestEntry } from './delivery.ts';

/** What one node serves at one revision. Never changed after it was made: a change is another plan. */
export interface Plan {
  readonly revision: number;
  /** Everything served; each entry has its hash, the hash of what was kept included. */
  readonly manifest: ServedManifest;
  /** Every chunk by its hash. */
  readonly chunks: ReadonlyMap<string, Chunk>;
  readonly listeners: ReadonlyMap<string, ListenerChunk>;
  readonly pools: ReadonlyMap<string, PoolChunk>;
  readonly certificates: ReadonlyMap<string, CertificateChunk>;
}

export interface ServedManifest extends Manifest {
  readonly entries: readonly ServedEntry[];
}

export interface ServedEntry extends ManifestEntry {
  readonly hash: string;
}

export type ChunkOf<K extends ChunkKind> = Extract<Chunk, { readonly kind: K }>;

/** What a node serves before its first plan. */
export const emptyPlan: Plan = makePlan(0, new Map());

/** Indexes chunks by what they are. Does not judge them: plans from outside go through `assemblePlan`. */
export function makePlan(revision: number, chunks: ReadonlyMap<string, Chunk>): Plan {
  const listeners = new Map<string, ListenerChunk>();
  const pools = new Map<string, PoolChunk>();
  const certificates = new Map<string, CertificateChunk>();
  const entries: ServedEntry[] = [];
  for (const [hash, chunk] of chunks) {
    entries.push({ kind: chunk.kind, id: chunk.id, hash });
    if (chunk.kind === 'listener') listeners.set(chunk.id, chunk);
    else if (chunk.kind === 'pool') pools.set(chunk.id, chunk);
    else certificates.set(chunk.id, chunk);
  }
  return { revision, manifest: { revision, entries }, chunks, listeners, pools, certificates };
}

/** The chunk of this kind and id, or null when the plan does not serve it. */
export function findChunk<K extends ChunkKind>(plan: Plan, kind: K, id: string): ChunkOf<K> | null {
  const table: ReadonlyMap<string, Chunk> = tableOf(plan, kind);
  return (table.get(id) ?? null) as ChunkOf<K> | null;
}

/** The same object under one text, for sets and maps. */
export function entryKey(object: { readonly kind: ChunkKind; readonly id: string }): string {
  return `${object.kind} ${object.id}`;
}

/** Ids of the chunks that a chunk needs beside it. */
export function referencesOf(chunk: Chunk): readonly { readonly kind: ChunkKind; readonly id: string }[] {
  if (chunk.kind !== 'listener') return [];
  const references: { kind: ChunkKind; id: string }[] = [];
  if (chunk.tls !== null) references.push({ kind: 'certificate', id: chunk.tls.certificateId });
  if (chunk.defaultPoolId !== null) references.push({ kind: 'pool', id: chunk.defaultPoolId });
  return references;
}

function tableOf(plan: Plan, kind: ChunkKind): ReadonlyMap<string, Chunk> {
  if (kind === 'listener') return plan.listeners;
  return kind === 'pool' ? plan.pools : plan.certificates;
}
