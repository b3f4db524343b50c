import type { ChunkKind } from '@elbow/plan';
import type { SharedChunk } from '@elbow/proxy';

/** Chunks by `entryKey`. */
export type ChunkMap = ReadonlyMap<string, SharedChunk>;

export interface WorkerDelta {
  readonly put: readonly SharedChunk[];
  readonly remove: readonly { readonly kind: ChunkKind; readonly id: string }[];
}

/** What brings a worker that has `has` to `target`. An object in another slot, or with other rows of
 * counters, is sent again. */
export function workerDelta(has: ChunkMap, target: ChunkMap): WorkerDelta {
  const put: SharedChunk[] = [];
  const remove: { kind: ChunkKind; id: string }[] = [];
  for (const [key, chunk] of target) if (!isSame(has.get(key), chunk)) put.push(chunk);
  for (const [key, chunk] of has) if (!target.has(key)) remove.push({ kind: chunk.kind, id: chunk.id });
  return { put, remove };
}

function isSame(one: SharedChunk | undefined, other: SharedChunk): boolean {
  if (one === undefined || one.hash !== other.hash || one.counterRows !== other.counterRows) return false;
  return (
    one.slot?.arena === other.slot?.arena &&
    one.slot?.slot === other.slot?.slot &&
    one.slot?.generation === other.slot?.generation
  );
}
