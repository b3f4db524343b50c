import { cutPage, jobDetailsToWire, jobToWire, pageInfo, parseJobQuery, parsePageQuery } from '@elbow/api';
import { type Job, type JobType, keptJobs, notFound, type SubJob } from '@elbow/model';
import { UnknownMarker } from '@elbow/store';
import { findOwned } from '../crud/crud.ts';
import { Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext, Unit } from '../crud/service-context.ts';

export interface JobWish {
  readonly type: JobType;
  /** The object that the work was asked of. */
  readonly resourceId: string;
  /** What the work made or removed. */
  readonly parts: readonly Pick<SubJob, 'resourceId' | 'resourceType'>[];
}

/**
 * Notes work that is done in the same unit, so that neither is ever there alone: by the time that a client can ask,
 * the work is durable.
 * @returns the id of the job
 */
export async function recordJob(
  { newId, nowMs }: Pick<ServiceContext, 'newId' | 'nowMs'>,
  { writer, call }: Unit,
  { type, resourceId, parts }: JobWish,
): Promise<string> {
  const now = nowMs();
  const done = { status: 'SUCCESS', errorCode: null, errorMessage: null } as const;
  const job: Job = {
    id: newId(),
    projectId: call.projectId,
    name: '',
    description: '',
    createdAtMs: now,
    updatedAtMs: now,
    endedAtMs: now,
    type,
    resourceId,
    ...done,
    subJobs: parts.map((part) => ({ id: newId(), ...done, ...part })),
    memberCheck: null,
  };
  await insertJob({ writer, call }, job);
  return job.id;
}

/** Stores a job; the oldest of its project make room. */
export async function insertJob({ writer, call }: Unit, job: Job): Promise<void> {
  await forgetOldest({ writer, call });
  await writer.insert('job', job);
}

async function forgetOldest({ writer, call: { projectId } }: Unit): Promise<void> {
  const excess = (await writer.count('job', { projectId })) - keptJobs + 1;
  if (excess <= 0) return;
  for (const { id } of await writer.list('job', { projectId, limit: excess })) await writer.remove('job', id);
}

export async function listJobs({ store }: ServiceContext, call: Call): Promise<Answer> {
  const isAsked = valueOf(parseJobQuery(call.query));
  const page = valueOf(parsePageQuery(call.query));
  const jobs = await store.read((reader) => reader.list('job', { projectId: call.projectId }));
  const cut = cutPage(
    jobs.filter((job) => job.memberCheck === null && isAsked(job)),
    page,
  );
  if (cut === null) throw new UnknownMarker(page.marker ?? '');
  const info = pageInfo(
    cut.page.map(({ id }) => id),
    page,
    cut.hasMoreBehind,
  );
  return { status: 200, body: { jobs: cut.page.map(jobToWire), page_info: info } };
}

export async function showJob({ store }: ServiceContext, { params, projectId }: Call): Promise<Answer> {
  const id = params['job_id'] ?? '';
  const job = await store.read((reader) => findOwned(reader, 'job', { id, projectId }));
  if (job === null || job.memberCheck !== null) throw new Refusal(notFound('job', id.slice(0, 64)));
  return { status: 200, body: { job: jobDetailsToWire(job) } };
}
