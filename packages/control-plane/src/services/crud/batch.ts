import type { Outcome, ResourceKind } from '@elbow/model';
import { type CrudDescriptor, findOwned, removeRow } from './crud.ts';
import { Refusal, valueOf } from './refusal.ts';
import type { Answer, Call, ServiceContext, Unit } from './service-context.ts';
import { settleJob } from '../work/settle-job.ts';

/** What became of one item of a batch, as the published calls say it. */
export interface ItemResult {
  readonly id: string;
  readonly ret_status: 'successful' | 'not found' | 'failed';
  readonly ret_code: string;
}

/** Work of several steps in one unit: all of it is done, or nothing. */
export async function inUnit(
  { store }: Pick<ServiceContext, 'store'>,
  call: Call,
  status: Answer['status'],
  work: (unit: Unit) => Promise<Answer['body']>,
): Promise<Answer> {
  const { value, revision } = await store.write((writer) => work({ writer, call }));
  return { status, body: value, revision };
}

/** The same for work that a job stands for. */
export async function inJob(
  context: Pick<ServiceContext, 'store' | 'fleet' | 'nowMs'>,
  call: Call,
  status: Answer['status'],
  work: (unit: Unit) => Promise<Answer['body']>,
): Promise<Answer> {
  const answer = await inUnit(context, call, status, work);
  await settleJob(context, answer);
  return answer;
}

export interface BatchRemoval<K extends ResourceKind, C, U> {
  readonly descriptor: CrudDescriptor<K, C, U>;
  readonly parseIds: (body: unknown) => Outcome<readonly string[]>;
}

/** Removes what may go, each under the rules that it has alone; the others stay, and the answer says which and why. */
export function batchRemove<K extends ResourceKind, C, U>(
  context: Pick<ServiceContext, 'store'>,
  { descriptor, parseIds }: BatchRemoval<K, C, U>,
  call: Call,
): Promise<Answer> {
  const ids = valueOf(parseIds(call.body));
  return inUnit(context, call, 200, async (unit) => {
    const results: ItemResult[] = [];
    for (const id of ids) results.push(await removeOne(descriptor, unit, id));
    return { [descriptor.plural]: results };
  });
}

async function removeOne<K extends ResourceKind, C, U>(
  descriptor: CrudDescriptor<K, C, U>,
  unit: Unit,
  id: string,
): Promise<ItemResult> {
  const row = await findOwned(unit.writer, descriptor.kind, { id, projectId: unit.call.projectId });
  if (row === null) return { id, ret_status: 'not found', ret_code: 'ELB.9903' };
  try {
    await removeRow(descriptor, unit, row);
    return { id, ret_status: 'successful', ret_code: '' };
  } catch (error) {
    // A refusal comes before anything has changed, so that the other items can go on.
    if (!(error instanceof Refusal)) throw error;
    return { id, ret_status: 'failed', ret_code: error.problem.code };
  }
}
