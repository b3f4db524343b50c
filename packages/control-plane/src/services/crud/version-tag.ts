import { createHash } from 'node:crypto';
import { type Problem, problem } from '@elbow/model';

/** What follows from other objects is no change of this one. */
const derived: ReadonlySet<string> = new Set(['sourceAddresses']);

/** A strong entity tag (RFC 9110 section 8.8.3) of what is stored of an object: equal as long as nobody changes it. */
export function versionTag(row: object): string {
  const text = JSON.stringify(row, (key, value: unknown) => (derived.has(key) ? undefined : inOrder(value)));
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}

/** The order in which a row was put together says nothing. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** `If-Match` (RFC 9110 section 13.1.1): a list of tags, or `*`; weak ones never match. Null: it was not sent. */
export function checkUnchanged(row: object, ifMatch: string | null): Problem | null {
  if (ifMatch === null || ifMatch.trim() === '*') return null;
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (tags.includes(versionTag(row))) return null;
  return problem('changedMeanwhile', 'it was changed since it was read: If-Match does not name its version');
}
