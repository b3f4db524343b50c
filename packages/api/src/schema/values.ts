import { z } from 'zod';

/**
 * Building blocks of request bodies. Every value has one message that says all of its rule, so that a caller who
 * breaks any part of it reads the whole; the path in front of it is added by `parseBody`.
 */
export function says(message: string): { error: (issue: { readonly input?: unknown }) => string } {
  return { error: ({ input }) => (input === undefined ? 'is required' : message) };
}

export const uuid = z
  .string(says('must be a UUID in lower case'))
  .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a UUID in lower case');

/** Where clients write `""` or null for "none". */
export function orNone<T extends z.ZodType<string>, const N extends readonly ('' | null)[]>(
  value: T,
  none: N,
) {
  return z.union([value, z.literal(none)], { error: (issue) => firstMessage(issue) });
}

/** Of the real form, not of the stand-in for "none". */
function firstMessage(issue: { readonly input?: unknown; readonly code?: string }): string | undefined {
  const errors = (issue as { readonly errors?: readonly (readonly { readonly message: string }[])[] }).errors;
  return errors?.[0]?.[0]?.message;
}

/** Certificate ids are UUIDs without dashes. */
export const certificateId = z
  .string(says('must be a certificate id of 32 hexadecimal digits'))
  .regex(/^[0-9a-f]{32}$/, 'must be a certificate id of 32 hexadecimal digits');

export const flag = z.boolean(says('must be true or false'));

export function integer(min: number, max: number) {
  const message = `must be an integer from ${min} to ${max}`;
  return z.int(says(message)).min(min, message).max(max, message);
}

/** Text counted in Unicode characters, not in UTF-16 units. Line breaks and tabs are the only control characters. */
export function text(maxLength: number) {
  const message = `must be text of at most ${maxLength} characters without control characters`;
  return z
    .string(says(message))
    .refine((value) => isPlainText(value, maxLength), message)
    .meta({ maxLength });
}

/** Names and reasons end up in consoles and logs: one line, and nothing that looks like markup. */
export function line(maxLength: number) {
  const message = `must be one line of at most ${maxLength} characters without control characters, < and >`;
  const isLine = (value: string): boolean => isPlainText(value, maxLength) && !/[<>\t\r\n]/.test(value);
  return z.string(says(message)).refine(isLine, message).meta({ maxLength });
}

/** Everything but control characters, tab and line breaks excepted. Unpaired surrogates are not text in UTF-8. */
function isPlainText(value: string, maxLength: number): boolean {
  const isShort = value.length <= maxLength || [...value].length <= maxLength;
  return isShort && value.isWellFormed() && !/[^\P{Cc}\t\r\n]/u.test(value);
}

export function oneOf<const T extends readonly [string, ...string[]]>(names: T) {
  return z.enum(names, says(`must be one of ${names.join(', ')}`));
}

/** A choice of which this version offers a part; the rest of the published names are refused by name. */
export function oneOfSupported<const T extends readonly [string, ...string[]]>(
  names: T,
  notYet: readonly string[],
) {
  const error = ({ input }: { readonly input?: unknown }): string => {
    if (input === undefined) return 'is required';
    const isKnown = typeof input === 'string' && notYet.includes(input);
    return isKnown
      ? `${input} is not supported yet (supported: ${names.join(', ')})`
      : `must be one of ${names.join(', ')}`;
  };
  return z.enum(names, { error });
}
