import {
  type Chunk,
  entryKey,
  type Manifest,
  type ManifestEntry,
  type ObjectTrouble,
  socketKey,
} from '@elbow/plan';
import type { Contribution } from './contribution.ts';

/** What nodes are to serve now. */
export interface DesiredPlan {
  readonly manifest: Manifest;
  /** Every chunk that the manifest names. */
  readonly chunks: ReadonlyMap<string, Chunk>;
}

export interface DerivedPlan {
  readonly plan: DesiredPlan;
  /** What of the wish cannot be served, and why. */
  readonly conditions: readonly ObjectTrouble[];
}

/**
 * Joins the contributions of all load balancers to one plan that a node can take: equal chunks once, one form of each
 * object, one listener on each socket.
 */
export function derivePlan(revision: number, contributions: ReadonlyMap<string, Contribution>): DerivedPlan {
  const ordered = [...contributions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, contribution]) => contribution);
  const chosen = chooseForms(ordered);
  const conflicts = removeSocketConflicts(chosen);
  const entries: ManifestEntry[] = [];
  const chunks = new Map<string, Chunk>();
  for (const [, { entry, chunk }] of [...chosen].sort(([a], [b]) => (a < b ? -1 : 1))) {
    entries.push(entry);
    if (entry.hash !== null && chunk !== undefined) chunks.set(entry.hash, chunk);
  }
  const conditions = [...ordered.flatMap((contribution) => contribution.conditions), ...conflicts];
  return { plan: { manifest: { revision, entries }, chunks }, conditions: differentTroubles(conditions) };
}

/** True when a node that serves one serves the other. */
export function isSameManifest(a: Manifest, b: Manifest): boolean {
  return (
    a.revision === b.revision &&
    a.entries.length === b.entries.length &&
    a.entries.every((entry, index) => isSameEntry(entry, b.entries[index]))
  );
}

export function differentTroubles(troubles: readonly ObjectTrouble[]): readonly ObjectTrouble[] {
  return [
    ...new Map(troubles.map((trouble) => [`${entryKey(trouble)} ${trouble.reason}`, trouble])).values(),
  ];
}

interface Form {
  readonly entry: ManifestEntry;
  readonly chunk: Chunk | undefined;
  readonly revision: number;
}

/**
 * A pool or certificate can belong to several load balancers that were compiled at different times: the newest form
 * stands, and a form stands before a wish to keep the earlier one.
 */
function chooseForms(contributions: readonly Contribution[]): Map<string, Form> {
  const chosen = new Map<string, Form>();
  for (const { revision, entries, chunks } of contributions) {
    for (const entry of entries) {
      const form = { entry, chunk: entry.hash === null ? undefined : chunks.get(entry.hash), revision };
      const other = chosen.get(entryKey(entry));
      if (other === undefined || isBetter(form, other)) chosen.set(entryKey(entry), form);
    }
  }
  return chosen;
}

function isBetter(form: Form, other: Form): boolean {
  if (form.revision !== other.revision) return form.revision > other.revision;
  return other.entry.hash === null && form.entry.hash !== null;
}

/**
 * The database keeps addresses and ports apart; should two listeners still want one socket, the node would refuse the
 * plan of everybody. The first id gets it.
 */
function removeSocketConflicts(chosen: Map<string, Form>): readonly ObjectTrouble[] {
  const owners = new Map<string, string>();
  const conflicts: ObjectTrouble[] = [];
  for (const key of [...chosen.keys()].sort()) {
    const chunk = chosen.get(key)?.chunk;
    if (chunk?.kind !== 'listener') continue;
    const socket = socketKey(chunk);
    const owner = owners.get(socket);
    if (owner === undefined) {
      owners.set(socket, chunk.id);
      continue;
    }
    chosen.delete(key);
    conflicts.push({
      kind: 'listener',
      id: chunk.id,
      reason: `not served: ${socket} belongs to listener ${owner}`,
    });
  }
  return conflicts;
}

function isSameEntry(a: ManifestEntry, b: ManifestEntry | undefined): boolean {
  return b !== undefined && a.hash === b.hash && a.id === b.id && a.kind === b.kind;
}
