import { addressKey } from './address.ts';
import { checkChunk } from './check-chunk.ts';
import type { ListenerChunk } from './chunk.ts';
import { entryKey, findChunk, type Plan, referencesOf } from './plan.ts';

/**
 * What is wrong with a plan as a whole: any chunk that is wrong by itself, a reference that leads nowhere, two chunks
 * under one id, two listeners on one socket. Empty means that it may be served.
 */
export function checkPlan(plan: Plan): readonly string[] {
  return [...checkChunks(plan), ...checkReferences(plan), ...checkSockets(plan.listeners.values())];
}

/** The rules between chunks only, for a caller that has checked each chunk when it arrived. */
export function checkRelations(plan: Plan): readonly string[] {
  return [...checkReferences(plan), ...checkSockets(plan.listeners.values())];
}

/** The socket of a listener under one text, however its address was written. */
export function socketKey(listener: ListenerChunk): string {
  let key = socketKeys.get(listener);
  if (key === undefined) {
    key = `${addressKey(listener.address) ?? listener.address} port ${listener.port}`;
    socketKeys.set(listener, key);
  }
  return key;
}

/** Chunks never change, and every plan asks again about all of its listeners. */
const socketKeys = new WeakMap<ListenerChunk, string>();

function checkChunks(plan: Plan): readonly string[] {
  const seen = new Set<string>();
  const problems: string[] = [];
  for (const chunk of plan.chunks.values()) {
    problems.push(...checkChunk(chunk).map((problem) => `${entryKey(chunk)}: ${problem}`));
    if (seen.has(entryKey(chunk))) problems.push(`${entryKey(chunk)}: two chunks have this id`);
    seen.add(entryKey(chunk));
  }
  return problems;
}

function checkReferences(plan: Plan): readonly string[] {
  return [...plan.listeners.values(), ...plan.policyTables.values(), ...plan.policyBlocks.values()].flatMap(
    (chunk) =>
      referencesOf(chunk)
        .filter((reference) => findChunk(plan, reference.kind, reference.id) === null)
        .map((reference) => `${entryKey(chunk)}: ${entryKey(reference)} is not in the plan`),
  );
}

function checkSockets(listeners: Iterable<ListenerChunk>): readonly string[] {
  const owners = new Map<string, string>();
  const problems: string[] = [];
  for (const listener of listeners) {
    const key = socketKey(listener);
    const owner = owners.get(key);
    if (owner === undefined) owners.set(key, entryKey(listener));
    else problems.push(`${entryKey(listener)}: ${key} is taken by ${owner}`);
  }
  return problems;
}
