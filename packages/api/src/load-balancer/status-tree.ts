import type { Listener, LoadBalancer, Member, Pool } from '@elbow/model';
import { memberStatus } from '../member/member-wire.ts';

/** A load balancer and all below it. */
export interface StatusTreeInput {
  readonly loadBalancer: LoadBalancer;
  readonly listeners: readonly Listener[];
  /** Every pool tied to the load balancer. */
  readonly pools: readonly Pool[];
  readonly members: readonly Member[];
  /** Objects that nodes do not serve as asked. */
  readonly troubledIds: ReadonlySet<string>;
}

export function statusTreeToWire(input: StatusTreeInput) {
  const { loadBalancer, listeners, pools } = input;
  return {
    loadbalancer: {
      id: loadBalancer.id,
      name: loadBalancer.name,
      provisioning_status: 'ACTIVE',
      operating_status: operatingStatus(input, []),
      listeners: listeners.map((listener) => listenerNode(input, listener)),
      pools: pools.map((pool) => poolNode(input, pool)),
    },
  };
}

function listenerNode(input: StatusTreeInput, listener: Listener) {
  const pools = input.pools.filter(({ id }) => id === listener.defaultPoolId);
  return {
    id: listener.id,
    name: listener.name,
    provisioning_status: provisioningStatus(input, listener.id),
    operating_status: operatingStatus(input, [listener.id]),
    pools: pools.map((pool) => poolNode(input, pool)),
    l7policies: [],
  };
}

function poolNode(input: StatusTreeInput, pool: Pool) {
  return {
    id: pool.id,
    name: pool.name,
    provisioning_status: provisioningStatus(input, pool.id),
    operating_status: operatingStatus(input, [pool.id]),
    healthmonitor: null,
    members: input.members.filter(({ poolId }) => poolId === pool.id).map((member) => memberNode(input, member)),
  };
}

function memberNode({ loadBalancer }: StatusTreeInput, member: Member) {
  const status = memberStatus({ listenerIds: [], loadBalancerIds: [loadBalancer.id] });
  return {
    id: member.id,
    address: member.address,
    protocol_port: member.port,
    provisioning_status: 'ACTIVE',
    operating_status: loadBalancer.isAdminStateUp ? status : 'DISABLED',
  };
}

function provisioningStatus({ troubledIds }: StatusTreeInput, id: string): 'ACTIVE' | 'ERROR' {
  return troubledIds.has(id) ? 'ERROR' : 'ACTIVE';
}

/** @param ids objects whose trouble shows here; none means all of them */
function operatingStatus(input: StatusTreeInput, ids: readonly string[]): 'ONLINE' | 'DEGRADED' | 'DISABLED' {
  if (!input.loadBalancer.isAdminStateUp) return 'DISABLED';
  const below = ids.length > 0 ? ids : [...input.listeners, ...input.pools].map(({ id }) => id);
  return below.some((id) => input.troubledIds.has(id)) ? 'DEGRADED' : 'ONLINE';
}
