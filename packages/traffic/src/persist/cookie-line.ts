import { forEachField, removeFields } from '@elbow/wire';

const cookieField: ReadonlySet<string> = new Set(['cookie']);

/**
 * The value of a cookie in a request's block of fields (RFC 6265 §4.2.1), the first one where a client sends several;
 * null when there is none. Names are compared exactly.
 */
export function cookieValue(fields: string, name: string): string | null {
  let found: string | null = null;
  forEachField(fields, (field, line) => {
    if (found !== null || !isCookie(field)) return;
    for (const pair of line.split(';')) {
      if (nameOf(pair) !== name) continue;
      found = pair.slice(pair.indexOf('=') + 1).trim();
      return;
    }
  });
  return found;
}

/** The block without the cookie of that name; all others stay as they were, in one line. */
export function withoutCookie(fields: string, name: string): string {
  const kept: string[] = [];
  let isFound = false;
  forEachField(fields, (field, line) => {
    if (!isCookie(field)) return;
    for (const pair of line.split(';')) {
      if (nameOf(pair) === name) isFound = true;
      else if (pair.trim() !== '') kept.push(pair.trim());
    }
  });
  if (!isFound) return fields;
  const others = removeFields(fields, cookieField);
  return kept.length === 0 ? others : `${others}Cookie: ${kept.join('; ')}\r\n`;
}

function isCookie(field: string): boolean {
  return field.length === 6 && field.toLowerCase() === 'cookie';
}

function nameOf(pair: string): string | null {
  const equals = pair.indexOf('=');
  return equals < 0 ? null : pair.slice(0, equals).trim();
}
