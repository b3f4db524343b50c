import { sliceTrimmed } from './octets.ts';

/**
 * Reading and editing of a block of field lines (`name: value\r\n…`, latin1, as in `RequestHead.fields`). The
 * block has passed a decoder: every line holds a colon and ends in CRLF. Names are compared without case. What is not
 * such a block is read up to its first line that is none: it must not be possible to hang a worker with it.
 */

/** Calls `onField` with every name as it was written and its value without the blanks around it. */
export function forEachField(fields: string, onField: (name: string, value: string) => void): void {
  for (let at = 0; at < fields.length; ) {
    const colon = fields.indexOf(':', at);
    const lineEnd = colon < 0 ? -1 : fields.indexOf('\r', colon);
    if (lineEnd < 0) break;
    onField(fields.slice(at, colon), sliceTrimmed(fields, colon + 1, lineEnd));
    at = lineEnd + 2;
  }
}

/** The value of a field; several lines of it are joined by `, ` (RFC 9110 §5.3). Null when there is none. */
export function fieldValue(fields: string, name: string): string | null {
  const lower = name.toLowerCase();
  let value: string | null = null;
  for (let at = 0; at < fields.length; ) {
    const colon = fields.indexOf(':', at);
    const lineEnd = colon < 0 ? -1 : fields.indexOf('\r', colon);
    if (lineEnd < 0) break;
    if (colon - at === lower.length && fields.slice(at, colon).toLowerCase() === lower) {
      const line = sliceTrimmed(fields, colon + 1, lineEnd);
      value = value === null ? line : `${value}, ${line}`;
    }
    at = lineEnd + 2;
  }
  return value;
}

/**
 * The block without the lines of the given names (lower case), the same string when none of them occurs. What is
 * learned about a set is kept with it, so a set that was used once must not be changed.
 */
export function removeFields(fields: string, names: ReadonlySet<string>): string {
  const mask = maskOf(names);
  let kept = '';
  let keptFrom = 0;
  for (let at = 0; at < fields.length; ) {
    const colon = fields.indexOf(':', at);
    const lineEnd = colon < 0 ? -1 : fields.indexOf('\r', colon);
    if (lineEnd < 0) break;
    const next = lineEnd + 2;
    if (mayHold(mask, fields, at, colon) && names.has(fields.slice(at, colon).toLowerCase())) {
      kept += fields.slice(keptFrom, at);
      keptFrom = next;
    }
    at = next;
  }
  return keptFrom === 0 ? fields : kept + fields.slice(keptFrom);
}

/** Lengths and first letters of a set of names as two bit sets: most lines are told apart by them alone. */
interface NameMask {
  readonly size: number;
  readonly lengths: number;
  readonly firstLetters: number;
}

const masks = new WeakMap<ReadonlySet<string>, NameMask>();

function maskOf(names: ReadonlySet<string>): NameMask {
  const cached = masks.get(names);
  if (cached !== undefined && cached.size === names.size) return cached;
  let lengths = 0;
  let firstLetters = 0;
  for (const name of names) {
    lengths |= 1 << (name.length & 31);
    firstLetters |= 1 << (name.charCodeAt(0) & 31);
  }
  const mask: NameMask = { size: names.size, lengths, firstLetters };
  masks.set(names, mask);
  return mask;
}

function mayHold(mask: NameMask, fields: string, at: number, colon: number): boolean {
  const sameLength = mask.lengths >>> ((colon - at) & 31);
  const sameLetter = mask.firstLetters >>> (fields.charCodeAt(at) & 31);
  return (sameLength & sameLetter & 1) === 1;
}
