import { type Job, problem, type SubJob } from '@elbow/model';
import type { ObjectTrouble } from '@elbow/plan';
import type { Reader } from '@elbow/store';
import type { Answer, ServiceContext } from '../crud/service-context.ts';

/** As long as any write waits for the nodes before it is answered. */
const settleMs = 2_000;

/**
 * Waits until nodes serve what a job made, and has the job fail where they cannot: all was allowed and is stored, but an address
 * may be taken on the machine, for one. What takes longer than an answer may wait counts as done.
 */
export async function settleJob(
  { store, fleet, nowMs }: Pick<ServiceContext, 'store' | 'fleet' | 'nowMs'>,
  { body, revision = 0 }: Answer,
): Promise<void> {
  fleet.notify();
  const isServed = await fleet.whenLive(revision, settleMs);
  const troubles = isServed ? fleet.troubles() : [];
  if (troubles.length === 0) return;
  await store.write(async (writer) => {
    const job = await writer.find('job', String(body?.['job_id']));
    const failed = job === null ? null : await failedJob(writer, job, troubles);
    if (failed !== null) await writer.update('job', { ...failed, endedAtMs: nowMs() });
  });
}

/** @returns null when all that the job made is served */
async function failedJob(reader: Reader, job: Job, troubles: readonly ObjectTrouble[]): Promise<Job | null> {
  const subJobs: SubJob[] = [];
  for (const subJob of job.subJobs) {
    const reason = await whyNotServed(reader, subJob, troubles);
    subJobs.push(reason === null ? subJob : { ...subJob, ...failure(reason) });
  }
  const first = subJobs.find(({ status }) => status === 'FAIL');
  return first === undefined ? null : { ...job, ...failure(first.errorMessage ?? ''), subJobs };
}

function failure(reason: string) {
  const { code, message } = problem('internal', reason);
  return { status: 'FAIL', errorCode: code, errorMessage: message } as const;
}

async function whyNotServed(
  reader: Reader,
  { resourceId, resourceType }: SubJob,
  troubles: readonly ObjectTrouble[],
): Promise<string | null> {
  const where = resourceType === 'listener' ? { id: [resourceId] } : { loadBalancerId: [resourceId] };
  const listenerIds = new Set((await reader.list('listener', { where })).map(({ id }) => id));
  const found = troubles.find(({ kind, id }) => kind === 'listener' && listenerIds.has(id));
  return found === undefined ? null : `listener ${found.id}: ${found.reason}`;
}
