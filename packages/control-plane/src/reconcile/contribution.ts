import {
  type CompiledLoadBalancer,
  compileLoadBalancer,
  type CompileMemo,
  type LoadBalancerTree,
} from '@elbow/compiler';
import type { Hash, Log } from '@elbow/plan';

/** What one load balancer adds to the plan, as of the revision at which its tree was read or later. */
export interface Contribution extends CompiledLoadBalancer {
  readonly revision: number;
}

export interface ContributionOptions {
  readonly hash: Hash;
  readonly log: Log;
  readonly isAccessLogEnabled?: boolean;
  /** Zone of the nodes; null: they use no source addresses. */
  readonly zone?: string | null;
  /** What earlier compilations made. */
  readonly memo?: CompileMemo;
}

/**
 * Compiles one tree. A compiler that throws is a bug, and a bug must cost no more than its object: the node keeps what
 * it serves of this load balancer, and the condition says so.
 */
export function contributionOf(
  tree: LoadBalancerTree,
  revision: number,
  { hash, log, isAccessLogEnabled = false, zone = null, memo }: ContributionOptions,
): Contribution {
  try {
    return {
      revision,
      ...compileLoadBalancer(tree, hash, { isAccessLogEnabled, zone, ...(memo && { memo }) }),
    };
  } catch (error) {
    log('error', 'a load balancer cannot be compiled', {
      loadBalancerId: tree.loadBalancer.id,
      error: error instanceof Error ? error.stack : String(error),
    });
    return { revision, ...keepAsServed(tree) };
  }
}

function keepAsServed(tree: LoadBalancerTree): CompiledLoadBalancer {
  const listeners = tree.listeners.map(({ id }) => ({ kind: 'listener', id }) as const);
  return {
    chunks: new Map(),
    entries: listeners.map((listener) => ({ ...listener, hash: null })),
    conditions: listeners.map((listener) => ({
      ...listener,
      reason: 'kept in its earlier form: an internal error',
    })),
  };
}
