import type { RecycleBin, RecycledLoadBalancer } from '@elbow/model';
import { loadBalancerToWire } from '../load-balancer/load-balancer-wire.ts';
import { wireTime } from '../time.ts';

export function recycleBinToWire(bin: RecycleBin, projectId: string) {
  return {
    project_id: projectId,
    enable: bin.isEnabled,
    policy: { retention_hour: bin.retentionHours, recycle_threshold_hour: bin.thresholdHours },
  };
}

/** A load balancer as it was when it went to the bin. */
export function recycledToWire({ snapshot, expiresAtMs }: RecycledLoadBalancer) {
  const { loadBalancer, listeners, pools } = snapshot;
  const relations = { listenerIds: listeners.map(({ id }) => id), poolIds: pools.map(({ id }) => id) };
  return {
    ...loadBalancerToWire(loadBalancer, relations),
    provisioning_status: 'RECYCLING',
    ipv6_bandwidth: null,
    auto_terminate_time: wireTime(expiresAtMs),
  };
}
