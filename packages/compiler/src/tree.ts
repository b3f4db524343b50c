import type {
  Certificate,
  HealthMonitor,
  IpGroup,
  L7Policy,
  L7Rule,
  Listener,
  LoadBalancer,
  Member,
  Pool,
  SecurityPolicy,
} from '@elbow/model';

/** One load balancer with everything it serves, as read from the store: the unit of compilation. Order means nothing. */
export interface LoadBalancerTree {
  readonly loadBalancer: LoadBalancer;
  readonly listeners: readonly Listener[];
  /** At least the pools that the listeners and their policies refer to. */
  readonly pools: readonly Pool[];
  /** The members of those pools. */
  readonly members: readonly Member[];
  /** The health monitors of those pools. */
  readonly monitors: readonly HealthMonitor[];
  /** The policies of the listeners, and the rules of these. */
  readonly policies: readonly L7Policy[];
  readonly rules: readonly L7Rule[];
  /** At least the groups that the listeners refer to. */
  readonly ipGroups: readonly IpGroup[];
  /** At least the certificates that the listeners and pools refer to. */
  readonly certificates: readonly Certificate[];
  /** At least the security policies of users that the listeners refer to. */
  readonly securityPolicies: readonly SecurityPolicy[];
}
