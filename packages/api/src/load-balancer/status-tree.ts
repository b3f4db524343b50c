import type { HealthMonitor, L7Policy, L7Rule, Listener, LoadBalancer, Member, Pool } from '@elbow/model';
import type { MemberStatus } from '../member/member-status.ts';

/** A load balancer and all below it. */
export interface StatusTreeInput {
  readonly loadBalancer: LoadBalancer;
  readonly listeners: readonly Listener[];
  /** Every pool tied to the load balancer. */
  readonly pools: readonly Pool[];
  readonly members: readonly Member[];
  readonly monitors: readonly HealthMonitor[];
  /** Of the listeners, with their rules. */
  readonly policies: readonly L7Policy[];
  readonly rules: readonly L7Rule[];
  /** By member id. */
  readonly memberStatuses: ReadonlyMap<string, MemberStatus>;
  /** Policies that no request reaches. */
  readonly shadowedPolicyIds: ReadonlySet<string>;
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
      operating_status: operatingStatus(
        input,
        [...listeners, ...pools].map(({ id }) => id),
      ),
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
    operating_status: listenerStatus(input, listener, pools),
    pools: pools.map((pool) => poolNode(input, pool)),
    l7policies: input.policies
      .filter(({ listenerId }) => listenerId === listener.id)
      .map((policy) => policyNode(input, policy)),
  };
}

/** A policy that is in error shows at its listener. */
function listenerStatus(input: StatusTreeInput, { id }: Listener, pools: readonly Pool[]) {
  const status = operatingStatus(input, [id, ...pools.map((pool) => pool.id)]);
  const own = input.policies.filter(({ listenerId }) => listenerId === id);
  const hasError = own.some((policy) => input.shadowedPolicyIds.has(policy.id));
  return status === 'ONLINE' && hasError ? 'DEGRADED' : status;
}

function policyNode({ rules, shadowedPolicyIds }: StatusTreeInput, { id, name, action }: L7Policy) {
  return {
    id,
    name,
    action,
    provisioning_status: shadowedPolicyIds.has(id) ? 'ERROR' : 'ACTIVE',
    rules: rules
      .filter(({ policyId }) => policyId === id)
      .map((rule) => ({ id: rule.id, type: rule.type, provisioning_status: 'ACTIVE' })),
  };
}

function poolNode(input: StatusTreeInput, pool: Pool) {
  return {
    id: pool.id,
    name: pool.name,
    provisioning_status: provisioningStatus(input, pool.id),
    operating_status: operatingStatus(input, [pool.id]),
    healthmonitor: monitorNode(input, pool),
    members: input.members
      .filter(({ poolId }) => poolId === pool.id)
      .map((member) => memberNode(input, member)),
  };
}

function monitorNode({ monitors }: StatusTreeInput, pool: Pool) {
  const monitor = monitors.find(({ poolId }) => poolId === pool.id);
  if (monitor === undefined) return null;
  const { id, name, type } = monitor;
  return { id, name, type, provisioning_status: 'ACTIVE' };
}

function memberNode({ loadBalancer, memberStatuses }: StatusTreeInput, member: Member) {
  const status = memberStatuses.get(member.id)?.operatingStatus ?? 'UNKNOWN';
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

/** @param ids objects whose trouble shows here, and whose members' */
function operatingStatus(input: StatusTreeInput, ids: readonly string[]): 'ONLINE' | 'DEGRADED' | 'DISABLED' {
  if (!input.loadBalancer.isAdminStateUp) return 'DISABLED';
  const isTroubled = ids.some((id) => input.troubledIds.has(id));
  return isTroubled || hasOfflineMember(input, ids) ? 'DEGRADED' : 'ONLINE';
}

function hasOfflineMember({ members, memberStatuses }: StatusTreeInput, poolIds: readonly string[]): boolean {
  return members.some(
    ({ id, poolId }) => poolIds.includes(poolId) && memberStatuses.get(id)?.operatingStatus === 'OFFLINE',
  );
}
