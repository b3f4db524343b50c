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
  /** Keys of all objects in their order, for the next time. */
  readonly order: readonly string[];
}

/**
 * Joins the contributions of all load balancers to one plan that a node can take: equal chunks once, one form of each
 * object, one listener on each socket.
 * @param order of the last time: with thousands of objects sorting takes longest, and mostly they are the same ones
 */
export function derivePlan(
  revision: number,
  contributions: ReadonlyMap<string, Contribution>,
  order: readonly string[] = [],
): DerivedPlan {
  const chosen = chooseForms(contributions);
  const keys = isOrderOf(order, chosen) ? order : [...chosen.keys()].sort();
  const conflicts = removeSocketConflicts(chosen, keys);
  const entries: ManifestEntry[] = [];
  const chunks = new Map<string, Chunk>();
  for (const key of keys) {
    const form = chosen.get(key);
    if (form === undefined) continue;
    const { entry, chunk } = form;
    entries.push(entry);
    if (entry.hash !== null && chunk !== undefined) chunks.set(entry.hash, chunk);
  }
  const conditions = differentTroubles([...conditionsOf(contributions), ...conflicts]);
  return { plan: { manifest: { revision, entries }, chunks }, conditions, order: keys };
}

function isOrderOf(order: readonly string[], chosen: ReadonlyMap<string, Form>): boolean {
  return order.length === chosen.size && order.every((key) => chosen.has(key));
}

/** In the order of the load balancers' ids. */
function conditionsOf(contributions: ReadonlyMap<string, Contribution>): readonly ObjectTrouble[] {
  return [...contributions]
    .filter(([, { conditions }]) => conditions.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, { conditions }]) => conditions);
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
  readonly loadBalancerId: string;
}

/**
 * A pool or certificate can belong to several load balancers that were compiled at different times: the newest form
 * stands, and a form stands before a wish to keep the earlier one.
 */
function chooseForms(contributions: ReadonlyMap<string, Contribution>): Map<string, Form> {
  const chosen = new Map<string, Form>();
  for (const [loadBalancerId, contribution] of contributions) {
    for (const [key, form] of formsOf(contribution, loadBalancerId)) {
      const other = chosen.get(key);
      if (other === undefined || isBetter(form, other)) chosen.set(key, form);
    }
  }
  return chosen;
}

type Forms = readonly (readonly [key: string, form: Form])[];

/** Most contributions are the same objects from one plan to the next. */
const formsOfContributions = new WeakMap<Contribution, Forms>();

function formsOf(contribution: Contribution, loadBalancerId: string): Forms {
  let forms = formsOfContributions.get(contribution);
  if (forms === undefined) {
    const { revision, entries, chunks } = contribution;
    forms = entries.map((entry) => {
      const chunk = entry.hash === null ? undefined : chunks.get(entry.hash);
      return [entryKey(entry), { entry, chunk, revision, loadBalancerId }];
    });
    formsOfContributions.set(contribution, forms);
  }
  return forms;
}

function isBetter(form: Form, other: Form): boolean {
  if (form.revision !== other.revision) return form.revision > other.revision;
  const [isKept, isOtherKept] = [form.entry.hash === null, other.entry.hash === null];
  // Equal in all else: whichever load balancer is read first must not matter.
  return isKept === isOtherKept ? form.loadBalancerId < other.loadBalancerId : isOtherKept;
}

/**
 * The database keeps addresses and ports apart; should two listeners still want one socket, the node would refuse the
 * plan of everybody. The first id gets it.
 */
function removeSocketConflicts(chosen: Map<string, Form>, keys: readonly string[]): readonly ObjectTrouble[] {
  const owners = new Map<string, string>();
  const conflicts: ObjectTrouble[] = [];
  for (const key of keys) {
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
