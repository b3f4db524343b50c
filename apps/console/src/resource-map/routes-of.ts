import type { TopologyWire } from '@elbow/api';

type Policy = TopologyWire['labels']['l7policies'][number];

/** One way out of a listener: a policy, or what is left for the default. */
export interface MapRoute {
  /** Null: the default. */
  readonly policy: Policy | null;
  readonly poolIds: readonly string[];
}

/** The ways out of a listener in the order in which they are tried. */
export function routesOf({ edges, labels }: TopologyWire, listenerId: string): readonly MapRoute[] {
  const own = edges.filter(({ source_type: type, source }) => type === 'listener' && source === listenerId);
  const poolsBy = (policyId: string | null): readonly string[] =>
    own
      .filter(({ label_id: id, target_type: type }) => id === policyId && type === 'pool')
      .map(({ target }) => target);
  const policies = labels.l7policies
    .filter(({ id }) => own.some(({ label_id: label }) => label === id))
    .toSorted((a, b) => a.priority - b.priority)
    .map((policy) => ({ policy, poolIds: poolsBy(policy.id) }));
  return [...policies, { policy: null, poolIds: poolsBy(null) }];
}
