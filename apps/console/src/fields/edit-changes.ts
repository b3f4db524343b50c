export type Fields = Readonly<Record<string, unknown>>;

/** An object and its version; the version is null where the server has none. */
export interface Versioned<Wire> {
  readonly object: Wire;
  readonly etag: string | null;
}

/** Fields of the form that somebody else has changed. */
export function changedFields(before: Fields, after: Fields, values: Fields): readonly string[] {
  return Object.keys(values).filter((key) => !isSame(before[key], after[key]));
}

export interface ConflictRow {
  readonly field: string;
  readonly before: string;
  readonly theirs: string;
  readonly yours: string;
}

/** What changes by itself whenever anything does says nothing. */
const noise: ReadonlySet<string> = new Set(['updated_at', 'created_at']);

/** Every field that either of the two has changed; of those that the form does not have, `yours` is empty. */
export function conflictRows(before: Fields, theirs: Fields, yours: Fields): readonly ConflictRow[] {
  return [...new Set([...Object.keys(yours), ...Object.keys(theirs)])]
    .filter((field) => !noise.has(field))
    .filter((field) => {
      const isMine = field in yours && !isSame(before[field], yours[field]);
      return isMine || !isSame(before[field], theirs[field]);
    })
    .map((field) => ({
      field,
      before: textOf(before[field]),
      theirs: textOf(theirs[field]),
      yours: field in yours ? textOf(yours[field]) : '',
    }));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
