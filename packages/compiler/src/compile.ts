import {
  type Chunk,
  checkChunk,
  chunkHash,
  type Hash,
  type ManifestEntry,
  type ObjectTrouble,
  entryKey,
} from '@elbow/plan';
import { compileAddressSets } from './address-set.ts';
import { compileCertificates } from './certificate.ts';
import { compileListener, type ListenerPlace } from './listener.ts';
import { failed, type Outcome } from './outcome.ts';
import { compilePolicyTables } from './policy-table.ts';
import { compilePools } from './pool.ts';
import { type ResolvedTree, resolveTree } from './resolve.ts';
import type { LoadBalancerTree } from './tree.ts';

/** What one load balancer asks of a node. */
export interface CompiledLoadBalancer {
  readonly chunks: ReadonlyMap<string, Chunk>;
  /** Sorted by kind and id; without a hash: keep the earlier form, a condition says why. */
  readonly entries: readonly ManifestEntry[];
  readonly conditions: readonly ObjectTrouble[];
}

/** What the operator decided for all load balancers. */
export interface CompileSettings {
  /** Listeners write an access log. */
  readonly isAccessLogEnabled: boolean;
}

/**
 * Decides everything a node has to know about one load balancer. Total: whatever the tree holds, the answer is a
 * smaller plan and a condition, never an exception. Deterministic: equal trees give equal bytes, in whatever order
 * their rows were read.
 */
export function compileLoadBalancer(
  tree: LoadBalancerTree,
  hash: Hash,
  { isAccessLogEnabled }: CompileSettings = { isAccessLogEnabled: false },
): CompiledLoadBalancer {
  const { loadBalancer } = tree;
  if (!loadBalancer.isAdminStateUp) return nothing([]);
  if (loadBalancer.vipAddress === null) return nothing(withoutAddress(tree));
  const place = { address: loadBalancer.vipAddress, isAccessLogEnabled };
  const outcomes = passes(resolveTree(tree), place).map(judge);
  return assemble(outcomes, hash);
}

/** The passes, in the order in which a reader wants them; none depends on the outcome of another. */
function passes(tree: ResolvedTree, place: ListenerPlace): readonly Outcome[] {
  return [
    ...tree.listeners.map((listener) => compileListener(listener, tree, place)),
    ...compilePolicyTables(tree),
    ...compileAddressSets(tree),
    ...compilePools(tree),
    ...compileCertificates(tree),
  ];
}

/** The last pass: what a node would refuse is not sent. */
function judge(outcome: Outcome): Outcome {
  if (outcome.chunk === null) return outcome;
  const problems = checkChunk(outcome.chunk);
  return problems.length === 0 ? outcome : failed(outcome.kind, outcome.id, problems.join('; '));
}

function assemble(outcomes: readonly Outcome[], hash: Hash): CompiledLoadBalancer {
  const chunks = new Map<string, Chunk>();
  const entries: ManifestEntry[] = [];
  const conditions: ObjectTrouble[] = [];
  for (const outcome of outcomes.toSorted(byKindAndId)) {
    const { kind, id } = outcome;
    const name = outcome.chunk === null ? null : chunkHash(outcome.chunk, hash);
    entries.push({ kind, id, hash: name });
    if (name !== null && outcome.chunk !== null) chunks.set(name, outcome.chunk);
    if (outcome.chunk === null) conditions.push({ kind, id, reason: outcome.reason });
  }
  return { chunks, entries, conditions };
}

function byKindAndId(a: Outcome, b: Outcome): number {
  const [left, right] = [entryKey(a), entryKey(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Nothing is kept here: an address that a load balancer gave up may belong to another one now. */
function withoutAddress(tree: LoadBalancerTree): readonly ObjectTrouble[] {
  const reason = 'not served: its load balancer has no address';
  const ids = tree.listeners.map((listener) => listener.id).sort();
  return ids.map((id) => ({ kind: 'listener', id, reason }));
}

function nothing(conditions: readonly ObjectTrouble[]): CompiledLoadBalancer {
  return { chunks: new Map(), entries: [], conditions };
}
