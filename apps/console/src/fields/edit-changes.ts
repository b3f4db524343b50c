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

/** What changes by itself says nothing of what somebody wants. */
const noise: ReadonlySet<string> = new Set([
  'updated_at',
  'created_at',
  'operating_status',
  'status',
  'reason',
]);

/** How values of some fields are said, each beside what was there before. */
export type ValueWords = Readonly<Record<string, (value: unknown, before: unknown) => string>>;

export interface ConflictSides {
  readonly before: Fields;
  readonly theirs: Fields;
  readonly yours: Fields;
}

/** Every field that either of the two has changed; of those that the form does not have, `yours` is empty. */
export function conflictRows(
  { before, theirs, yours }: ConflictSides,
  words: ValueWords = {},
): readonly ConflictRow[] {
  const say = (field: string, value: unknown): string => (words[field] ?? textOf)(value, before[field]);
  return [...new Set([...Object.keys(yours), ...Object.keys(theirs)])]
    .filter((field) => !noise.has(field))
    .filter((field) => {
      const isMine = field in yours && !isSame(before[field], yours[field]);
      return isMine || !isSame(before[field], theirs[field]);
    })
    .map((field) => ({
      field,
      before: say(field, before[field]),
      theirs: say(field, theirs[field]),
      yours: field in yours ? say(field, yours[field]) : '',
    }));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A text of any length would push the others out of sight. */
const longestText = 240;

function textOf(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
