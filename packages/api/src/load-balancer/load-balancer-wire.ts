import type { LoadBalancer } from '@elbow/model';
import { wireTime } from '../time.ts';

/** What an answer about a load balancer tells of other objects. */
export interface LoadBalancerRelations {
  readonly listenerIds: readonly string[];
  readonly poolIds: readonly string[];
  /** Whether one of its backend subnets holds IPv6 addresses. */
  readonly hasIpv6Subnet?: boolean;
  /** Of its public address. */
  readonly publicIpId?: string | null;
}

export function loadBalancerToWire(loadBalancer: LoadBalancer, relations: LoadBalancerRelations) {
  return {
    id: loadBalancer.id,
    project_id: loadBalancer.projectId,
    name: loadBalancer.name,
    description: loadBalancer.description,
    provisioning_status: 'ACTIVE',
    operating_status: 'ONLINE',
    admin_state_up: loadBalancer.isAdminStateUp,
    provider: 'vlb',
    guaranteed: true,
    vpc_id: loadBalancer.vpcId,
    vip_subnet_cidr_id: loadBalancer.vipSubnetCidrId,
    vip_address: loadBalancer.vipAddress,
    vip_port_id: loadBalancer.vipPortId,
    ipv6_vip_virsubnet_id: null,
    ipv6_vip_address: null,
    ipv6_vip_port_id: null,
    availability_zone_list: loadBalancer.availabilityZones,
    enterprise_project_id: loadBalancer.enterpriseProjectId,
    l4_flavor_id: loadBalancer.l4FlavorId,
    l4_scale_flavor_id: null,
    l7_flavor_id: loadBalancer.l7FlavorId,
    l7_scale_flavor_id: null,
    gw_flavor_id: null,
    loadbalancer_type: null,
    elb_virsubnet_ids: loadBalancer.backendSubnetIds,
    elb_virsubnet_type: relations.hasIpv6Subnet === true ? 'dualstack' : 'ipv4',
    ip_target_enable: loadBalancer.isIpTargetEnabled,
    ...publicAddressToWire(loadBalancer.publicAddress ?? null, relations.publicIpId ?? ''),
    global_eips: [],
    listeners: relations.listenerIds.map((id) => ({ id })),
    pools: relations.poolIds.map((id) => ({ id })),
    tags: loadBalancer.tags,
    billing_info: null,
    frozen_scene: null,
    charge_mode: null,
    deletion_protection_enable: loadBalancer.isDeletionProtected,
    autoscaling: { enable: false, min_l7_flavor_id: '' },
    public_border_group: 'center',
    waf_failure_action: loadBalancer.wafFailureAction,
    protection_status: loadBalancer.protectionStatus,
    protection_reason: loadBalancer.protectionReason,
    log_group_id: loadBalancer.logTank?.groupId ?? null,
    log_topic_id: loadBalancer.logTank?.topicId ?? null,
    created_at: wireTime(loadBalancer.createdAtMs),
    updated_at: wireTime(loadBalancer.updatedAtMs),
  };
}

/** The same under the two names that the API has for it. */
function publicAddressToWire(address: string | null, id: string) {
  if (address === null) return { eips: [], publicips: [] };
  const version = address.includes(':') ? 6 : 4;
  return {
    eips: [{ eip_id: id, eip_address: address, ip_version: version }],
    publicips: [{ publicip_id: id, publicip_address: address, ip_version: version }],
  };
}
