import type { ListenerWire, LoadBalancerWire, SubnetAnswer } from '@elbow/api';
import { sourcesPerZone } from '@elbow/model';

export interface SubnetNeeds {
  /** Backend subnets of the load balancer, in its order. */
  readonly own: readonly SubnetAnswer[];
  /** Addresses that it has to have in each IP family, for its listeners of now. */
  readonly needed: number;
  /** What one more HTTPS listener takes of each family. */
  readonly neededMore: number;
  /** The family with the fewest free addresses in its subnets, and how many those are. */
  readonly free: number;
  readonly isShort: boolean;
}

/**
 * What a load balancer takes of its backend subnets, and whether one more HTTPS listener would fit.
 * @returns null where the host chooses where connections come from
 */
export function subnetNeeds(
  loadBalancer: Pick<LoadBalancerWire, 'availability_zone_list' | 'elb_virsubnet_ids'>,
  listeners: readonly Pick<ListenerWire, 'protocol'>[],
  subnets: readonly SubnetAnswer[],
): SubnetNeeds | null {
  const known = subnets.filter((subnet) => subnet.is_backend);
  const own = loadBalancer.elb_virsubnet_ids.flatMap((id) =>
    known.filter((subnet) => subnet.network_id === id),
  );
  if (own.length === 0) return null;
  const zones = loadBalancer.availability_zone_list.length;
  const httpsCount = listeners.filter(({ protocol }) => protocol === 'HTTPS').length;
  const byFamily = Map.groupBy(own, ({ cidr }) => cidr.includes(':'));
  const free = Math.min(
    ...[...byFamily.values()].map((family) => family.reduce((sum, one) => sum + one.free, 0)),
  );
  return {
    own,
    needed: zones * sourcesPerZone(httpsCount),
    neededMore: zones,
    free,
    isShort: free < zones,
  };
}
