import type { MemberCheck } from '@elbow/model';
import { wireTime } from '../time.ts';

/** One look at everything that can keep requests from a member. */
export interface MemberCheckJob extends MemberCheck {
  readonly id: string;
  readonly memberId: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly status: 'processing' | 'processed' | 'failed';
}

export function memberCheckToWire(job: MemberCheckJob) {
  const isDone = job.status !== 'processing';
  return {
    job_id: job.id,
    member_id: job.memberId,
    listener_id: job.listenerId,
    status: job.status,
    check_item_total_num: job.itemCount,
    check_item_finished_num: isDone ? job.itemCount : job.items.length,
    created_at: wireTime(job.createdAtMs),
    updated_at: wireTime(job.updatedAtMs),
    result: {
      config: configResult(job, isDone),
      acl: job.hasAcl ? emptyResult : null,
      security_group: job.hasSecurityGroup ? emptyResult : null,
    },
    transcript: job.transcript.map(({ atMs, text }) => ({ at_ms: atMs, text })),
  };
}

/** Security groups and network ACLs belong to the cloud's network; packet filters of this machine are not looked at. */
const emptyResult = { check_result: true, check_status: 'processed', check_items: [] };

function configResult(job: MemberCheckJob, isDone: boolean) {
  return {
    check_result: job.items.every(({ isFine, severity }) => isFine || severity === 'Tips'),
    check_status: isDone ? job.status : 'processing',
    check_items: job.items
      .filter(({ isFine }) => !isFine)
      .map(({ name, reason, severity }) => ({
        name,
        reason,
        severity,
        subject: 'config',
        job_id: job.id,
        reason_template: reason,
        reason_params: [],
      })),
  };
}
