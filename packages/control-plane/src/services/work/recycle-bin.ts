import {
  cutPage,
  loadBalancerFilters,
  pageInfo,
  parsePageQuery,
  parseRecycleBinPolicy,
  parseRecycleBinSwitch,
  recycleBinToWire,
  recycledToWire,
} from '@elbow/api';
import { notFound, type Outcome, type RecycleBin, type RecycledLoadBalancer } from '@elbow/model';
import { type Reader, UnknownMarker } from '@elbow/store';
import { recordJob } from './jobs.ts';
import { putBack } from './recycle-bin-restore.ts';
import { readRecycleBin, recycledOf, writeRecycleBin } from './recycle-bin-store.ts';
import { Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext } from '../crud/service-context.ts';
import { settleJob } from './settle-job.ts';
import { wiresMatching } from '../crud/wires-matching.ts';

export async function showRecycleBin({ store }: ServiceContext, { projectId }: Call): Promise<Answer> {
  const bin = await store.read((reader) => readRecycleBin(reader, projectId));
  return { status: 200, body: { recycle_bin: recycleBinToWire(bin, projectId) } };
}

export function switchRecycleBin(context: ServiceContext, call: Call): Promise<Answer> {
  return changeBin(context, call, () => parseRecycleBinSwitch(call.body));
}

export function changeRecycleBinPolicy(context: ServiceContext, call: Call): Promise<Answer> {
  return changeBin(context, call, (before) => parseRecycleBinPolicy(call.body, before));
}

async function changeBin(
  { store }: ServiceContext,
  { projectId }: Call,
  parse: (before: RecycleBin) => Outcome<Partial<RecycleBin>>,
): Promise<Answer> {
  const { value } = await store.write(async (writer) => {
    const before = await readRecycleBin(writer, projectId);
    const after = { ...before, ...valueOf(parse(before)) };
    await writeRecycleBin(writer, projectId, after);
    return after;
  });
  return { status: 200, body: { recycle_bin: recycleBinToWire(value, projectId) } };
}

export async function listRecycled({ store, nowMs }: ServiceContext, call: Call): Promise<Answer> {
  const page = valueOf(parsePageQuery(call.query));
  const rows = await store.read((reader) => recycledOf(reader, nowMs(), call.projectId));
  const wires = wiresMatching(rows.map(recycledToWire), Object.keys(loadBalancerFilters), call.query);
  const cut = cutPage(wires, page);
  if (cut === null) throw new UnknownMarker(page.marker ?? '');
  const ids = cut.page.map(({ id }) => id);
  return {
    status: 200,
    body: { loadbalancers: cut.page, page_info: pageInfo(ids, page, cut.hasMoreBehind) },
  };
}

/** For good, now. */
export async function destroyRecycled(context: ServiceContext, call: Call): Promise<Answer> {
  const { revision } = await context.store.write(async (writer) => {
    const row = await recycledOfPath(context, writer, call);
    await writer.remove('recycledLoadBalancer', row.id);
  });
  return { status: 204, body: null, revision };
}

export async function recoverRecycled(context: ServiceContext, call: Call): Promise<Answer> {
  const { value, revision } = await context.store.write(async (writer) => {
    const row = await recycledOfPath(context, writer, call);
    await putBack(context, writer, row);
    return recordJob(
      context,
      { writer, call },
      {
        type: 'recoverLoadbalancer',
        resourceId: row.id,
        parts: [{ resourceId: row.id, resourceType: 'loadbalancer' }],
      },
    );
  });
  const answer: Answer = { status: 200, body: { job_id: value, type: 'v3' }, revision };
  await settleJob(context, answer);
  return answer;
}

async function recycledOfPath(
  { nowMs }: ServiceContext,
  reader: Reader,
  { params, projectId }: Call,
): Promise<RecycledLoadBalancer> {
  const id = params['loadbalancer_id'] ?? '';
  const row = (await recycledOf(reader, nowMs(), projectId)).find((each) => each.id === id);
  if (row === undefined) throw new Refusal(notFound('loadbalancer', id.slice(0, 64)));
  return row;
}
