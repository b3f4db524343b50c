import ipaddr from 'ipaddr.js';
import { isInNetwork } from './address.ts';

/**
 * A network that may hold VIPs, under the ids that the v3 API needs: clients name subnets, never networks in CIDR
 * form. Ids derive from the CIDR, so they are equal on every machine and after every restart.
 */
export interface Subnet {
  /** What `vip_subnet_cidr_id` and a member's `subnet_cidr_id` name. */
  readonly id: string;
  /** What `elb_virsubnet_ids` name. */
  readonly networkId: string;
  readonly cidr: string;
}

/** @param uuidOf a stable UUID for a name */
export function describeSubnets(
  cidrs: readonly string[],
  uuidOf: (name: string) => string,
): readonly Subnet[] {
  return cidrs.map((cidr) => ({ id: uuidOf(`subnet:${cidr}`), networkId: uuidOf(`network:${cidr}`), cidr }));
}

/** The narrowest subnet that holds the address, or null. */
export function subnetOf(canonical: string, subnets: readonly Subnet[]): Subnet | null {
  const holding = subnets.filter((subnet) => isInNetwork(canonical, subnet.cidr));
  return holding.sort((a, b) => prefixLength(b.cidr) - prefixLength(a.cidr))[0] ?? null;
}

function prefixLength(cidr: string): number {
  return Number(cidr.slice(cidr.indexOf('/') + 1));
}

/** First and last usable IPv4 address as unsigned numbers; networks of up to two addresses use all of them. */
export function usableRange(cidr: string): { readonly first: number; readonly last: number } | null {
  if (!ipaddr.IPv4.isValidCIDR(cidr)) return null;
  const network = toNumber(ipaddr.IPv4.networkAddressFromCIDR(cidr).toString());
  const broadcast = toNumber(ipaddr.IPv4.broadcastAddressFromCIDR(cidr).toString());
  return broadcast - network < 2
    ? { first: network, last: broadcast }
    : { first: network + 1, last: broadcast - 1 };
}

export function toNumber(ipv4: string): number {
  return ipv4.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

export function fromNumber(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}
