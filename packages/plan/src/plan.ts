import type { CertificateChunk, Chunk, ChunkKind, ListenerChunk, ListenerTls, PoolChunk } from './chunk.ts';
import type { Manifest, ManifestEntry } from './delivery.ts';
import type { AddressSetChunk, PolicyBlockChunk, PolicyTableChunk } from './policy-chunk.ts';

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
  readonly addressSets: ReadonlyMap<string, AddressSetChunk>;
  /** By the id of their listener. */
  readonly policyTables: ReadonlyMap<string, PolicyTableChunk>;
  readonly policyBlocks: ReadonlyMap<string, PolicyBlockChunk>;
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
  const tables: { readonly [K in ChunkKind]: Map<string, ChunkOf<K>> } = {
    listener: new Map(),
    pool: new Map(),
    certificate: new Map(),
    addressSet: new Map(),
    policyTable: new Map(),
    policyBlock: new Map(),
  };
  const entries: ServedEntry[] = [];
  for (const [hash, chunk] of chunks) {
    entries.push({ kind: chunk.kind, id: chunk.id, hash });
    (tables[chunk.kind] as Map<string, Chunk>).set(chunk.id, chunk);
  }
  return {
    revision,
    manifest: { revision, entries },
    chunks,
    listeners: tables.listener,
    pools: tables.pool,
    certificates: tables.certificate,
    addressSets: tables.addressSet,
    policyTables: tables.policyTable,
    policyBlocks: tables.policyBlock,
  };
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
  if (chunk.kind === 'policyBlock') return poolsOf(chunk).map((id) => ({ kind: 'pool', id }));
  if (chunk.kind === 'policyTable') return chunk.blockIds.map((id) => ({ kind: 'policyBlock', id }));
  if (chunk.kind !== 'listener') return [];
  const references: { kind: ChunkKind; id: string }[] = [];
  const certificateIds = chunk.tls === null ? [] : certificatesOf(chunk.tls);
  for (const id of certificateIds) references.push({ kind: 'certificate', id });
  if (chunk.defaultPoolId !== null) references.push({ kind: 'pool', id: chunk.defaultPoolId });
  for (const id of chunk.access.setIds) references.push({ kind: 'addressSet', id });
  if (chunk.hasPolicies) references.push({ kind: 'policyTable', id: chunk.id });
  return references;
}

/** Every pool that policies send requests or copies of them to, each once. */
export function poolsOf(block: PolicyBlockChunk): readonly string[] {
  let known = poolsOfBlocks.get(block);
  if (known === undefined) {
    known = readPools(block);
    poolsOfBlocks.set(block, known);
  }
  return known;
}

/** Chunks never change, and every plan asks again about all of its policies. */
const poolsOfBlocks = new WeakMap<PolicyBlockChunk, readonly string[]>();

function readPools({ policies }: PolicyBlockChunk): readonly string[] {
  const ids = new Set<string>();
  for (const { action } of policies) {
    if (action.kind !== 'forward') continue;
    for (const { poolId } of action.pools) ids.add(poolId);
    for (const poolId of action.mirror?.poolIds ?? []) ids.add(poolId);
  }
  return [...ids];
}

/** Every certificate that a listener needs, each once: its own, those of its names, and its clients' authorities. */
export function certificatesOf(tls: ListenerTls): readonly string[] {
  const own = [tls.certificateId, ...tls.names.flatMap(({ certificateIds }) => certificateIds)];
  return [...new Set(tls.clientAuthorityId === null ? own : [...own, tls.clientAuthorityId])];
}

function tableOf(plan: Plan, kind: ChunkKind): ReadonlyMap<string, Chunk> {
  switch (kind) {
    case 'listener':
      return plan.listeners;
    case 'pool':
      return plan.pools;
    case 'certificate':
      return plan.certificates;
    case 'addressSet':
      return plan.addressSets;
    case 'policyTable':
      return plan.policyTables;
    case 'policyBlock':
      return plan.policyBlocks;
  }
}
