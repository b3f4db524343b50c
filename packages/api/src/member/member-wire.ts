import { isIpv4, type Member } from '@elbow/model';
import { wireTime } from '../time.ts';
import { type MemberStatus, reasonToWire } from './member-status.ts';

export interface MemberRelations {
  /** Listeners that use the member's pool. */
  readonly listenerIds: readonly string[];
  /** Load balancers of the pool. */
  readonly loadBalancerIds: readonly string[];
  readonly status: MemberStatus;
}

export function memberToWire(member: Member, relations: MemberRelations) {
  const { operatingStatus, reason, sinceMs } = relations.status;
  return {
    id: member.id,
    project_id: member.projectId,
    name: member.name,
    address: member.address,
    protocol_port: member.port,
    weight: member.weight,
    subnet_cidr_id: member.subnetCidrId,
    availability_zone: member.availabilityZone,
    admin_state_up: true,
    ip_version: isIpv4(member.address) ? 'v4' : 'v6',
    member_type: member.subnetCidrId === null ? 'ip' : 'instance',
    instance_id: '',
    operating_status: operatingStatus,
    reason: reasonToWire(reason),
    status: relations.listenerIds.map((id) => ({
      listener_id: id,
      operating_status: operatingStatus,
      reason: reasonToWire(reason),
      created_at: wireTime(member.createdAtMs),
      updated_at: wireTime(sinceMs ?? member.updatedAtMs),
    })),
    created_at: wireTime(member.createdAtMs),
    updated_at: wireTime(member.updatedAtMs),
  };
}

/** The list over all pools says in addition where each member belongs. */
export function memberOfAnyPoolToWire(member: Member, relations: MemberRelations) {
  return {
    ...memberToWire(member, relations),
    pool_id: member.poolId,
    loadbalancer_id: relations.loadBalancerIds[0] ?? null,
    loadbalancers: relations.loadBalancerIds.map((id) => ({ id })),
  };
}
