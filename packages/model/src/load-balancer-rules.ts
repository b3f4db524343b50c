import { flavorById } from './flavor.ts';
import type { LoadBalancer } from './load-balancer.ts';
import { conflict, invalidField, notFound, type Problem } from './problem.ts';
import type { Pool } from './pool.ts';
import type { Subnet } from './subnet.ts';

export function checkFlavors(loadBalancer: Pick<LoadBalancer, 'l4FlavorId' | 'l7FlavorId'>): Problem | null {
  return (
    checkFlavor('l4_flavor_id', loadBalancer.l4FlavorId, ['L4', 'L4_elastic_max']) ??
    checkFlavor('l7_flavor_id', loadBalancer.l7FlavorId, ['L7', 'L7_elastic_max'])
  );
}

function checkFlavor(field: string, id: string | null, types: readonly string[]): Problem | null {
  if (id === null) return null;
  const flavor = flavorById(id);
  if (flavor === null) return notFound('flavor', id);
  if (types.includes(flavor.type)) return null;
  return invalidField(
    `loadbalancer.${field}`,
    `flavor ${id} has type ${flavor.type}, not ${types.join(' or ')}`,
  );
}

/** @param known labels of the nodes of this installation */
export function checkZones(zones: readonly string[], known: readonly string[]): Problem | null {
  const unknown = zones.find((zone) => !known.includes(zone));
  if (unknown === undefined) return null;
  return invalidField(
    'loadbalancer.availability_zone_list',
    `availability zone ${unknown} does not exist (known: ${known.join(', ')})`,
  );
}

/** Backend subnets are named by network id. */
export function checkBackendSubnets(
  networkIds: readonly string[],
  subnets: readonly Subnet[],
): Problem | null {
  const unknown = networkIds.find((id) => !subnets.some(({ networkId }) => networkId === id));
  return unknown === undefined ? null : notFound('network', unknown);
}

/** IP members can be allowed later, never forbidden again: pools may hold some already. */
export function checkIpTargetSwitch(before: boolean, after: boolean): Problem | null {
  if (!before || after) return null;
  return invalidField('loadbalancer.ip_target_enable', 'cannot be switched off once it is on');
}

export function checkLoadBalancerIsUnused(id: string, listenerIds: readonly string[]): Problem | null {
  if (listenerIds.length === 0) return null;
  return conflict(`load balancer ${id} is in use by listener(s) ${listenerIds.join(', ')}`);
}

export function checkDeletionProtection(
  loadBalancer: Pick<LoadBalancer, 'id' | 'isDeletionProtected'>,
): Problem | null {
  if (!loadBalancer.isDeletionProtected) return null;
  return conflict(
    `load balancer ${loadBalancer.id} is protected: set its deletion_protection_enable to false first`,
  );
}

/** Guards members against removal by any call, cascades included. */
export function checkMemberProtection(
  pool: Pick<Pool, 'id' | 'isMemberDeletionProtected'>,
  memberCount: number,
): Problem | null {
  if (!pool.isMemberDeletionProtected || memberCount === 0) return null;
  return conflict(
    `the members of pool ${pool.id} are protected: set its member_deletion_protection_enable to false first`,
  );
}
