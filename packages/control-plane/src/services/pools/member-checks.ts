import { type MemberCheckJob, memberCheckToWire, parseMemberCheck } from '@elbow/api';
import { type Job, type Listener, type Member, type MemberCheck, notFound, type Pool } from '@elbow/model';
import type { CheckTranscript } from '@elbow/plan';
import type { Reader } from '@elbow/store';
import { findOwned } from '../crud/crud.ts';
import { insertJob } from '../work/jobs.ts';
import { configItems, type MemberSurroundings, nodeItem, unansweredItem } from './member-check-items.ts';
import { Refusal, valueOf } from '../crud/refusal.ts';
import { listenersOfPools } from '../crud/relations.ts';
import type { Answer, Call, ServiceContext } from '../crud/service-context.ts';

/** A node answers well within this time, whatever the timeout of the check. Whoever asked it is gone where it did not. */
const LONGEST_CHECK_MS = 120_000;

/** Begins to look at everything that can keep requests of a listener from a member. */
export async function createMemberCheck(context: ServiceContext, call: Call): Promise<Answer> {
  const wish = valueOf(parseMemberCheck(call.body));
  const found = await context.store.read((reader) => look(reader, call, wish.listenerId));
  const looksAtConfig = wish.subject === 'config' || wish.subject === 'all';
  const items = looksAtConfig ? configItems(found) : [];
  const memberCheck: MemberCheck = {
    listenerId: wish.listenerId,
    itemCount: looksAtConfig ? items.length + 1 : 0,
    items,
    transcript: [],
    hasSecurityGroup: wish.subject === 'securityGroup' || wish.subject === 'all',
    hasAcl: wish.subject === 'networkAcl' || wish.subject === 'all',
  };
  const job = jobFor(context, { call, memberId: found.member.id, isDone: !looksAtConfig }, memberCheck);
  await context.store.write((writer) => insertJob({ writer, call }, job));
  // Not awaited: a check takes as long as its timeout, and the caller polls.
  if (looksAtConfig) void finish(context, job, found.member).catch(ignore);
  return { status: 201, body: { member_check: { job_id: job.id } } };
}

export async function showMemberCheck(
  { store, nowMs }: Pick<ServiceContext, 'store' | 'nowMs'>,
  { params, projectId }: Call,
): Promise<Answer> {
  const id = params['job_id'] ?? '';
  const job = await store.read((reader) => findOwned(reader, 'job', { id, projectId }));
  if (job === null || job.memberCheck === null)
    throw new Refusal(notFound('member check job', id.slice(0, 64)));
  return { status: 200, body: { member_check: memberCheckToWire(viewOf(job, job.memberCheck, nowMs())) } };
}

interface JobOrigin {
  readonly call: Call;
  readonly memberId: string;
  readonly isDone: boolean;
}

function jobFor(
  { newId, nowMs }: Pick<ServiceContext, 'newId' | 'nowMs'>,
  { call, memberId, isDone }: JobOrigin,
  memberCheck: MemberCheck,
): Job {
  const now = nowMs();
  return {
    id: newId(),
    projectId: call.projectId,
    name: '',
    description: '',
    createdAtMs: now,
    updatedAtMs: now,
    endedAtMs: isDone ? now : null,
    type: 'checkMember',
    status: isDone ? 'SUCCESS' : 'RUNNING',
    resourceId: memberId,
    errorCode: null,
    errorMessage: null,
    subJobs: [],
    memberCheck,
  };
}

/** A check whose control process ended before its node answered never will be: it has failed then. */
function viewOf(job: Job, check: MemberCheck, nowMs: number): MemberCheckJob {
  const { id, resourceId: memberId, createdAtMs, updatedAtMs } = job;
  const common = { id, memberId, createdAtMs, updatedAtMs };
  if (job.status !== 'RUNNING') return { ...common, ...check, status: 'processed' };
  if (nowMs - createdAtMs < LONGEST_CHECK_MS) return { ...common, ...check, status: 'processing' };
  return { ...common, ...check, items: [...check.items, unansweredItem], status: 'failed' };
}

async function finish(
  { store, fleet, nowMs }: ServiceContext,
  { id, memberCheck }: Job,
  member: Member,
): Promise<void> {
  const transcript: CheckTranscript | null = await fleet.checkMember(member.poolId, member.id);
  const items = [...(memberCheck?.items ?? []), nodeItem(transcript)];
  await store.write(async (writer) => {
    // So many others may have been asked for meanwhile that it was forgotten.
    const job = await writer.find('job', id);
    if (job === null || job.memberCheck === null) return;
    const now = nowMs();
    const done = { ...job.memberCheck, items, transcript: transcript?.steps ?? [] };
    await writer.update('job', {
      ...job,
      status: 'SUCCESS',
      updatedAtMs: now,
      endedAtMs: now,
      memberCheck: done,
    });
  });
}

/** The store is going away with this process; the job is shown as failed when its time is over. */
function ignore(): void {}

async function look(reader: Reader, call: Call, listenerId: string): Promise<MemberSurroundings> {
  const { projectId, params } = call;
  const member = await required(findOwned(reader, 'member', { id: params['member_id'] ?? '', projectId }), {
    type: 'member',
    id: params['member_id'] ?? '',
  });
  const listener: Listener = await required(findOwned(reader, 'listener', { id: listenerId, projectId }), {
    type: 'listener',
    id: listenerId,
  });
  const pool: Pool = await required(reader.find('pool', member.poolId), { type: 'pool', id: member.poolId });
  const loadBalancer = await required(reader.find('loadBalancer', listener.loadBalancerId), {
    type: 'loadbalancer',
    id: listener.loadBalancerId,
  });
  const [monitor] = await reader.list('healthMonitor', { where: { poolId: [pool.id] } });
  const users = await listenersOfPools(reader, [pool.id]);
  return { member, listener, pool, loadBalancer, monitor: monitor ?? null, users };
}

async function required<T>(
  found: Promise<T | null>,
  { type, id }: { readonly type: string; readonly id: string },
): Promise<T> {
  const row = await found;
  if (row === null) throw new Refusal(notFound(type, id.slice(0, 64)));
  return row;
}
