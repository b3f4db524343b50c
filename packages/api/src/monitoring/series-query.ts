import { accepted, invalidField, type Outcome, refused } from '@elbow/model';
import { parseTime } from '../schema/time-parameter.ts';

export const seriesScopes = ['loadbalancer', 'listener', 'pool', 'zone'] as const;
export type SeriesScope = (typeof seriesScopes)[number];

export interface SeriesRequest {
  readonly scope: SeriesScope;
  readonly id: string;
  /** What the nodes of one zone did; null: all of them. */
  readonly zone: string | null;
  readonly fromMs: number;
  readonly toMs: number;
  /** Null: as fine as there is for the range. */
  readonly stepSeconds: number | null;
  /** Empty: all. */
  readonly names: readonly string[];
}

const hourMs = 3_600_000;
const longestMs = 7 * 24 * hourMs;
const mostPoints = 1_500;
const idRule = 'must be the id of an object';
const zoneRule = 'must be the code of an availability zone';
const zoneCode = /^[\w.-]{1,64}$/;

/**
 * Of `/elbow/v1/metrics/series`: `scope`, `id` (of a zone, its code), `availability_zone` (default all), `from` (default an hour before `to`), `to` (default now), `step` in
 * seconds and `names` joined by commas.
 */
export function parseSeriesQuery(
  query: URLSearchParams,
  known: { readonly nowMs: number; readonly names: readonly string[] },
): Outcome<SeriesRequest> {
  const scope = seriesScopes.find((one) => one === query.get('scope'));
  if (scope === undefined) return refused(invalidField('scope', `must be one of ${seriesScopes.join(', ')}`));
  const id = query.get('id') ?? '';
  const isId = scope === 'zone' ? zoneCode.test(id) : /^[0-9a-f-]{1,64}$/.test(id);
  if (!isId) return refused(invalidField('id', scope === 'zone' ? zoneRule : idRule));
  const zone = query.get('availability_zone') || null;
  if (zone !== null && !zoneCode.test(zone)) return refused(invalidField('availability_zone', zoneRule));
  const names = (query.get('names') ?? '').split(',').filter((name) => name !== '');
  const stranger = names.find((name) => !known.names.includes(name));
  if (stranger !== undefined)
    return refused(
      invalidField('names', `${stranger.slice(0, 64)} is no series (series: ${known.names.join(', ')})`),
    );
  const range = readRange(query, known.nowMs);
  return range.ok ? accepted({ scope, id, zone, names, ...range.value }) : range;
}

type Range = Pick<SeriesRequest, 'fromMs' | 'toMs' | 'stepSeconds'>;

function readRange(query: URLSearchParams, nowMs: number): Outcome<Range> {
  const to = parseTime('to', query.get('to'));
  if (!to.ok) return to;
  const from = parseTime('from', query.get('from'));
  if (!from.ok) return from;
  const toMs = Math.min(to.value ?? nowMs, nowMs);
  const fromMs = from.value ?? toMs - hourMs;
  if (fromMs >= toMs) return refused(invalidField('from', 'must be before to, and to no later than now'));
  if (toMs - fromMs > longestMs) return refused(invalidField('from', 'must be at most 7 days before to'));
  const text = query.get('step') || null;
  if (text === null) return accepted({ fromMs, toMs, stepSeconds: null });
  const step = Number(text);
  const isStep = /^\d{1,6}$/.test(text) && (step === 10 || (step > 0 && step % 60 === 0));
  if (!isStep) return refused(invalidField('step', 'must be 10 or a multiple of 60, in seconds'));
  if ((toMs - fromMs) / 1000 / step > mostPoints)
    return refused(invalidField('step', `gives more than ${mostPoints} points for this range`));
  return accepted({ fromMs, toMs, stepSeconds: step });
}
