import { type LoadBalancer, mapOutcome, type Outcome } from '@elbow/model';
import { z } from 'zod';
import { defined } from '../schema/defined.ts';
import { always, createOnly, notHere, notYet, readOnly, refused } from '../schema/fixed.ts';
import { parseBody } from '../schema/parse-body.ts';
import { enterpriseProjectId, inBothBodies, onCreate, onUpdate, tags } from '../schema/shared-fields.ts';
import { flag, line, oneOf, says, uuid } from '../schema/values.ts';

const ipv4 = z.ipv4(says('must be an IPv4 address'));
const zone = line(64).min(1, 'must not be empty');
const zones = z
  .array(zone, says('must be a list of zone codes'))
  .min(1, 'must name at least one availability zone');
const networks = z
  .array(uuid, says('must be a list of network ids'))
  .max(64, 'must hold at most 64 network ids');
const wafFailureAction = oneOf(['forward', 'discard']);

const readOnlyFields = [
  'id',
  'provisioning_status',
  'operating_status',
  'vip_port_id',
  'ipv6_vip_port_id',
  'l4_scale_flavor_id',
  'l7_scale_flavor_id',
  'elb_virsubnet_type',
  'eips',
  'publicips',
  'global_eips',
  'listeners',
  'pools',
  'frozen_scene',
  'service_lb_mode',
  'instance_type',
  'instance_id',
  'proxy_protocol_extensions',
  'log_group_id',
  'log_topic_id',
  'custom_qos_limit',
  'user_defined_dns',
  'created_at',
  'updated_at',
] as const;

const createOnlyFields = [
  'provider',
  'guaranteed',
  'vpc_id',
  'availability_zone_list',
  'enterprise_project_id',
  'loadbalancer_type',
  'publicip_ids',
  'publicip',
  'tags',
  'public_border_group',
  'billing_info',
] as const;

const noPoint = {
  ipv6_vip_virsubnet_id: notYet(null, ''),
  ipv6_vip_address: notYet(null, ''),
  ipv6_bandwidth: notYet(null, { id: null }),
  gw_flavor_id: notYet(null, ''),
  autoscaling: notYet(
    null,
    { enable: false },
    { enable: false, min_l7_flavor_id: '' },
    { enable: false, min_l7_flavor_id: null },
  ),
  charge_mode: notYet(null, ''),
  prepaid_options: notYet(null),
};

const createBody = z.strictObject({
  ...inBothBodies,
  ...onCreate,
  ...noPoint,
  ...refused(readOnlyFields, readOnly),
  admin_state_up: flag.default(true),
  provider: always('vlb'),
  guaranteed: always(true),
  vpc_id: uuid.nullable().default(null),
  vip_subnet_cidr_id: uuid.nullable().default(null),
  vip_address: ipv4.nullable().default(null),
  availability_zone_list: zones,
  enterprise_project_id: enterpriseProjectId,
  l4_flavor_id: uuid.nullable().default(null),
  l7_flavor_id: uuid.nullable().default(null),
  loadbalancer_type: notYet(null, ''),
  elb_virsubnet_ids: networks.nullable().default(null),
  ip_target_enable: flag.default(false),
  publicip_ids: z
    .array(uuid, says('must be a list of ids of public IP addresses'))
    .max(64, 'must hold at most 64 ids')
    .nullable()
    .default(null),
  // Public addresses are the operator's: there is nobody to buy one from.
  publicip: notHere('is not for sale here: publicip_ids names an address of GET /elbow/v1/publicips', null),
  tags: tags.default([]),
  deletion_protection_enable: flag.default(false),
  waf_failure_action: wafFailureAction.default('forward'),
  billing_info: notYet(null, ''),
  public_border_group: always('center'),
});

const updateBody = z.strictObject({
  ...inBothBodies,
  ...onUpdate,
  ...noPoint,
  ...refused(readOnlyFields, readOnly),
  ...refused(createOnlyFields, createOnly),
  admin_state_up: flag.exactOptional(),
  vip_subnet_cidr_id: uuid.nullable().exactOptional(),
  vip_address: ipv4.exactOptional(),
  l4_flavor_id: uuid.nullable().exactOptional(),
  l7_flavor_id: uuid.nullable().exactOptional(),
  elb_virsubnet_ids: networks.exactOptional(),
  ip_target_enable: flag.exactOptional(),
  deletion_protection_enable: flag.exactOptional(),
  waf_failure_action: wafFailureAction.exactOptional(),
});

/** Attributes that both bodies can hold. */
type Attributes = Pick<
  LoadBalancer,
  | 'name'
  | 'description'
  | 'isAdminStateUp'
  | 'l4FlavorId'
  | 'l7FlavorId'
  | 'isIpTargetEnabled'
  | 'isDeletionProtected'
  | 'wafFailureAction'
  | 'protectionStatus'
  | 'protectionReason'
>;

export interface LoadBalancerCreate extends Attributes {
  /** Null: the default VPC. */
  readonly vpcId: string | null;
  readonly vipSubnetCidrId: string | null;
  readonly vipAddress: string | null;
  readonly availabilityZones: readonly string[];
  /** Null: the network of the VIP. */
  readonly backendSubnetIds: readonly string[] | null;
  /** Of an address of the pool in the settings; null: none. */
  readonly publicIpId: string | null;
  readonly tags: LoadBalancer['tags'];
}

/** Only what the body holds; a null subnet takes the VIP away. */
export type LoadBalancerUpdate = Partial<
  Attributes & Pick<LoadBalancer, 'vipSubnetCidrId' | 'backendSubnetIds'> & { readonly vipAddress: string }
>;

export function parseLoadBalancerCreate(body: unknown): Outcome<LoadBalancerCreate> {
  return mapOutcome(parseBody('loadbalancer', createBody, body), (wire) => ({
    name: wire.name,
    description: wire.description,
    isAdminStateUp: wire.admin_state_up,
    vpcId: wire.vpc_id,
    vipSubnetCidrId: wire.vip_subnet_cidr_id,
    vipAddress: wire.vip_address,
    availabilityZones: [...new Set(wire.availability_zone_list)],
    l4FlavorId: wire.l4_flavor_id,
    l7FlavorId: wire.l7_flavor_id,
    backendSubnetIds: wire.elb_virsubnet_ids,
    // Only the first one is bound.
    publicIpId: wire.publicip_ids?.[0] ?? null,
    isIpTargetEnabled: wire.ip_target_enable,
    isDeletionProtected: wire.deletion_protection_enable,
    wafFailureAction: wire.waf_failure_action,
    tags: wire.tags,
    protectionStatus: wire.protection_status,
    protectionReason: wire.protection_reason,
  }));
}

export function parseLoadBalancerUpdate(body: unknown): Outcome<LoadBalancerUpdate> {
  return mapOutcome(parseBody('loadbalancer', updateBody, body), (wire) =>
    defined({
      name: wire.name,
      description: wire.description,
      isAdminStateUp: wire.admin_state_up,
      vipSubnetCidrId: wire.vip_subnet_cidr_id,
      vipAddress: wire.vip_address,
      l4FlavorId: wire.l4_flavor_id,
      l7FlavorId: wire.l7_flavor_id,
      backendSubnetIds: wire.elb_virsubnet_ids,
      isIpTargetEnabled: wire.ip_target_enable,
      isDeletionProtected: wire.deletion_protection_enable,
      wafFailureAction: wire.waf_failure_action,
      protectionStatus: wire.protection_status || undefined,
      protectionReason: wire.protection_reason ?? undefined,
    }),
  );
}

/** Bodies as clients write them, below their one key. */
export type LoadBalancerCreateBody = z.input<typeof createBody>;
export type LoadBalancerUpdateBody = z.input<typeof updateBody>;

/** For documents that are made from the schemas. */
export const loadBalancerBodies = { create: createBody, update: updateBody } as const;
