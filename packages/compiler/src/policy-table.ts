import type { Listener } from '@elbow/model';
import type { Hash, PolicyEntry } from '@elbow/plan';
import type { CompileMemo } from './compile-memo.ts';
import { type JudgedOutcome, judged } from './judge.ts';
import { made } from './outcome.ts';
import type { ResolvedTree } from './resolve.ts';

/** On average this many policies make a block: fewer would make many blocks, more would send much for one change. */
const MEAN_BLOCK = 64;
const LONGEST_BLOCK = 4 * MEAN_BLOCK;

/** The policies of listeners that have any, in blocks, and the order of these. */
export function compilePolicyTables(
  tree: ResolvedTree,
  memo: CompileMemo,
  hash: Hash,
): readonly JudgedOutcome[] {
  return tree.listeners.flatMap((listener) => {
    const policies = tree.policiesInForce.get(listener.id) ?? [];
    if (policies.length === 0) return [];
    const entries = policies.map((ruled) => memo.policy(ruled, listener, tree));
    const blocks = blocksOf(entries).map((block) => memo.policyBlock(block, hash));
    const blockIds = blocks.map(({ outcome }) => outcome.id);
    return [...blocks, judged(made({ kind: 'policyTable', id: listener.id, blockIds }), hash)];
  });
}

export function hasPolicies({ id }: Listener, { policiesInForce }: ResolvedTree): boolean {
  return policiesInForce.has(id);
}

/**
 * Cuts a table where the ids of policies say so, not after so many: one that comes or goes changes the block that it stands in, and
 * the others stay what they are.
 */
function blocksOf(entries: readonly PolicyEntry[]): readonly (readonly PolicyEntry[])[] {
  const blocks: PolicyEntry[][] = [];
  let block: PolicyEntry[] = [];
  for (const entry of entries) {
    if (block.length > 0 && (isFirstOfBlock(entry.id) || block.length === LONGEST_BLOCK)) {
      blocks.push(block);
      block = [];
    }
    block.push(entry);
  }
  if (block.length > 0) blocks.push(block);
  return blocks;
}

/** True for one of {@link MEAN_BLOCK} ids: FNV-1a over its end, where the ids of a table differ. */
function isFirstOfBlock(id: string): boolean {
  let sum = 0x811c9dc5;
  for (let at = Math.max(0, id.length - 8); at < id.length; at++)
    sum = Math.imul(sum ^ id.charCodeAt(at), 0x01000193);
  return (sum >>> 8) % MEAN_BLOCK === 0;
}
