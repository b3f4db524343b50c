import { accepted, mapOutcome, type Outcome } from '@elbow/model';
import { z } from 'zod';
import { notYet } from '../schema/fixed.ts';
import { parsePlainBody } from '../schema/parse-body.ts';
import { enterpriseProjectId, name } from '../schema/shared-fields.ts';
import { flag, integer, line, says, uuid } from '../schema/values.ts';

const ipv4 = z.ipv4(says('must be an IPv4 address'));

const target = z.strictObject(
  {
    name: name.exactOptional(),
    availability_zone_list: z
      .array(line(64), says('must be a list of zone codes'))
      .min(1, 'must name at least one availability zone')
      .exactOptional(),
    vip_subnet_cidr_id: uuid.exactOptional(),
    vip_address: ipv4.exactOptional(),
    ipv6_vip_virsubnet_id: notYet(null, ''),
    ipv6_vip_address: notYet(null, ''),
    elb_virsubnet_ids: z.array(uuid, says('must be a list of network ids')).exactOptional(),
    l4_flavor_id: uuid.exactOptional(),
    l7_flavor_id: uuid.exactOptional(),
    enterprise_project_id: enterpriseProjectId,
    reuse_pool: flag.default(false),
    guaranteed: flag.exactOptional(),
  },
  says('must be an object'),
);

const loadBalancerClone = z
  .strictObject({
    count: integer(1, 10).default(1),
    target_loadbalancer_param: target.prefault({}),
  })
  .refine(({ count, target_loadbalancer_param: { vip_address: vip } }) => count === 1 || vip === undefined, {
    path: ['target_loadbalancer_param', 'vip_address'],
    message: 'can be given for one copy only',
  })
  .refine(({ target_loadbalancer_param: { guaranteed } }) => guaranteed !== false, {
    path: ['target_loadbalancer_param', 'guaranteed'],
    message: 'must be true',
  });

/** Absent: as the source. */
export interface LoadBalancerClone {
  readonly count: number;
  readonly reusesPools: boolean;
  readonly name: string | undefined;
  readonly availabilityZones: readonly string[] | undefined;
  readonly vipSubnetCidrId: string | undefined;
  /** Absent: the first free one. */
  readonly vipAddress: string | undefined;
  readonly backendSubnetIds: readonly string[] | undefined;
  readonly l4FlavorId: string | undefined;
  readonly l7FlavorId: string | undefined;
}

export function parseLoadBalancerClone(body: unknown): Outcome<LoadBalancerClone> {
  const parsed = parsePlainBody(loadBalancerClone, body);
  if (!parsed.ok) return parsed;
  const { count, target_loadbalancer_param: wire } = parsed.value;
  return accepted({
    count,
    reusesPools: wire.reuse_pool,
    name: wire.name || undefined,
    availabilityZones: wire.availability_zone_list,
    vipSubnetCidrId: wire.vip_subnet_cidr_id,
    vipAddress: wire.vip_address,
    backendSubnetIds: wire.elb_virsubnet_ids,
    l4FlavorId: wire.l4_flavor_id,
    l7FlavorId: wire.l7_flavor_id,
  });
}

const listenerTarget = z.strictObject(
  {
    loadbalancer_id: uuid,
    name: name.default(''),
    protocol_port: integer(1, 65_535).exactOptional(),
    port_ranges: notYet([], null),
    reuse_pool: flag.default(false),
    // All load balancers share one network here, so that there is nothing to map.
    subnet_mapping_list: notYet([], null),
  },
  says('must be an object'),
);

const listenerClone = z.strictObject({
  target_listener_params: z
    .array(listenerTarget, says('must be a list of targets'))
    .min(1, 'must hold at least one target')
    .max(10, 'must hold at most 10 targets'),
});

export interface ListenerClone {
  readonly loadBalancerId: string;
  /** Empty: that of the source with an ending. */
  readonly name: string;
  /** Absent: that of the source. */
  readonly port: number | undefined;
  readonly reusesPool: boolean;
}

export function parseListenerClones(body: unknown): Outcome<readonly ListenerClone[]> {
  return mapOutcome(parsePlainBody(listenerClone, body), ({ target_listener_params: targets }) =>
    targets.map((wire) => ({
      loadBalancerId: wire.loadbalancer_id,
      name: wire.name,
      port: wire.protocol_port,
      reusesPool: wire.reuse_pool,
    })),
  );
}

/** For documents that are made from the schemas. */
export const cloneBodies = { loadBalancer: loadBalancerClone, listener: listenerClone } as const;
