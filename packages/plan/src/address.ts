const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);
const ipv6Group = /^[\da-f]{1,4}$/i;

/**
 * One text for each address, however it was written: `::1` and `0:0:0:0:0:0:0:1` are the same socket, and an
 * IPv4-mapped address (RFC 4291 section 2.5.5.2) is the IPv4 one.
 * @returns null when `address` is not an IPv4 or IPv6 literal; zone ids are not literals here
 */
export function addressKey(address: string): string | null {
  if (ipv4.test(address)) return address;
  const groups = ipv6Groups(address);
  if (groups === null) return null;
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return isMapped
    ? groups.slice(6).flatMap(bytesOf).join('.')
    : groups.map((group) => group.toString(16)).join(':');
}

export function isAddress(value: string): boolean {
  return addressKey(value) !== null;
}

/** The eight 16-bit groups of RFC 4291 section 2.2, or null. */
function ipv6Groups(address: string): readonly number[] | null {
  if (address.length > 45) return null;
  const [head, tail, ...rest] = address.split('::');
  if (head === undefined || rest.length > 0) return null;
  const before = groupList(head, tail === undefined);
  const after = tail === undefined ? [] : groupList(tail, true);
  if (before === null || after === null) return null;
  const gap = 8 - before.length - after.length;
  if (tail === undefined ? gap !== 0 : gap < 1) return null;
  return [...before, ...Array.from({ length: gap }, () => 0), ...after];
}

/** Groups between colons; the last place of an address may hold a dotted IPv4 address instead of two groups. */
function groupList(part: string, isEnd: boolean): readonly number[] | null {
  if (part === '') return [];
  const groups: number[] = [];
  const pieces = part.split(':');
  for (const [index, piece] of pieces.entries()) {
    if (isEnd && index === pieces.length - 1 && ipv4.test(piece)) groups.push(...groupsOfIpv4(piece));
    else if (ipv6Group.test(piece)) groups.push(Number.parseInt(piece, 16));
    else return null;
  }
  return groups;
}

function groupsOfIpv4(address: string): readonly number[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return [a * 256 + b, c * 256 + d];
}

function bytesOf(group: number): readonly number[] {
  return [group >> 8, group & 0xff];
}
