import { accepted, invalidField, type Outcome, refused } from '@elbow/model';

const rule = 'must be a time as 2026-02-14T14:23:56Z, or milliseconds since 1970';

/** A time in a query, as milliseconds since 1970; null when it is not given. */
export function parseTime(name: string, text: string | null): Outcome<number | null> {
  if (text === null || text === '') return accepted(null);
  if (/^\d{1,15}$/.test(text)) return accepted(Number(text));
  const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  const ms = isTime ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? refused(invalidField(name, rule)) : accepted(ms);
}
