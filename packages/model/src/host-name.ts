const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
/** Programs take these for addresses in forms that nobody means: 1.2.3, 0x7f.1, 2130706433. */
const numberLike = /^(?:\d+|0x[0-9a-f]*)$/;

/**
 * A host name as DNS is asked for it: lower case, without the dot that may end it (RFC 1123 section 2.1; underscores as
 * in names of services).
 * @returns null when the text is no host name, or could be taken for an address
 */
export function hostName(text: string): string | null {
  const name = text.toLowerCase().replace(/\.$/, '');
  if (name.length === 0 || name.length > 253) return null;
  const labels = name.split('.');
  if (!labels.every((part) => label.test(part)) || numberLike.test(labels.at(-1)!)) return null;
  return name;
}
