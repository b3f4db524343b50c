import type { Span } from './queries.ts';

const weekMs = 7 * 24 * 3_600_000;
/** The field has no seconds: the beginning of the week may lie up to a minute before. */
const minuteMs = 60_000;

/** As a field of the type `datetime-local` has it: `2026-02-03T14:05`, in the zone of the browser. */
export function localText(ms: number): string {
  const time = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** What is wrong with a stretch of time, or null; an empty field is no time. */
export function rangeProblem({ fromMs, toMs }: Span, nowMs: number): 'order' | 'long' | 'kept' | null {
  if (!(fromMs < toMs) || fromMs >= nowMs) return 'order';
  if (toMs - fromMs > weekMs) return 'long';
  return fromMs < nowMs - weekMs - minuteMs ? 'kept' : null;
}
