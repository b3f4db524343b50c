import {
  cutPage,
  logTankToWire,
  matchesWire,
  pageInfo,
  parseLogTankCreate,
  parseLogTankUpdate,
  parsePageQuery,
} from '@elbow/api';
import { conflict, type LoadBalancer, type LogTank, notFound } from '@elbow/model';
import { type Reader, UnknownMarker } from '@elbow/store';
import { requireOwned } from '../crud/crud.ts';
import { Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext, Unit } from '../crud/service-context.ts';

type Tanked = LoadBalancer & { readonly logTank: LogTank };

/** The log of a load balancer goes where all access logs go; the tank says that there is to be one. */
export async function createLogTank(context: ServiceContext, call: Call): Promise<Answer> {
  const { loadBalancerId, groupId, topicId } = valueOf(parseLogTankCreate(call.body));
  const { value, revision } = await context.store.write(async (writer) => {
    const row = await requireOwned({ writer, call }, 'loadBalancer', loadBalancerId, 'loadbalancer');
    if (row.logTank !== undefined)
      throw new Refusal(conflict(`loadbalancer ${row.id} has logtank ${row.logTank.id} already`));
    const tank = { id: context.newId(), groupId, topicId, createdAtMs: context.nowMs() };
    return save({ writer, call }, row, tank);
  });
  return { status: 201, body: { logtank: value }, revision };
}

export async function listLogTanks({ store }: ServiceContext, { projectId, query }: Call): Promise<Answer> {
  const page = valueOf(parsePageQuery(query));
  const wires = (await store.read((reader) => tankedOf(reader, projectId))).map((row) =>
    logTankToWire(row, row.logTank),
  );
  const keys = ['id', 'loadbalancer_id', 'log_group_id', 'log_topic_id'];
  const asked = keys.map((key) => [key, query.getAll(key).filter((text) => text !== '')] as const);
  const filters = Object.fromEntries(asked.filter(([, values]) => values.length > 0));
  const cut = cutPage(
    wires.filter((wire) => matchesWire(wire, filters)),
    page,
  );
  if (cut === null) throw new UnknownMarker(page.marker ?? '');
  const ids = cut.page.map(({ id }) => id);
  return { status: 200, body: { logtanks: cut.page, page_info: pageInfo(ids, page, cut.hasMoreBehind) } };
}

export async function showLogTank({ store }: ServiceContext, call: Call): Promise<Answer> {
  const row = await store.read((reader) => tankedOfPath(reader, call));
  return { status: 200, body: { logtank: logTankToWire(row, row.logTank) } };
}

export async function updateLogTank({ store }: ServiceContext, call: Call): Promise<Answer> {
  const wish = valueOf(parseLogTankUpdate(call.body));
  const { value, revision } = await store.write(async (writer) => {
    const row = await tankedOfPath(writer, call);
    return save({ writer, call }, row, { ...row.logTank, ...wish });
  });
  return { status: 200, body: { logtank: value }, revision };
}

export async function deleteLogTank({ store }: ServiceContext, call: Call): Promise<Answer> {
  const { revision } = await store.write(async (writer) => {
    const { logTank: _gone, ...row } = await tankedOfPath(writer, call);
    await writer.update('loadBalancer', row);
    writer.touch(row.id);
  });
  return { status: 204, body: null, revision };
}

async function save({ writer }: Unit, row: LoadBalancer, logTank: LogTank) {
  await writer.update('loadBalancer', { ...row, logTank });
  writer.touch(row.id);
  return logTankToWire(row, logTank);
}

/** In the order in which they were made. */
async function tankedOf(reader: Reader, projectId: string): Promise<readonly Tanked[]> {
  const rows = await reader.list('loadBalancer', { projectId });
  return rows.filter(isTanked).toSorted((a, b) => a.logTank.createdAtMs - b.logTank.createdAtMs);
}

function isTanked(row: LoadBalancer): row is Tanked {
  return row.logTank !== undefined;
}

async function tankedOfPath(reader: Reader, { params, projectId }: Call): Promise<Tanked> {
  const id = params['logtank_id'] ?? '';
  const row = (await tankedOf(reader, projectId)).find(({ logTank }) => logTank.id === id);
  if (row === undefined) throw new Refusal(notFound('logtank', id.slice(0, 64)));
  return row;
}
