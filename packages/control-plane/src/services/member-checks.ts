import { type CheckItem, type MemberCheckJob, memberCheckToWire, parseMemberCheck } from '@elbow/api';
import { type Listener, type Member, notFound, type Pool } from '@elbow/model';
import type { CheckTranscript } from '@elbow/plan';
import type { Reader } from '@elbow/store';
import { findOwned } from './crud.ts';
import { configItems, type MemberSurroundings, nodeItem } from './member-check-items.ts';
import { Refusal, valueOf } from './refusal.ts';
import { listenersOfPools } from './relations.ts';
import type { Answer, Call, ServiceContext } from './service-context.ts';

/** Jobs that can be asked for; the oldest go first. A control process that ends takes them with it. */
const MOST_JOBS = 1000;

interface OwnedJob {
  readonly projectId: string;
  job: MemberCheckJob;
}

export class MemberCheckJobs {
  private readonly jobs = new Map<string, OwnedJob>();

  add(projectId: string, job: MemberCheckJob): void {
    const [oldest] = this.jobs.keys();
    if (this.jobs.size >= MOST_JOBS && oldest !== undefined) this.jobs.delete(oldest);
    this.jobs.set(job.id, { projectId, job });
  }

  change(id: string, changes: Partial<MemberCheckJob>): void {
    const owned = this.jobs.get(id);
    if (owned !== undefined) owned.job = { ...owned.job, ...changes };
  }

  get(projectId: string, id: string): MemberCheckJob | null {
    const owned = this.jobs.get(id);
    return owned === undefined || owned.projectId !== projectId ? null : owned.job;
  }
}

/** Begins to look at everything that can keep requests of a listener from a member. */
export async function createMemberCheck(
  context: ServiceContext,
  jobs: MemberCheckJobs,
  call: Call,
): Promise<Answer> {
  const wish = valueOf(parseMemberCheck(call.body));
  const found = await context.store.read((reader) => look(reader, call, wish.listenerId));
  const looksAtConfig = wish.subject === 'config' || wish.subject === 'all';
  const items = looksAtConfig ? configItems(found) : [];
  const now = context.nowMs();
  const job: MemberCheckJob = {
    id: context.newId(),
    memberId: found.member.id,
    listenerId: wish.listenerId,
    createdAtMs: now,
    updatedAtMs: now,
    status: looksAtConfig ? 'processing' : 'processed',
    itemCount: looksAtConfig ? items.length + 1 : 0,
    items,
    transcript: [],
    hasSecurityGroup: wish.subject === 'securityGroup' || wish.subject === 'all',
    hasAcl: wish.subject === 'networkAcl' || wish.subject === 'all',
  };
  jobs.add(call.projectId, job);
  // Not awaited: a check takes as long as its timeout, and the caller polls.
  if (looksAtConfig) void finish(context, jobs, job, found.member);
  return { status: 201, body: { member_check: { job_id: job.id } } };
}

export async function showMemberCheck(jobs: MemberCheckJobs, { params, projectId }: Call): Promise<Answer> {
  const id = params['job_id'] ?? '';
  const job = jobs.get(projectId, id);
  if (job === null) throw new Refusal(notFound('member check job', id.slice(0, 64)));
  return { status: 200, body: { member_check: memberCheckToWire(job) } };
}

async function finish(
  { fleet, nowMs }: ServiceContext,
  jobs: MemberCheckJobs,
  job: MemberCheckJob,
  member: Member,
): Promise<void> {
  const transcript: CheckTranscript | null = await fleet.checkMember(member.poolId, member.id);
  const item: CheckItem = nodeItem(transcript);
  jobs.change(job.id, {
    status: 'processed',
    items: [...job.items, item],
    transcript: transcript?.steps ?? [],
    updatedAtMs: nowMs(),
  });
}

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
