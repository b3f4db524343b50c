import type { Pool } from '@elbow/model';
import { wireTime } from '../time.ts';
import { persistenceToWire, slowStartToWire } from './balancing-body.ts';

export interface PoolRelations {
  readonly listenerIds: readonly string[];
  readonly loadBalancerIds: readonly string[];
  readonly memberIds: readonly string[];
  readonly healthMonitorId: string | null;
}

export function poolToWire(pool: Pool, relations: PoolRelations) {
  return {
    id: pool.id,
    project_id: pool.projectId,
    name: pool.name,
    description: pool.description,
    admin_state_up: true,
    protocol: pool.protocol,
    lb_algorithm: pool.algorithm,
    type: pool.type,
    vpc_id: pool.vpcId,
    ip_version: 'v4',
    listeners: relations.listenerIds.map((id) => ({ id })),
    loadbalancers: relations.loadBalancerIds.map((id) => ({ id })),
    members: relations.memberIds.map((id) => ({ id })),
    healthmonitor_id: relations.healthMonitorId,
    session_persistence: persistenceToWire(pool.sessionPersistence),
    slow_start: slowStartToWire(pool.slowStart),
    connection_drain: null,
    pool_health: { minimum_healthy_member_count: pool.isFailOpen ? 1 : 0 },
    az_affinity: null,
    any_port_enable: false,
    member_deletion_protection_enable: pool.isMemberDeletionProtected,
    public_border_group: 'center',
    quic_cid_hash_strategy: null,
    enterprise_project_id: pool.enterpriseProjectId,
    protection_status: pool.protectionStatus,
    protection_reason: pool.protectionReason,
    created_at: wireTime(pool.createdAtMs),
    updated_at: wireTime(pool.updatedAtMs),
  };
}
