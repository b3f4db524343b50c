import { accepted, invalidField, type Outcome, refused } from '@elbow/model';
import { parseTime } from '../schema/time-parameter.ts';

/** Which lines of the access log are asked for; null: any. */
export interface AccessLogFilter {
  readonly loadBalancerId: string | null;
  readonly listenerId: string | null;
  readonly sinceMs: number | null;
  readonly untilMs: number | null;
  /** `5xx`, or one status. */
  readonly status: string | null;
  readonly method: string | null;
  /** What the path and query hold. */
  readonly pathHolds: string | null;
  /** Id of a member, or its address, with or without the port. */
  readonly member: string | null;
  /** Address of a client, or how it begins. */
  readonly client: string | null;
}

export interface AccessLogQuery extends AccessLogFilter {
  readonly limit: number;
  /** Goes on towards older lines from here. */
  readonly before: LogPosition | null;
  /** Only lines after this. */
  readonly after: LogPosition | null;
}

/** A place between two lines: a file by its number on the disk, and the bytes before it. */
export interface LogPosition {
  readonly file: string;
  readonly offset: number;
}

const maxLimit = 1_000;
const maxText = 200;

/**
 * Of `/elbow/v1/access-log`: `limit`, `before` and `after` (cursors), `loadbalancer_id`, `listener_id`, `since`, `until`,
 * `status`, `method`, `path`, `member`, `client`.
 */
export function parseAccessLogQuery(query: URLSearchParams): Outcome<AccessLogQuery> {
  const limit = query.get('limit') || '100';
  if (!/^\d{1,4}$/.test(limit) || Number(limit) < 1 || Number(limit) > maxLimit)
    return refused(invalidField('limit', `must be an integer from 1 to ${maxLimit}`));
  for (const name of ['loadbalancer_id', 'listener_id']) {
    if (!/^[0-9a-f-]{0,64}$/.test(query.get(name) ?? ''))
      return refused(invalidField(name, 'must be the id of an object'));
  }
  for (const name of ['path', 'member', 'client', 'method']) {
    if ((query.get(name) ?? '').length > maxText)
      return refused(invalidField(name, `must be at most ${maxText} characters`));
  }
  const status = query.get('status') || null;
  if (status !== null && !/^[1-5](?:xx|\d\d)$/.test(status))
    return refused(invalidField('status', 'must be a status, or a class as 5xx'));
  return withPlaces(query, {
    limit: Number(limit),
    status,
    loadBalancerId: query.get('loadbalancer_id') || null,
    listenerId: query.get('listener_id') || null,
    method: query.get('method') || null,
    pathHolds: query.get('path') || null,
    member: query.get('member') || null,
    client: query.get('client') || null,
  });
}

type Places = Pick<AccessLogQuery, 'before' | 'after' | 'sinceMs' | 'untilMs'>;

function withPlaces(
  query: URLSearchParams,
  rest: Omit<AccessLogQuery, keyof Places>,
): Outcome<AccessLogQuery> {
  const since = parseTime('since', query.get('since'));
  if (!since.ok) return since;
  const until = parseTime('until', query.get('until'));
  if (!until.ok) return until;
  const before = query.get('before') || null;
  const after = query.get('after') || null;
  for (const [name, text] of Object.entries({ before, after })) {
    if (text !== null && readPosition(text) === null)
      return refused(invalidField(name, 'must be a cursor of an answer before'));
  }
  if (before !== null && after !== null)
    return refused(invalidField('after', 'cannot be asked for together with before'));
  const position = (text: string | null) => (text === null ? null : readPosition(text));
  const places = { before: position(before), after: position(after) };
  return accepted({ ...rest, ...places, sinceMs: since.value, untilMs: until.value });
}

function readPosition(text: string): LogPosition | null {
  const [, file, offset] = /^(\d{1,20})-(\d{1,15})$/.exec(text) ?? [];
  return file === undefined ? null : { file, offset: Number(offset) };
}

export function positionToWire({ file, offset }: LogPosition): string {
  return `${file}-${offset}`;
}
