import ipaddr from 'ipaddr.js';

/**
 * Canonical text of an IP literal: dotted decimal for IPv4, RFC 5952 for IPv6, IPv4-mapped addresses (RFC 4291
 * section 2.5.5.2) folded to IPv4. Octal, hexadecimal and short forms of IPv4 are refused, because programs
 * disagree on what they mean; so are IPv6 zone ids.
 * @returns null when the text is no such literal
 */
export function canonicalAddress(text: string): string | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return text;
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address().toString() : address.toRFC5952String();
}

export function isIpv4(canonical: string): boolean {
  return !canonical.includes(':');
}

export type AddressRange =
  | 'unicast'
  | 'loopback'
  | 'link-local'
  | 'metadata'
  | 'unspecified'
  | 'multicast'
  | 'broadcast'
  | 'reserved';

/** Where clouds answer with credentials of the machine, outside the link-local ranges. */
const metadataAddresses = new Set(['169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '168.63.129.16']);

/** @param canonical text as {@link canonicalAddress} returns it */
export function addressRange(canonical: string): AddressRange {
  if (metadataAddresses.has(canonical)) return 'metadata';
  switch (ipaddr.parse(canonical).range()) {
    case 'loopback':
      return 'loopback';
    case 'linkLocal':
      return 'link-local';
    case 'unspecified':
      return canonical === '0.0.0.0' || canonical === '::' ? 'unspecified' : 'reserved';
    case 'multicast':
      return 'multicast';
    case 'broadcast':
      return 'broadcast';
    case 'reserved':
      return isIpv4(canonical) && isBelowClassE(canonical) ? 'unicast' : 'reserved';
    default:
      return 'unicast';
  }
}

/** RFC 5737 networks and 192.0.0.0/24 are "reserved" to the registry but used in laboratories; only 240/4 is unusable. */
function isBelowClassE(canonical: string): boolean {
  return Number.parseInt(canonical, 10) < 240;
}

/** @param cidr for example `127.0.0.0/8`; an unreadable one contains nothing */
export function isInNetwork(canonical: string, cidr: string): boolean {
  if (!ipaddr.isValidCIDR(cidr)) return false;
  const address = ipaddr.parse(canonical);
  const [network, length] = ipaddr.parseCIDR(cidr);
  return address.kind() === network.kind() && address.match([network, length]);
}
