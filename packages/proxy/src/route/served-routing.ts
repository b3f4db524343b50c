import type { ListenerChunk } from '@elbow/plan';
import { AddressSet } from '@elbow/traffic';
import type { ChunkStore } from '../plan/chunk-store.ts';
import { type PolicyTable, readPolicyTable } from './policy-table.ts';

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
}

export function routingName(listener: ListenerChunk, chunks: ChunkStore): string {
  const sets = listener.access.setIds.map((id) => chunks.get('addressSet', id)?.hash);
  return JSON.stringify([sets, listener.hasPolicies ? chunks.get('policyTable', listener.id)?.hash : null]);
}

/**
 * Makes the routing of a listener. Address sets are in shared memory as they are used; policies are read in slices.
 * @param before the routing in force, whose parts are kept where they are the same
 * @throws when something that the listener refers to is not there
 */
export async function routingOf(
  listener: ListenerChunk,
  { chunks, sealingKey }: RoutingParts,
  before: ServedRouting | null,
): Promise<ServedRouting> {
  const name = routingName(listener, chunks);
  if (before?.name === name) return before;
  const sets = listener.access.setIds.map((id) => addressSet(id, chunks));
  return { name, sets, policies: await policiesOf(listener, { chunks, sealingKey }) };
}

function addressSet(id: string, chunks: ChunkStore): AddressSet {
  const index = chunks.get('addressSet', id)?.json;
  if (index === undefined) throw new Error(`address set ${id} is not part of the plan`);
  return new AddressSet(new Uint32Array(index));
}

const tables = new WeakMap<SharedArrayBuffer, Promise<PolicyTable>>();

/** A table that did not change is the same memory, so it is read once however often its listener changes. */
async function policiesOf(
  listener: ListenerChunk,
  { chunks, sealingKey }: RoutingParts,
): Promise<PolicyTable | null> {
  if (!listener.hasPolicies) return null;
  const lines = chunks.get('policyTable', listener.id)?.json;
  if (lines === undefined)
    throw new Error(`the policies of listener ${listener.id} are not part of the plan`);
  const known = tables.get(lines);
  if (known !== undefined) return known;
  const table = readPolicyTable(lines, sealingKey);
  tables.set(lines, table);
  return table;
}
