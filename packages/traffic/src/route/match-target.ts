/** A request target as rules see it. */
export interface MatchTarget {
  /** Percent-decoded once into one character per byte, dot segments resolved (RFC 3986 §5.2.4), double slashes kept. */
  readonly path: string;
  /** What stands after the first `?`, as it came; `''` without one. */
  readonly query: string;
}

/**
 * Splits a target and brings its path into the form that rules compare. The request itself goes on unchanged.
 * @returns null for a path that leaves the root or holds an encoded NUL: whoever serves it might see another path
 *   than the rules did
 */
export function matchTarget(target: string): MatchTarget | null {
  const mark = target.indexOf('?');
  const raw = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? '' : target.slice(mark + 1);
  const decoded = raw.includes('%') ? decodePercent(raw) : raw;
  if (decoded.includes('\0')) return null;
  const path = decoded.includes('/.') ? withoutDotSegments(decoded) : decoded;
  return path === null ? null : { path, query };
}

const encodedByte = /%([\da-f]{2})/gi;

/** What is no encoded byte stays as it is. */
export function decodePercent(text: string): string {
  return text.replace(encodedByte, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** @returns null when `..` would leave the root */
function withoutDotSegments(path: string): string | null {
  const kept: string[] = [];
  const segments = path.slice(1).split('/');
  for (const segment of segments) {
    if (segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (kept.pop() === undefined) return null;
  }
  // `/a/.` and `/a/b/..` name a directory.
  const last = segments.at(-1);
  if (last === '.' || last === '..') kept.push('');
  return `/${kept.join('/')}`;
}
