import ipaddr from 'ipaddr.js';
import type { Subnet } from './subnet.ts';

export type Family = 'v4' | 'v6';

export function familyOf(cidrOrAddress: string): Family {
  return cidrOrAddress.includes(':') ? 'v6' : 'v4';
}

interface Hosts {
  readonly first: bigint;
  readonly last: bigint;
  readonly family: Family;
}

/** How many addresses of a subnet hosts can have, capped where numbers end. */
export function usableCount({ cidr }: Pick<Subnet, 'cidr'>): number {
  const { first, last } = hostsOf(cidr);
  const count = last - first + 1n;
  return count > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(count);
}

/** The addresses that hosts of a subnet can have, lowest first, in canonical form. */
export function* usableAddresses({ cidr }: Pick<Subnet, 'cidr'>): Generator<string> {
  const { first, last, family } = hostsOf(cidr);
  for (let value = first; value <= last; value++) yield addressOf(value, family);
}

/**
 * Without the network's own address and, in IPv4, the broadcast address; in IPv6 the first one is that of the routers
 * (RFC 4291 §2.6.1). Networks of up to two addresses use all of them (RFC 3021, RFC 6164).
 */
function hostsOf(cidr: string): Hosts {
  const [network, bits] = ipaddr.parseCIDR(cidr);
  const family: Family = network.kind() === 'ipv6' ? 'v6' : 'v4';
  const hostBits = BigInt((family === 'v6' ? 128 : 32) - bits);
  const low = (valueOf(network.toByteArray()) >> hostBits) << hostBits;
  const high = low + (1n << hostBits) - 1n;
  if (high - low < 2n) return { first: low, last: high, family };
  return { first: low + 1n, last: family === 'v4' ? high - 1n : high, family };
}

function valueOf(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function addressOf(value: bigint, family: Family): string {
  const length = family === 'v6' ? 16 : 4;
  const bytes = Array.from({ length }, (_, at) => Number((value >> BigInt((length - 1 - at) * 8)) & 255n));
  return ipaddr.fromByteArray(bytes).toString();
}
