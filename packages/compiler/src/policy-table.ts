import type { Listener } from '@elbow/model';
import type { Hash, PolicyEntry } from '@elbow/plan';
import type { CompileMemo } from './compile-memo.ts';
import { type JudgedOutcome, judged } from './judge.ts';
import { made } from './outcome.ts';
import { compilePolicy } from './policy-entry.ts';
import type { KnownPolicy } from './policy-lists.ts';
import type { ResolvedTree } from './resolve.ts';

/** On average this many policies make a block: fewer would make many blocks, more would send much for one change. */
const MEAN_BLOCK = 32;
const LONGEST_BLOCK = 4 * MEAN_BLOCK;

/** The policies of listeners that have any, in blocks, and the order of these. */
export function compilePolicyTables(
  tree: ResolvedTree,
  memo: CompileMemo,
  hash: Hash,
): readonly JudgedOutcome[] {
  return tree.listeners.flatMap((listener) => {
    const policies = tree.policies.inForce(listener, tree.listeners);
    if (policies.length === 0) return [];
    const entries = blocksOf(policies, (known) => entryOf(known, listener, tree));
    const blocks = entries.map((block) => memo.policyBlock(block, hash));
    const blockIds = blocks.map(({ outcome }) => outcome.id);
    return [...blocks, judged(made({ kind: 'policyTable', id: listener.id, blockIds }), hash)];
  });
}

export function hasPolicies(listener: Listener, { policies, listeners }: ResolvedTree): boolean {
  return policies.isAnyInForce(listener, listeners);
}

function entryOf(known: KnownPolicy, listener: Listener, tree: ResolvedTree): PolicyEntry {
  if (known.entry !== null) return known.entry;
  const entry = compilePolicy(known, listener, tree);
  // A redirect leads to the port of another listener, which may change; there is one of them at most.
  if (known.policy.action !== 'REDIRECT_TO_LISTENER') known.entry = entry;
  return entry;
}

/**
 * Cuts a table where the ids of policies say so, not after so many: one that comes or goes changes the block that it stands in, and
 * the others stay what they are.
 */
function blocksOf(
  policies: readonly KnownPolicy[],
  entryOf: (known: KnownPolicy) => PolicyEntry,
): readonly (readonly PolicyEntry[])[] {
  const blocks: PolicyEntry[][] = [];
  let block: PolicyEntry[] = [];
  for (const known of policies) {
    if (block.length > 0 && (known.cut % MEAN_BLOCK === 0 || block.length === LONGEST_BLOCK)) {
      blocks.push(block);
      block = [];
    }
    block.push(entryOf(known));
  }
  if (block.length > 0) blocks.push(block);
  return blocks;
}
