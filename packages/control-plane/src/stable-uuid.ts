import { createHash } from 'node:crypto';

/** Namespace of the names below; any fixed UUID serves. */
const namespace = Buffer.from('6f2c1e9a4b7d5c3e8a1f0d9b7e6c5a43', 'hex');

/** A UUID of version 5 (RFC 9562 section 5.5): equal names give equal ids everywhere. */
export function stableUuid(name: string): string {
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
