/**
 * Small checks for values of unknown origin. Each returns what is wrong, as sentences that begin with the path of the
 * field; an empty list means the value is fine. The number of problems is bounded by the shape, not by the input.
 */
export type Check = (value: unknown, path: string) => readonly string[];

/** One check for each field of `T`: a field without a check does not compile. */
export type Checks<T> = { readonly [K in keyof T]-?: Check };

/** A value that passed its checks, or why it did not. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly string[] };

export function integer(min: number, max: number): Check {
  return (value, path) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? []
      : [`${path} must be an integer from ${min} to ${max}`];
}

export const boolean: Check = (value, path) =>
  typeof value === 'boolean' ? [] : [`${path} must be true or false`];

export function oneOf(...allowed: readonly string[]): Check {
  return (value, path) =>
    typeof value === 'string' && allowed.includes(value)
      ? []
      : [`${path} must be one of ${allowed.join(', ')}`];
}

/** A string that fits `isFine`; `what` completes the sentence "must be …". */
export function text(what: string, isFine: (value: string) => boolean): Check {
  return (value, path) => (typeof value === 'string' && isFine(value) ? [] : [`${path} must be ${what}`]);
}

export function nullable(check: Check): Check {
  return (value, path) => (value === null ? [] : check(value, path));
}

/** Stops at the first bad item, so that a long list of rubbish makes a short answer. */
export function list(check: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return [`${path} must be a list`];
    for (let index = 0; index < value.length; index++) {
      // Where an item stands is asked only of one that is wrong: mostly there are thousands, and all are right.
      if (check(value[index], path).length > 0) return check(value[index], `${path}[${index}]`);
    }
    return [];
  };
}

/** An object with exactly these fields: an unknown field means that its writer expects something we do not do. */
export function fields<T>(checks: Checks<T>): Check {
  const known = Object.entries<Check>(checks);
  return (value, path) => {
    if (!isRecord(value)) return [`${path} must be an object`];
    let problems: readonly string[] = [];
    for (const [key, check] of known) {
      const found = check(ownValue(value, key), `${path}.${key}`);
      if (found.length > 0) problems = [...problems, ...found];
    }
    const unknown = Object.keys(value).find((key) => !Object.hasOwn(checks, key));
    return unknown === undefined
      ? problems
      : [...problems, `${path}.${unknown.slice(0, 64)} is not a known field`];
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads own members only, so that a field called `constructor` is absent rather than inherited. */
export function ownValue(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
