import type { Certificate, Listener, LoadBalancer, Member, Pool } from '@elbow/model';

/** One load balancer with everything it serves, as read from the store: the unit of compilation. Order means nothing. */
export interface LoadBalancerTree {
  readonly loadBalancer: LoadBalancer;
  readonly listeners: readonly Listener[];
  /** At least the pools that the listeners refer to. */
  readonly pools: readonly Pool[];
  /** The members of those pools. */
  readonly members: readonly Member[];
  /** At least the certificates that the listeners refer to. */
  readonly certificates: readonly Certificate[];
}
