/** Objects with more members are sorted by the engine: what follows is quadratic. */
const mostInserted = 32;

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * JSON text that is equal for equal values: object keys sorted by code unit, no white space, absent and undefined
 * members alike. Whatever JSON cannot carry is written as JSON.stringify would write it (NaN as null, -0 as 0), so the
 * text always names what would travel.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value as JsonObject);
  return JSON.stringify(value) ?? 'null';
}

function canonicalArray(items: readonly unknown[]): string {
  let text = '[';
  for (const item of items) text += text === '[' ? canonicalJson(item) : `,${canonicalJson(item)}`;
  return `${text}]`;
}

function canonicalObject(value: JsonObject): string {
  let text = '{';
  for (const key of sorted(Object.keys(value))) {
    const member = value[key];
    if (member === undefined) continue;
    if (text !== '{') text += ',';
    text += quoted(key) + canonicalJson(member);
  }
  return `${text}}`;
}

/** In place. Objects here are small, and sorting them by hand takes a fraction of what the engine's sort does. */
function sorted(keys: string[]): string[] {
  if (keys.length > mostInserted) return keys.sort();
  for (let next = 1; next < keys.length; next++) {
    const key = keys[next]!;
    let at = next;
    for (; at > 0 && keys[at - 1]! > key; at--) keys[at] = keys[at - 1]!;
    keys[at] = key;
  }
  return keys;
}

const quotedKeys = new Map<string, string>();
const mostQuotedKeys = 1000;

/** With its colon. Plans have few different keys, and each of them thousands of times. */
function quoted(key: string): string {
  const known = quotedKeys.get(key);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(key)}:`;
  if (quotedKeys.size < mostQuotedKeys) quotedKeys.set(key, text);
  return text;
}
