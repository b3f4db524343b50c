import type { Chunk } from './chunk.ts';
import type { Manifest, ManifestEntry, PlanChange, ToNode } from './delivery.ts';
import { entryKey } from './plan.ts';

export type PlanMessage = Extract<ToNode, { readonly type: 'plan' }>;

/**
 * The message that brings a node to `manifest`: only the chunks whose hashes it does not have.
 * @param chunks at least every chunk that the manifest names and `have` lacks; throws when one is not there, because
 *   the node would have to refuse the whole message
 */
export function planDelta(
  have: ReadonlySet<string>,
  manifest: Manifest,
  chunks: ReadonlyMap<string, Chunk>,
): PlanMessage {
  const missing: [string, Chunk][] = [];
  for (const { kind, id, hash } of manifest.entries) {
    if (hash === null || have.has(hash)) continue;
    const chunk = chunks.get(hash);
    if (chunk === undefined) throw new Error(`chunk ${hash} of ${kind} ${id} is at hand nowhere`);
    missing.push([hash, chunk]);
  }
  return { type: 'plan', manifest, chunks: Object.fromEntries(missing) };
}

/**
 * The message that brings a node from one manifest to the next.
 * @param base what the node serves, its entries in the same order as those of `next`: by kind and id
 */
export function planChange(
  base: Manifest,
  next: Manifest,
  { have, chunks }: { readonly have: ReadonlySet<string>; readonly chunks: ReadonlyMap<string, Chunk> },
): PlanChange {
  const { put, removed } = differences(base.entries, next.entries);
  const changed = planDelta(have, { revision: next.revision, entries: put }, chunks);
  return {
    type: 'plan-change',
    base: { revision: base.revision, entries: base.entries.length },
    revision: next.revision,
    put,
    remove: removed.map(({ kind, id }) => ({ kind, id })),
    chunks: changed.chunks,
  };
}

/** @throws when the change is for another manifest */
export function applyPlanChange(
  base: Manifest,
  { base: wanted, revision, put, remove }: AppliedChange,
): Manifest {
  if (wanted.revision !== base.revision || wanted.entries !== base.entries.length)
    throw new Error(`the change is for revision ${wanted.revision}, and what is here is ${base.revision}`);
  const entries = new Map(base.entries.map((entry) => [entryKey(entry), entry]));
  for (const entry of remove) entries.delete(entryKey(entry));
  for (const entry of put) entries.set(entryKey(entry), entry);
  return { revision, entries: [...entries.values()] };
}

type AppliedChange = Pick<PlanChange, 'base' | 'revision' | 'put' | 'remove'>;

/** Walks along both lists at a time. */
function differences(before: readonly ManifestEntry[], after: readonly ManifestEntry[]) {
  const put: ManifestEntry[] = [];
  const removed: ManifestEntry[] = [];
  let at = 0;
  for (const entry of after) {
    const key = before[at] === entry ? '' : entryKey(entry);
    while (before[at] !== entry && at < before.length && entryKey(before[at]!) < key)
      removed.push(before[at++]!);
    const old = before[at];
    const isKnown = old === entry || (old !== undefined && entryKey(old) === key);
    if (isKnown) at += 1;
    if (!isKnown || old!.hash !== entry.hash) put.push(entry);
  }
  removed.push(...before.slice(at));
  return { put, removed };
}
