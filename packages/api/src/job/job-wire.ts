import type { Job, SubJob } from '@elbow/model';
import { wireTime } from '../time.ts';

/** A job as lists show it. */
export function jobToWire(job: Job) {
  return {
    job_id: job.id,
    job_type: job.type,
    status: job.status,
    begin_time: wireTime(job.createdAtMs),
    end_time: job.endedAtMs === null ? null : wireTime(job.endedAtMs),
    error_code: job.errorCode,
    error_msg: job.errorMessage,
    project_id: job.projectId,
    resource_id: job.resourceId,
  };
}

/** A job with what it consisted of. */
export function jobDetailsToWire(job: Job) {
  return { ...jobToWire(job), sub_jobs: job.subJobs.map((subJob) => subJobToWire(job, subJob)) };
}

function subJobToWire(job: Job, subJob: SubJob) {
  return {
    ...jobToWire(job),
    job_id: subJob.id,
    status: subJob.status,
    error_code: subJob.errorCode,
    error_msg: subJob.errorMessage,
    resource_id: subJob.resourceId,
    entities: [{ resource_id: subJob.resourceId, resource_type: subJob.resourceType }],
  };
}
