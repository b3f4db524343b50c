import type { ReceivedPlan } from './assemble-plan.ts';
import { canonicalJson } from './canonical-json.ts';
import { isRecord, ownValue } from './check.ts';
import type { Hash } from './chunk-hash.ts';

/**
 * A plan file of version 1 in today's form, so that an update of the node needs no control process to go on serving.
 * Version 1 knew no address of clients in health checks, of a flavor only the rate of requests, and policies in no blocks. Chunks are renamed by their
 * new content; one that is not what its old name says keeps that name, and so is found out.
 */
export function fromVersion1({ manifest, chunks }: ReceivedPlan, hash: Hash): ReceivedPlan {
  const names = new Map<string, string>();
  const upgraded: Record<string, unknown> = {};
  for (const [name, chunk] of Object.entries(chunks)) {
    const isWhole = isRecord(chunk) && hash(canonicalJson(chunk)) === name;
    const today = isWhole ? upgradedChunk(chunk) : chunk;
    const newName = isWhole ? hash(canonicalJson(today)) : name;
    names.set(name, newName);
    upgraded[newName] = today;
  }
  const entries = manifest.entries.map((entry) =>
    entry.hash === null ? entry : { ...entry, hash: names.get(entry.hash) ?? entry.hash },
  );
  for (const chunk of Object.values(chunks)) {
    const block = blockOf(chunk);
    if (block === null) continue;
    const hashOfBlock = hash(canonicalJson(block));
    upgraded[hashOfBlock] = block;
    entries.push({ kind: 'policyBlock', id: block.id, hash: hashOfBlock });
  }
  return { manifest: { ...manifest, entries }, chunks: upgraded };
}

/** Tables of version 1 held their policies themselves: they become one block. */
function blockOf(chunk: unknown) {
  const policies = isRecord(chunk) && chunk['kind'] === 'policyTable' ? ownValue(chunk, 'policies') : null;
  if (!Array.isArray(policies) || !isRecord(policies[0])) return null;
  return { kind: 'policyBlock', id: String(policies[0]['id']), policies };
}

function upgradedChunk(chunk: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const limits = ownValue(chunk, 'limits');
  if (chunk['kind'] === 'listener' && isRecord(limits)) return { ...chunk, limits: upgradedLimits(limits) };
  const check = ownValue(chunk, 'healthCheck');
  if (chunk['kind'] === 'pool' && isRecord(check))
    return { ...chunk, healthCheck: { ...check, virtualAddress: null } };
  const block = blockOf(chunk);
  if (block !== null) return { kind: chunk['kind'], id: chunk['id'], blockIds: [block.id] };
  return chunk;
}

function upgradedLimits({ requestsPerSecond, ...own }: Readonly<Record<string, unknown>>) {
  const none = { newConnectionsPerSecond: 0, concurrentConnections: 0, bitsPerSecond: 0 };
  return { ...own, flavor: requestsPerSecond === 0 ? null : { ...none, requestsPerSecond } };
}
