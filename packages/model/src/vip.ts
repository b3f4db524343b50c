import { addressRange, canonicalAddress, isIpv4, isInNetwork } from './address.ts';
import { accepted, conflict, invalidField, notFound, type Outcome, refused } from './problem.ts';
import { fromNumber, type Subnet, subnetOf, toNumber, usableRange } from './subnet.ts';

export interface VipRequest {
  /** IPv4 literal that the caller wants, or null for any. */
  readonly address: string | null;
  /** Subnet that the caller wants, or null for any. */
  readonly subnetId: string | null;
}

export interface Vip {
  readonly address: string;
  readonly subnetId: string;
}

/** A network's first addresses are tried in turn; beyond this many taken ones the network counts as full. */
const triesPerSubnet = 65_536;

/** 127.0.0.1 is where everything else on a machine listens: it is a VIP only when asked for by name. */
const firstLoopbackVip = '127.0.0.2';

/**
 * The VIP of a load balancer: the one asked for when it is free and in a frontend subnet, else the first free one.
 * @param taken VIPs of the other load balancers
 */
export function chooseVip(
  request: VipRequest,
  subnets: readonly Subnet[],
  taken: ReadonlySet<string>,
): Outcome<Vip> {
  const wanted = subnets.find((subnet) => subnet.id === request.subnetId) ?? null;
  if (request.subnetId !== null && wanted === null) return refused(notFound('subnet', request.subnetId));
  if (request.address === null) return firstFree(wanted === null ? subnets : [wanted], taken);
  return namedVip(request.address, wanted, subnets, taken);
}

function namedVip(
  text: string,
  wanted: Subnet | null,
  subnets: readonly Subnet[],
  taken: ReadonlySet<string>,
): Outcome<Vip> {
  const field = 'loadbalancer.vip_address';
  const address = canonicalAddress(text);
  if (address === null || !isIpv4(address)) return refused(invalidField(field, 'must be an IPv4 address'));
  const subnet = wanted ?? subnetOf(address, subnets);
  if (subnet === null || !isInNetwork(address, subnet.cidr) || !isHostOf(address, subnet)) {
    const names = (wanted === null ? subnets : [wanted]).map(({ cidr }) => cidr).join(', ');
    return refused(invalidField(field, `${address} is not an address of the frontend subnets (${names})`));
  }
  if (taken.has(address))
    return refused(conflict(`IP address ${address} is already in use by another load balancer`));
  return accepted({ address, subnetId: subnet.id });
}

function isHostOf(address: string, subnet: Subnet): boolean {
  const range = usableRange(subnet.cidr);
  const value = toNumber(address);
  if (range === null || value < range.first || value > range.last) return false;
  return ['unicast', 'loopback'].includes(addressRange(address));
}

function firstFree(subnets: readonly Subnet[], taken: ReadonlySet<string>): Outcome<Vip> {
  for (const subnet of loopbackFirst(subnets)) {
    const address = firstFreeOf(subnet, taken);
    if (address !== null) return accepted({ address, subnetId: subnet.id });
  }
  return refused(conflict('no free IP address is left in the frontend subnets'));
}

/** A machine's own addresses are for those who ask for them. */
function loopbackFirst(subnets: readonly Subnet[]): readonly Subnet[] {
  const isLoopback = ({ cidr }: Subnet): boolean => isInNetwork(firstLoopbackVip, cidr);
  return [...subnets.filter(isLoopback), ...subnets.filter((subnet) => !isLoopback(subnet))];
}

function firstFreeOf(subnet: Subnet, taken: ReadonlySet<string>): string | null {
  const range = usableRange(subnet.cidr);
  if (range === null) return null;
  const start = isInNetwork(firstLoopbackVip, subnet.cidr) ? toNumber(firstLoopbackVip) : range.first;
  const end = Math.min(range.last, start + triesPerSubnet);
  for (let value = start; value <= end; value++) {
    const address = fromNumber(value);
    if (address !== '127.0.0.1' && !taken.has(address)) return address;
  }
  return null;
}
