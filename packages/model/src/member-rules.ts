import { addressRange, canonicalAddress, isIpv4, isInNetwork } from './address.ts';
import { hostName } from './host-name.ts';
import type { Member } from './member.ts';
import type { Pool } from './pool.ts';
import {
  accepted,
  conflict,
  invalidField,
  notFound,
  type Outcome,
  type Problem,
  problem,
  refused,
} from './problem.ts';
import type { Settings } from './settings.ts';
import type { Subnet } from './subnet.ts';

type AddressSettings = Pick<Settings, 'admin' | 'allowsLoopbackMembers' | 'allowsLinkLocalMembers'>;

/** Names that every machine takes for itself, whatever DNS says. */
const ownNames = /(?:^|\.)(?:localhost|localdomain|ip6-localhost|ip6-loopback)$/;

/**
 * Where a member is, in canonical form: an address, or a name that nodes resolve. What a name leads to is judged by
 * {@link memberAddress} each time it is resolved.
 */
export function memberPlace(text: string, port: number, settings: AddressSettings): Outcome<string> {
  if (canonicalAddress(text) !== null) return memberAddress(text, port, settings);
  const name = hostName(text);
  if (name === null)
    return refused(invalidField('member.address', 'must be an IPv4 or IPv6 address or a host name'));
  return ownNames.test(name)
    ? refused(invalidField('member.address', `${name} is a name of this machine itself: give an address`))
    : accepted(name);
}

/**
 * The canonical address of a member, or why the balancer must not send requests there: a proxy that connects
 * wherever it is told is a way into networks that only its machine can reach.
 */
export function memberAddress(text: string, port: number, settings: AddressSettings): Outcome<string> {
  const address = canonicalAddress(text);
  if (address === null) return refused(invalidField('member.address', 'must be an IPv4 or IPv6 address'));
  const reason = refusedRange(address, settings);
  if (reason !== null) return refused(invalidField('member.address', `${address} ${reason}`));
  if (port === settings.admin.port && isAdminHost(address, settings.admin.host)) {
    return refused(
      invalidField('member.address', `${address}:${port} is the admin address of this installation`),
    );
  }
  return accepted(address);
}

function refusedRange(address: string, settings: AddressSettings): string | null {
  const range = addressRange(address);
  switch (range) {
    case 'unicast':
      return null;
    case 'loopback':
      return settings.allowsLoopbackMembers ? null : 'is a loopback address, which the settings do not allow';
    case 'link-local':
    case 'metadata':
      return settings.allowsLinkLocalMembers
        ? null
        : `is a ${range} address, which the settings do not allow`;
    case 'unspecified':
    case 'multicast':
    case 'broadcast':
    case 'reserved':
      return `is ${range === 'unspecified' ? 'an' : 'a'} ${range} address`;
  }
}

function isAdminHost(address: string, host: string): boolean {
  const isLoopback = addressRange(address) === 'loopback';
  const admin = canonicalAddress(host);
  if (admin === null) return isLoopback;
  return addressRange(admin) === 'unspecified' ? isLoopback : admin === address;
}

/** A member of a subnet must lie in it; a member without one is an IP member. */
export function checkMemberSubnet(
  member: Pick<Member, 'address' | 'subnetCidrId'>,
  subnets: readonly Subnet[],
): Problem | null {
  if (member.subnetCidrId === null) return null;
  const subnet = subnets.find(({ id }) => id === member.subnetCidrId);
  if (subnet === undefined) return notFound('subnet', member.subnetCidrId);
  if (canonicalAddress(member.address) === null)
    return invalidField('member.subnet_cidr_id', 'is only for members with an address, not for a host name');
  if (isInNetwork(member.address, subnet.cidr)) return null;
  return invalidField('member.address', `${member.address} is not in subnet ${subnet.cidr}`);
}

/** Which kinds of member a pool takes, by its type. */
export function checkMemberKind(
  member: Pick<Member, 'subnetCidrId'>,
  pool: Pick<Pool, 'id' | 'type'>,
): Problem | null {
  const isIpMember = member.subnetCidrId === null;
  if (pool.type === 'ip' && !isIpMember) {
    return invalidField('member.subnet_cidr_id', `pool ${pool.id} has type ip and takes IP members only`);
  }
  if (pool.type === 'instance' && isIpMember) {
    return invalidField('member.subnet_cidr_id', `is required in pool ${pool.id}, which has type instance`);
  }
  return null;
}

/** Load balancers take IP members only when told so. */
export function checkIpTargets(
  members: readonly Pick<Member, 'subnetCidrId'>[],
  loadBalancers: readonly { readonly id: string; readonly isIpTargetEnabled: boolean }[],
): Problem | null {
  if (members.every((member) => member.subnetCidrId !== null)) return null;
  const refusing = loadBalancers.find((loadBalancer) => !loadBalancer.isIpTargetEnabled);
  if (refusing === undefined) return null;
  return problem(
    'ipMemberNeedsTarget',
    `load balancer ${refusing.id} does not take IP members (members without subnet_cidr_id): set its ip_target_enable to true`,
  );
}

/** Address and port are unique within a pool. */
export function checkMemberIsNew(
  member: Pick<Member, 'id' | 'poolId' | 'address' | 'port'>,
  siblings: readonly Pick<Member, 'id' | 'address' | 'port'>[],
): Problem | null {
  const twin = siblings.find(
    ({ id, address, port }) => id !== member.id && address === member.address && port === member.port,
  );
  if (twin === undefined) return null;
  const where = isIpv4(member.address) ? member.address : `[${member.address}]`;
  return conflict(`pool ${member.poolId} already has a member ${where}:${member.port}`);
}
