import { type Family, parseAddress } from './parse-address.ts';

/** Both ends belong to it. IPv4 ends live in the last word, the others are 0. */
export interface BitRange {
  readonly family: 4 | 6;
  readonly first: Uint32Array;
  readonly last: Uint32Array;
}

/**
 * Reads a single address, a network in CIDR form (bits of the host part do not count) or a range `a-b`.
 * @returns null when it is none of them, or the range runs backwards or from one family to the other
 */
export function parseRange(text: string): BitRange | null {
  const dash = text.indexOf('-');
  if (dash >= 0) return parseFromTo(text, dash);
  const slash = text.indexOf('/');
  return slash >= 0 ? parseNetwork(text, slash) : parseSingle(text);
}

export function compareWords(a: Uint32Array, b: Uint32Array): number {
  for (let word = 0; word < 4; word++) if (a[word] !== b[word]) return a[word]! < b[word]! ? -1 : 1;
  return 0;
}

function parseFromTo(text: string, dash: number): BitRange | null {
  const first = parseSingle(text.slice(0, dash));
  const last = parseSingle(text.slice(dash + 1));
  if (first === null || last === null || first.family !== last.family) return null;
  if (compareWords(first.first, last.first) > 0) return null;
  return { family: first.family, first: first.first, last: last.first };
}

function parseSingle(text: string): BitRange | null {
  const words = new Uint32Array(4);
  const family = withoutPrefix(parseAddress(text, words), words);
  return family === 0 ? null : { family, first: words, last: words };
}

/** A mapped address leaves its prefix in the words; as an IPv4 address it has none. */
function withoutPrefix(family: Family, words: Uint32Array): Family {
  if (family === 4) words.fill(0, 0, 3);
  return family;
}

function parseNetwork(text: string, slash: number): BitRange | null {
  const first = new Uint32Array(4);
  const isMapped = text.includes(':');
  const family = withoutPrefix(parseAddress(text, first, 0, slash), first);
  const length = prefixLength(text.slice(slash + 1));
  if (family === 0 || length < 0) return null;
  if (family === 6) return length > 128 ? null : network(first, 6, length);
  // A network of mapped addresses counts its bits from the IPv6 side (RFC 4291 §2.5.5.2).
  const bits = isMapped ? length - 96 : length;
  return bits < 0 || bits > 32 ? null : network(first, 4, bits + 96);
}

function network(first: Uint32Array, family: 4 | 6, bits: number): BitRange {
  const last = first.slice();
  for (let word = 0; word < 4; word++) {
    const kept = Math.min(32, Math.max(0, bits - 32 * word));
    const hostBits = kept === 32 ? 0 : 0xffffffff >>> kept;
    first[word] = (first[word]! & ~hostBits) >>> 0;
    last[word] = (first[word]! | hostBits) >>> 0;
  }
  return { family, first, last };
}

function prefixLength(text: string): number {
  return /^(?:0|[1-9]\d{0,2})$/.test(text) ? Number(text) : -1;
}
