import { entryKey, type ListenerChunk } from '@elbow/plan';
import { AddressSet } from '@elbow/traffic';
import { type ChunkStore, decodeChunk } from '../plan/chunk-store.ts';
import type { SharedChunk } from '../worker-messages.ts';
import type { PolicyTable } from './policy-table.ts';
import { prepareTable } from './table-change.ts';

/** Who may connect to a listener, and where its requests go: what its chunk refers to, ready for use. */
export interface ServedRouting {
  /** Equal names mean equal routing. */
  readonly name: string;
  readonly sets: readonly AddressSet[];
  /** Null for a listener without policies. */
  readonly policies: PolicyTable | null;
}

export interface RoutingParts {
  readonly chunks: ChunkStore;
  /** Seals the cookies that keep clients with pools. */
  readonly sealingKey: Uint8Array;
  /** Has something done in the turn that puts the plan in force. */
  readonly atEntry: (act: () => void) => void;
}

export function routingName(listener: ListenerChunk, chunks: ChunkStore): string {
  const sets = listener.access.setIds.map((id) => chunks.get('addressSet', id)?.hash);
  return JSON.stringify([sets, blocksOf(listener, chunks).map((id) => chunks.get('policyBlock', id)?.hash)]);
}

/** Keys of the chunks that the routing of a listener is made of. */
export function routingReferences(listener: ListenerChunk, chunks: ChunkStore): readonly string[] {
  return blocksOf(listener, chunks).map((id) => entryKey({ kind: 'policyBlock', id }));
}

/**
 * Makes the routing of a listener. Address sets are in shared memory as they are used; policies are read in slices.
 * @param before the routing in force, whose parts are kept where they are the same
 * @throws when something that the listener refers to is not there
 */
export async function routingOf(
  listener: ListenerChunk,
  parts: RoutingParts,
  before: ServedRouting | null,
): Promise<ServedRouting> {
  const name = routingName(listener, parts.chunks);
  if (before?.name === name) return before;
  const sets = listener.access.setIds.map((id) => addressSet(id, parts.chunks));
  return { name, sets, policies: await policiesOf(listener, parts, before?.policies ?? null) };
}

function addressSet(id: string, chunks: ChunkStore): AddressSet {
  const index = chunks.get('addressSet', id)?.json;
  if (index === undefined) throw new Error(`address set ${id} is not part of the plan`);
  return new AddressSet(new Uint32Array(index));
}

async function policiesOf(
  listener: ListenerChunk,
  { chunks, sealingKey, atEntry }: RoutingParts,
  before: PolicyTable | null,
): Promise<PolicyTable | null> {
  if (!listener.hasPolicies) return null;
  if (chunks.get('policyTable', listener.id) === null)
    throw new Error(`the policies of listener ${listener.id} are not part of the plan`);
  const shared = blocksOf(listener, chunks).map((id) => {
    const block = chunks.get('policyBlock', id);
    if (block === null) throw new Error(`policies ${id} of listener ${listener.id} are not part of the plan`);
    return block.json;
  });
  const { table, enter } = await prepareTable(shared, sealingKey, before);
  atEntry(enter);
  return table;
}

/** Ids of the blocks of a listener's policies, in order; none where they are not there. */
function blocksOf(listener: ListenerChunk, chunks: ChunkStore): readonly string[] {
  if (!listener.hasPolicies) return [];
  const table = chunks.get('policyTable', listener.id);
  if (table === null) return [];
  let ids = blockIds.get(table);
  if (ids === undefined) {
    ids = decodeChunk('policyTable', table).blockIds;
    blockIds.set(table, ids);
  }
  return ids;
}

const blockIds = new WeakMap<SharedChunk, readonly string[]>();
