import type { Checked } from './check.ts';
import { checkChunk } from './check-chunk.ts';
import { checkManifest } from './check-message.ts';
import { checkRelations, socketKey } from './check-plan.ts';
import type { Chunk, ChunkKind } from './chunk.ts';
import { chunkHash, type Hash } from './chunk-hash.ts';
import type { Manifest, ObjectTrouble } from './delivery.ts';
import { entryKey, findChunk, makePlan, type Plan, referencesOf } from './plan.ts';

export interface ReceivedPlan {
  readonly manifest: Manifest;
  /** The manifest was made of one that was checked and of checked changes. Default false. */
  readonly isChecked?: boolean;
  /** Chunks by hash, not trusted yet. */
  readonly chunks: Readonly<Record<string, unknown>>;
}

export interface AssembledPlan {
  readonly plan: Plan;
  /** Objects of the manifest that the plan had to leave out, with the reason. */
  readonly troubles: readonly ObjectTrouble[];
}

/**
 * Makes the plan that a manifest asks for out of the chunks that came with it and those of the plan served before.
 *
 * An entry without a hash keeps the earlier chunk, together with everything that chunk refers to, for as long as
 * nothing newer needs its socket. Refused as a whole: a manifest that names a chunk nobody has, a chunk that is not
 * what its hash or its entry says, a chunk or a plan that breaks a rule. A refusal changes nothing.
 */
export function assemblePlan(previous: Plan, received: ReceivedPlan, hash: Hash): Checked<AssembledPlan> {
  const manifestProblems = received.isChecked === true ? [] : checkManifest(received.manifest);
  if (manifestProblems.length > 0) return { ok: false, problems: manifestProblems };
  const fresh = collectNamed(previous, received, hash);
  if (!fresh.ok) return fresh;
  const parts: Parts = { chunks: new Map(fresh.value), troubles: [] };
  const orphans = removeOrphans(previous, received.manifest, parts);
  keepEarlier(
    previous,
    [...received.manifest.entries.filter((entry) => entry.hash === null), ...orphans],
    parts,
  );
  const plan = makePlan(received.manifest.revision, byHash(parts.chunks));
  const problems = checkRelations(plan);
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, value: { plan, troubles: parts.troubles } };
}

interface Identity {
  readonly kind: ChunkKind;
  readonly id: string;
}

interface Named {
  readonly hash: string;
  readonly chunk: Chunk;
}

/** A plan in the making, its chunks by kind and id. */
interface Parts {
  readonly chunks: Map<string, Named>;
  readonly troubles: ObjectTrouble[];
}

function collectNamed(
  previous: Plan,
  received: ReceivedPlan,
  hash: Hash,
): Checked<ReadonlyMap<string, Named>> {
  const named = new Map<string, Named>();
  const problems: string[] = [];
  for (const entry of received.manifest.entries) {
    if (entry.hash === null) continue;
    const found = previous.chunks.get(entry.hash) ?? openChunk(received.chunks, entry.hash, hash);
    const key = entryKey(entry);
    if (typeof found === 'string') problems.push(`${key}: ${found}`);
    else if (found.id !== entry.id || found.kind !== entry.kind)
      problems.push(`${key}: its chunk is ${entryKey(found)}`);
    else named.set(key, { hash: entry.hash, chunk: found });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: named };
}

/** @returns the chunk, or what is wrong with it */
function openChunk(chunks: ReceivedPlan['chunks'], name: string, hash: Hash): Chunk | string {
  if (!Object.hasOwn(chunks, name)) return `chunk ${name} is unknown here`;
  const value = chunks[name];
  const problems = checkChunk(value);
  if (problems.length > 0) return problems.join('; ');
  return chunkHash(value as Chunk, hash) === name
    ? (value as Chunk)
    : `chunk ${name} is not what its name says`;
}

/**
 * Takes out the chunks that refer to one which the manifest wants kept but which was never here: they stay in their
 * earlier form, and the rest of the plan is served. One that has no earlier form takes those out that refer to it.
 */
function removeOrphans(previous: Plan, manifest: Manifest, parts: Parts): readonly Identity[] {
  const lost = new Set<string>();
  for (const { kind, id, hash } of manifest.entries)
    if (hash === null && findChunk(previous, kind, id) === null) lost.add(entryKey({ kind, id }));
  const orphans: Identity[] = [];
  if (lost.size === 0) return orphans;
  // Listeners refer to policy tables, these to blocks, and these to pools: referred-to chunks come first.
  for (const kind of ['policyBlock', 'policyTable', 'listener'] as const)
    for (const { chunk } of parts.chunks.values()) {
      const reference = chunk.kind === kind ? lostReference(chunk, lost) : undefined;
      if (reference === undefined) continue;
      orphans.push(chunk);
      if (findChunk(previous, chunk.kind, chunk.id) === null) lost.add(entryKey(chunk));
      parts.troubles.push({ kind: chunk.kind, id: chunk.id, reason: `${reference} cannot be served` });
    }
  for (const orphan of orphans) parts.chunks.delete(entryKey(orphan));
  return orphans;
}

function lostReference(chunk: Chunk, lost: ReadonlySet<string>): string | undefined {
  return referencesOf(chunk)
    .map(entryKey)
    .find((key) => lost.has(key));
}

function keepEarlier(previous: Plan, wanted: readonly Identity[], parts: Parts): void {
  if (wanted.length === 0) return;
  const hashes = new Map(previous.manifest.entries.map((entry) => [entryKey(entry), entry.hash]));
  const sockets = takenSockets(parts);
  for (const { kind, id } of wanted) {
    const earlier = findChunk(previous, kind, id);
    const reason = whyNotKept(earlier, sockets);
    if (reason !== null) parts.troubles.push({ kind, id, reason });
    else for (const chunk of withReferences(previous, earlier)) addMissing(parts, chunk, hashes);
  }
}

function takenSockets(parts: Parts): ReadonlySet<string> {
  const chunks = [...parts.chunks.values()].map((named) => named.chunk);
  return new Set(chunks.filter((chunk) => chunk.kind === 'listener').map(socketKey));
}

function whyNotKept(earlier: Chunk | null, sockets: ReadonlySet<string>): string | null {
  if (earlier === null)
    return 'not served: its newest form cannot be served and there is no earlier form here';
  if (earlier.kind === 'listener' && sockets.has(socketKey(earlier)))
    return `no longer served in its earlier form: ${socketKey(earlier)} belongs to another listener now`;
  return null;
}

function withReferences(previous: Plan, chunk: Chunk | null): readonly Chunk[] {
  if (chunk === null) return [];
  const references = referencesOf(chunk).map(({ kind, id }) => findChunk(previous, kind, id));
  return [chunk, ...references.flatMap((reference) => withReferences(previous, reference))];
}

function addMissing(parts: Parts, chunk: Chunk, hashes: ReadonlyMap<string, string>): void {
  const key = entryKey(chunk);
  const hash = hashes.get(key);
  if (hash !== undefined && !parts.chunks.has(key)) parts.chunks.set(key, { hash, chunk });
}

function byHash(chunks: ReadonlyMap<string, Named>): ReadonlyMap<string, Chunk> {
  return new Map([...chunks.values()].map(({ hash, chunk }) => [hash, chunk]));
}
