import { accepted, invalidField, type Outcome, refused } from '@elbow/model';
import { parseTime } from '../schema/time-parameter.ts';

export interface ParsedHistoryQuery {
  readonly limit: number;
  readonly before?: number;
  readonly userId?: string;
  readonly resourceType?: string;
  readonly resourceId?: string;
  readonly requestId?: string;
  readonly sinceMs?: number;
}

const defaultLimit = 50;
const maxLimit = 500;
const idRule = 'must be an id of letters, digits and dashes';

/** Of `/elbow/v1/history`: `limit`, `marker`, `resource_id`, `resource_type`, `user_id`, `request_id`, `since`. */
export function parseHistoryQuery(query: URLSearchParams): Outcome<ParsedHistoryQuery> {
  const limit = query.get('limit') || String(defaultLimit);
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > maxLimit)
    return refused(invalidField('limit', `must be an integer from 1 to ${maxLimit}`));
  const marker = query.get('marker') || null;
  if (marker !== null && !/^\d{1,15}$/.test(marker))
    return refused(invalidField('marker', 'must be the id of an entry'));
  for (const name of ['resource_id', 'user_id', 'request_id']) {
    const value = query.get(name) || '-';
    if (!/^[A-Za-z0-9-]{1,64}$/.test(value)) return refused(invalidField(name, idRule));
  }
  const since = parseTime('since', query.get('since'));
  if (!since.ok) return since;
  const named = {
    before: marker === null ? undefined : Number(marker),
    userId: query.get('user_id') || undefined,
    resourceType: query.get('resource_type') || undefined,
    resourceId: query.get('resource_id') || undefined,
    requestId: query.get('request_id') || undefined,
    sinceMs: since.value ?? undefined,
  };
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  return accepted({ limit: Number(limit), ...Object.fromEntries(given) });
}
