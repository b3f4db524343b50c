/** Attributes by which people know things, whatever kind they are of. */
const known = [
  'id',
  'name',
  'description',
  'vipAddress',
  'publicAddress',
  'address',
  'domain',
  'commonName',
  'fingerprint',
] as const;

type Loose = Readonly<Record<string, unknown>>;

/**
 * Whether every word stands somewhere in what a row is known by. Case does not matter.
 * @param more what it is known by besides, such as the members of a pool
 */
export function isFound(row: object, search: string, more = ''): boolean {
  const text = `${textOf(row as Loose)}\n${more}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function textOf(row: Loose): string {
  const words = known.map((attribute) => row[attribute]);
  const lists = [...portsOf(row), ...tagsOf(row), ...namesOf(row), ...entriesOf(row)];
  return [...words, ...lists].filter(isText).join('\n');
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** `443`, `HTTPS/443` and `10.0.0.1:443`. */
function portsOf({ protocol, port, address }: Loose): readonly unknown[] {
  if (typeof port !== 'number') return [protocol];
  return [`${String(protocol)}/${port}`, isText(address) ? `${address}:${port}` : ''];
}

function tagsOf({ tags }: Loose): readonly string[] {
  if (!Array.isArray(tags)) return [];
  return (tags as readonly { readonly key: string; readonly value: string }[]).map(
    ({ key, value }) => `${key}=${value}`,
  );
}

/** Of a certificate; and the suites of a security policy. */
function namesOf({ subjectAlternativeNames: names, ciphers }: Loose): readonly unknown[] {
  return [names, ciphers].filter((list) => Array.isArray(list)).flat() as readonly unknown[];
}

/** Of an IP address group. */
function entriesOf({ entries }: Loose): readonly string[] {
  if (!Array.isArray(entries)) return [];
  return (entries as readonly { readonly ip: string; readonly description: string }[]).map(
    ({ ip, description }) => `${ip} ${description}`,
  );
}
