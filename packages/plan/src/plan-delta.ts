import type { Chunk } from './chunk.ts';
import type { Manifest, ToNode } from './delivery.ts';

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
