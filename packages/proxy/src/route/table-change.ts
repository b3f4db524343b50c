import type { Policy } from '@elbow/traffic';
import { TimeSlice } from '../time-slice.ts';
import { copyPolicyBlock, type PolicyBlock, PolicyTable, readPolicyBlock } from './policy-table.ts';

/** Policies that change places in the index in one turn: some milliseconds at most. */
const MOST_AT_ONCE = 512;

/** A table that is to come, and what makes it so. */
export interface TableChange {
  readonly table: PolicyTable;
  /** Takes the turn of the event loop that puts the plan in force. */
  readonly enter: () => void;
}

/**
 * Prepares the table of some blocks. Where few policies come and go, the table in force becomes it, at once when it is
 * entered: to make an index of ten thousand for the sake of one would keep a worker from its requests. Else it is made
 * anew, in slices of time.
 * @param shared of each block, in order
 */
export async function prepareTable(
  shared: readonly SharedArrayBuffer[],
  sealingKey: Uint8Array,
  before: PolicyTable | null,
): Promise<TableChange> {
  const slice = new TimeSlice();
  const blocks: PolicyBlock[] = [];
  for (const each of shared) blocks.push(await readPolicyBlock(each, slice));
  const change = before === null ? null : changeOf(before.blocks, blocks);
  if (before !== null && change !== null)
    return { table: before, enter: () => enter(before, blocks, change) };
  const table = new PolicyTable(sealingKey);
  table.blocks = before === null ? blocks : blocks.map((block, at) => copyPolicyBlock(shared[at]!, block));
  let order = 0;
  for (const { policies } of table.blocks)
    for (const policy of policies) {
      policy.order = order++;
      table.index.add(policy);
      await slice.rest();
    }
  return { table, enter: () => {} };
}

interface BlockChange {
  readonly removed: readonly Policy[];
  readonly added: readonly Policy[];
}

/** @returns null when too much changes, or blocks that stay change places */
function changeOf(before: readonly PolicyBlock[], after: readonly PolicyBlock[]): BlockChange | null {
  const [old, now] = [new Set(before), new Set(after)];
  const stayed = before.filter((block) => now.has(block));
  const kept = after.filter((block) => old.has(block));
  if (stayed.some((block, at) => block !== kept[at])) return null;
  const removed = before.filter((block) => !now.has(block)).flatMap(({ policies }) => policies);
  const added = after.filter((block) => !old.has(block)).flatMap(({ policies }) => policies);
  return removed.length + added.length > MOST_AT_ONCE ? null : { removed, added };
}

function enter(table: PolicyTable, blocks: readonly PolicyBlock[], change: BlockChange): void {
  const all = blocks.flatMap(({ policies }) => policies);
  table.index.change({ ...change, all });
  table.blocks = blocks;
}
