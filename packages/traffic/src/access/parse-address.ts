/**
 * Addresses as numbers. IPv4 is one unsigned word in `words[3]`; IPv6 is four, most significant first. An IPv4-mapped
 * address (RFC 4291 §2.5.5.2) is the IPv4 one: a list that names 192.0.2.1 has to see it however it arrives.
 */
export type Family = 0 | 4 | 6;

const ZERO = 0x30;
const NINE = 0x39;
const DOT = 0x2e;
const COLON = 0x3a;

/**
 * Reads an address literal into `words` without making an object, because it runs for every connection.
 * @returns 4 or 6, or 0 when `text[start, end)` is no address; `words` is then undefined
 */
export function parseAddress(text: string, words: Uint32Array, start = 0, end: number = text.length): Family {
  const isIpv6 = text.charCodeAt(start) === COLON || indexOfColon(text, start, end) >= 0;
  if (!isIpv6) {
    const value = parseIpv4(text, start, end);
    if (value < 0) return 0;
    words[3] = value;
    return 4;
  }
  if (end - start > 45 || !parseIpv6(text, words, start, end)) return 0;
  const isMapped = words[0] === 0 && words[1] === 0 && words[2] === 0xffff;
  return isMapped ? 4 : 6;
}

function indexOfColon(text: string, start: number, end: number): number {
  const last = Math.min(end, start + 5);
  for (let at = start; at < last; at++) if (text.charCodeAt(at) === COLON) return at;
  return -1;
}

/** Four decimal parts, none with a leading zero. @returns -1 when it is something else */
function parseIpv4(text: string, start: number, end: number): number {
  let value = 0;
  let at = start;
  for (let part = 0; part < 4; part++) {
    if (part > 0 && text.charCodeAt(at++) !== DOT) return -1;
    const first = at;
    let octet = 0;
    for (
      let code = text.charCodeAt(at);
      at < end && code >= ZERO && code <= NINE;
      code = text.charCodeAt(++at)
    ) {
      octet = octet * 10 + code - ZERO;
      if (octet > 255) return -1;
    }
    if (at === first || (at - first > 1 && text.charCodeAt(first) === ZERO)) return -1;
    value = value * 256 + octet;
  }
  return at === end ? value : -1;
}

/** RFC 4291 §2.2: eight groups of 16 bits, of which `::` leaves out at least one, the last two perhaps dotted. */
function parseIpv6(text: string, words: Uint32Array, start: number, end: number): boolean {
  let count = 0;
  let gap = -1;
  let at = start;
  if (text.charCodeAt(at) === COLON) {
    if (text.charCodeAt(at + 1) !== COLON) return false;
    gap = 0;
    at += 2;
  }
  while (at < end) {
    const groupEnd = endOfGroup(text, at, end);
    if (groupEnd < end && text.charCodeAt(groupEnd) === DOT) {
      const dotted = count <= 6 ? parseIpv4(text, at, end) : -1;
      if (dotted < 0) return false;
      groups[count++] = Math.floor(dotted / 0x10000);
      groups[count++] = dotted % 0x10000;
      at = end;
      break;
    }
    if (count === 8 || groupEnd === at || groupEnd - at > 4) return false;
    groups[count++] = hexadecimal(text, at, groupEnd);
    at = groupEnd;
    if (at === end) break;
    if (text.charCodeAt(at++) !== COLON) return false;
    if (text.charCodeAt(at) !== COLON || at >= end) {
      if (at >= end) return false;
      continue;
    }
    if (gap >= 0) return false;
    gap = count;
    at++;
  }
  return fill(words, count, gap);
}

const groups = new Uint16Array(8);

function endOfGroup(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && hexDigit(text.charCodeAt(at)) >= 0) at++;
  return at;
}

function hexadecimal(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 16 + hexDigit(text.charCodeAt(at));
  return value;
}

function hexDigit(code: number): number {
  if (code >= ZERO && code <= NINE) return code - ZERO;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Puts the groups in place, those behind the gap at the end. */
function fill(words: Uint32Array, count: number, gap: number): boolean {
  if (gap < 0 ? count !== 8 : count > 7) return false;
  words.fill(0);
  const behind = gap < 0 ? 8 : gap;
  for (let group = 0; group < count; group++) {
    const place = group < behind ? group : 8 - count + group;
    words[place >> 1]! += (place & 1) === 1 ? groups[group]! : groups[group]! * 0x10000;
  }
  return true;
}
