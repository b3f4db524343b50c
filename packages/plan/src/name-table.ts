/** `wildcard`: `*` stands for exactly one label. `longest_suffix`: for one or more, the longest pattern winning. */
export type NameMatch = 'wildcard' | 'longest_suffix';

/** Finds what belongs to the server name of a client hello; null where no name fits. */
export type NameTable<T> = (serverName: string) => T | null;

/**
 * Makes a look-up of server names. An exact name wins over every pattern. A look-up costs as many steps as the name
 * that is asked for has labels, however many names the table holds.
 * @param entries names in lower case, `*` only as the first label
 */
export function createNameTable<T>(
  entries: Iterable<readonly [name: string, value: T]>,
  match: NameMatch,
): NameTable<T> {
  const exact = new Map<string, T>();
  /** By what follows the star, without the dot. */
  const patterns = new Map<string, T>();
  for (const [name, value] of entries) {
    if (name.startsWith('*.')) patterns.set(name.slice(2), value);
    else exact.set(name, value);
  }
  const mostSteps = match === 'wildcard' ? 1 : MOST_LABELS;
  return (serverName) => {
    const name = normalizedName(serverName);
    if (name === null) return null;
    return exact.get(name) ?? matchPattern(patterns, name, mostSteps);
  };
}

/** A name of 253 characters has no more labels than this (RFC 1035 §2.3.4). */
const MOST_LABELS = 127;

function matchPattern<T>(patterns: ReadonlyMap<string, T>, name: string, mostSteps: number): T | null {
  if (patterns.size === 0) return null;
  let dot = name.indexOf('.');
  // A star stands for something: a name that begins with a dot has nothing in its place.
  if (dot === 0) return null;
  for (let step = 0; step < mostSteps && dot !== -1; step++) {
    const found = patterns.get(name.slice(dot + 1));
    if (found !== undefined) return found;
    dot = name.indexOf('.', dot + 1);
  }
  return null;
}

/** Lower case, without the dot of the root; null for address literals, which are no names (RFC 6066 §3). */
function normalizedName(serverName: string): string | null {
  const name = (serverName.endsWith('.') ? serverName.slice(0, -1) : serverName).toLowerCase();
  return name === '' || isAddressLiteral(name) ? null : name;
}

function isAddressLiteral(name: string): boolean {
  return name.includes(':') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(name);
}
