import ipaddr from 'ipaddr.js';
import { canonicalAddress, isIpv4 } from './address.ts';

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const plainIpv4 = new RegExp(`^${octet}\\.${octet}\\.${octet}\\.${octet}$`);

/**
 * One text for what an entry of an IP group stands for: an address, a network without host bits, or a range `a-b`.
 * `0.0.0.0/32` is `0.0.0.0`; IPv4-mapped addresses are the IPv4 ones.
 * @returns null when the text is none of them, or a range does not end behind its beginning
 */
export function canonicalRange(text: string): string | null {
  // Most entries are plain IPv4 addresses, and lists may be long.
  if (plainIpv4.test(text)) return text;
  if (text.includes('-')) return canonicalFromTo(text);
  const slash = text.indexOf('/');
  return slash < 0 ? canonicalAddress(text) : canonicalNetwork(text, slash);
}

function canonicalFromTo(text: string): string | null {
  const [first, last, ...rest] = text.split('-').map((part) => canonicalAddress(part));
  if (typeof first !== 'string' || typeof last !== 'string' || rest.length > 0) return null;
  return isIpv4(first) === isIpv4(last) && isBefore(first, last) ? `${first}-${last}` : null;
}

function isBefore(first: string, last: string): boolean {
  const [a, b] = [ipaddr.parse(first).toByteArray(), ipaddr.parse(last).toByteArray()];
  const place = a.findIndex((byte, index) => byte !== b[index]);
  return place >= 0 && a[place]! < b[place]!;
}

function canonicalNetwork(text: string, slash: number): string | null {
  const address = text.slice(0, slash);
  const canonical = canonicalAddress(address);
  const lengthText = text.slice(slash + 1);
  if (canonical === null || !/^(?:0|[1-9]\d{0,2})$/.test(lengthText)) return null;
  const isMapped = isIpv4(canonical) && address.includes(':');
  const length = Number(lengthText) - (isMapped ? 96 : 0);
  const width = isIpv4(canonical) ? 32 : 128;
  if (length < 0 || length > width) return null;
  return length === width ? canonical : `${networkAddress(canonical, length)}/${length}`;
}

function networkAddress(canonical: string, length: number): string {
  const bytes = ipaddr.parse(canonical).toByteArray();
  const masked = bytes.map(
    (byte, index) => byte & (0xff00 >> Math.min(8, Math.max(0, length - 8 * index))) & 0xff,
  );
  return canonicalAddress(ipaddr.fromByteArray(masked).toString()) ?? canonical;
}
