import type { LoadBalancer } from '@elbow/model';
import { type Chunk, type Hash, type ManifestEntry, type ObjectTrouble, entryKey } from '@elbow/plan';
import { addressSetIds } from './address-set.ts';
import { compileCertificates } from './certificate.ts';
import { compileListener, type ListenerPlace } from './listener.ts';
import { CompileMemo } from './compile-memo.ts';
import { type JudgedOutcome, judged } from './judge.ts';
import type { Outcome } from './outcome.ts';
import { compilePolicyTables } from './policy-table.ts';
import { usedPools } from './pool.ts';
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
  /** Zone of the node: of its zones, a load balancer uses the source addresses of this one; null: of none. */
  readonly zone: string | null;
  /** What earlier compilations made of rows that are still the same objects; absent: nothing is kept. */
  readonly memo?: CompileMemo;
}

/**
 * Decides everything a node has to know about one load balancer. Total: whatever the tree holds, the answer is a
 * smaller plan and a condition, never an exception. Deterministic: equal trees give equal bytes, in whatever order
 * their rows were read.
 */
export function compileLoadBalancer(
  tree: LoadBalancerTree,
  hash: Hash,
  { isAccessLogEnabled, zone, memo = new CompileMemo() }: CompileSettings = {
    isAccessLogEnabled: false,
    zone: null,
  },
): CompiledLoadBalancer {
  const { loadBalancer } = tree;
  if (!loadBalancer.isAdminStateUp) return nothing([]);
  if (loadBalancer.vipAddress === null) return nothing(withoutAddress(tree));
  // A log tank asks for the log of one load balancer, whatever the settings say of all.
  const isLogged = loadBalancer.logTank !== undefined;
  const place = {
    address: loadBalancer.vipAddress,
    isAccessLogEnabled: isAccessLogEnabled || isLogged,
    sourceAddresses: sourcesOf(loadBalancer, zone),
  };
  const resolved = resolveTree(tree, memo);
  return assemble([
    ...passes(resolved, place).map((outcome) => judged(outcome, hash)),
    ...usedPools(resolved).map((pool) => memo.pool(pool, resolved, { place, hash })),
    ...compilePolicyTables(resolved, memo, hash),
    ...addressSetIds(resolved).map((id) => memo.addressSet(id, resolved, hash)),
  ]);
}

function sourcesOf({ sourceAddresses }: LoadBalancer, zone: string | null): readonly string[] {
  return sourceAddresses.filter((source) => source.zone === zone).map(({ address }) => address);
}

/** The passes, in the order in which a reader wants them; none depends on the outcome of another. */
function passes(tree: ResolvedTree, place: ListenerPlace): readonly Outcome[] {
  return [
    ...tree.listeners.map((listener) => compileListener(listener, tree, place)),
    ...compileCertificates(tree),
  ];
}

function assemble(outcomes: readonly JudgedOutcome[]): CompiledLoadBalancer {
  const chunks = new Map<string, Chunk>();
  const entries: ManifestEntry[] = [];
  const conditions: ObjectTrouble[] = [];
  for (const { outcome, name } of outcomes.toSorted((a, b) => byKindAndId(a.outcome, b.outcome))) {
    const { kind, id } = outcome;
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
