import { accepted, invalidField, type Job, type Outcome, refused } from '@elbow/model';

export type JobFilter = (job: Job) => boolean;

/** Query of the job list. `begin_time` is the earliest begin; clients write it without a zone and mean UTC. */
export function parseJobQuery(query: URLSearchParams): Outcome<JobFilter> {
  const begin = query.get('begin_time') || null;
  const beginMs = begin === null ? Number.NEGATIVE_INFINITY : readTime(begin);
  if (Number.isNaN(beginMs))
    return refused(invalidField('begin_time', 'must be a time like 2024-01-02T03:04:05'));
  const wanted: readonly (readonly [key: string, of: (job: Job) => string | null])[] = [
    ['job_id', ({ id }) => id],
    ['job_type', ({ type }) => type],
    ['status', ({ status }) => status],
    ['error_code', ({ errorCode }) => errorCode],
    ['resource_id', ({ resourceId }) => resourceId],
  ];
  return accepted((job) => {
    return job.createdAtMs >= beginMs && wanted.every(([key, of]) => isAsked(query.get(key), of(job)));
  });
}

function isAsked(wish: string | null, value: string | null): boolean {
  return wish === null || wish === '' || wish === value;
}

function readTime(text: string): number {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z?$/.test(text)) return Number.NaN;
  return Date.parse(text.endsWith('Z') ? text : `${text}Z`);
}
