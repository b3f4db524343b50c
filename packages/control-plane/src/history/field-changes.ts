import type { FieldChange } from './origin.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Say nothing that is not said elsewhere in an entry. */
const leftOut: ReadonlySet<string> = new Set(['id', 'project_id', 'created_at', 'updated_at']);
const secretName = /password|secret|private_key/;
const mask = '******';
const longestText = 500;
const longestList = 50;

/**
 * Which fields differ. Of an object that comes or goes only what holds something is told.
 * @param before null for an object that is new
 * @param after null for one that is gone
 */
export function fieldChanges(before: Fields | null, after: Fields | null): Record<string, FieldChange> {
  const changes: Record<string, FieldChange> = {};
  for (const name of Object.keys({ ...before, ...after })) {
    if (leftOut.has(name)) continue;
    const [old, now] = [before?.[name] ?? null, after?.[name] ?? null];
    const isSaid = before === null || after === null ? !isEmpty(old ?? now) : !isSame(old, now);
    if (isSaid) changes[name] = { before: shown(name, old), after: shown(name, now) };
  }
  return changes;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Masked where it is a secret, and short enough to be kept a hundred thousand times. */
function shown(name: string, value: unknown): unknown {
  if (value === null) return null;
  if (secretName.test(name)) return mask;
  if (typeof value === 'string') return shortened(value);
  if (Array.isArray(value) && value.length > longestList) return `${value.length} entries`;
  if (typeof value !== 'object') return value;
  const text = JSON.stringify(value, (key, inner: unknown) => (secretName.test(key) ? mask : inner));
  return text.length > 8 * longestText ? shortened(text) : JSON.parse(text);
}

function shortened(text: string): string {
  return text.length <= longestText
    ? text
    : `${text.slice(0, longestText).toWellFormed()}… (${text.length} characters)`;
}
