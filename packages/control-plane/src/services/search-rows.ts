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
] as const;

type Loose = Readonly<Record<string, unknown>>;

/** Whether every word stands somewhere in what a row is known by. Case does not matter. */
export function isFound(row: object, search: string): boolean {
  const text = textOf(row as Loose).toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function textOf(row: Loose): string {
  const words = known.map((attribute) => row[attribute]);
  return [...words, ...portsOf(row), ...tagsOf(row), ...namesOf(row)].filter(isText).join('\n');
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

/** Of a certificate. */
function namesOf({ subjectAlternativeNames: names }: Loose): readonly unknown[] {
  return Array.isArray(names) ? (names as readonly unknown[]) : [];
}
