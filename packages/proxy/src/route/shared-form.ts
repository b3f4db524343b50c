import type { Chunk } from '@elbow/plan';
import { addressIndex } from '@elbow/traffic';
import { sharedPolicies } from './policy-table.ts';

/**
 * A chunk as workers get it, in memory that all of them share: address sets as the index that lookups read, blocks of
 * policies as one line of JSON for each, all others as one JSON text. Made once, on the node's main thread.
 */
export function sharedForm(chunk: Chunk): SharedArrayBuffer {
  switch (chunk.kind) {
    case 'addressSet':
      return addressIndex(chunk.entries, (byteCount) => new SharedArrayBuffer(byteCount))
        .buffer as SharedArrayBuffer;
    case 'policyBlock':
      return sharedPolicies(chunk.policies);
    default:
      return sharedText(JSON.stringify(chunk));
  }
}

function sharedText(text: string): SharedArrayBuffer {
  const bytes = new TextEncoder().encode(text);
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  return shared;
}
