import {
  ipGroupFilters,
  ipGroupSorts,
  type IpGroupCreate,
  ipGroupToWire,
  type IpGroupUpdate,
  parseIpGroupCreate,
  parseIpGroupUpdate,
  parseIpListRemoval,
} from '@elbow/api';
import {
  addEntries,
  canonicalRange,
  checkEntryCount,
  checkIpGroupIsUnused,
  type IpGroup,
  type IpGroupEntry,
  type Listener,
  notFound,
  withoutEntries,
} from '@elbow/model';
import type { Reader } from '@elbow/store';
import { type CrudDescriptor, findOwned, type NewBase } from '../crud/crud.ts';
import { refuseIf, Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext, Unit } from '../crud/service-context.ts';

type Descriptor = CrudDescriptor<'ipGroup', IpGroupCreate, IpGroupUpdate>;

/** @param isBrief whether answers count the entries instead of listing them (`with_ip_list=false`) */
export function ipGroupDescriptor(context: ServiceContext, isBrief = false): Descriptor {
  return {
    kind: 'ipGroup',
    singular: 'ipgroup',
    plural: 'ipgroups',
    idParam: 'ipgroup_id',
    filters: ipGroupFilters,
    sorts: ipGroupSorts,
    parseCreate: parseIpGroupCreate,
    parseUpdate: parseIpGroupUpdate,
    build: (_, wish, base) => build(context, wish, base),
    change: async (_, row, wish) => withEntries(context, { ...row, ...wish }, wish.entries ?? row.entries),
    beforeRemove: async ({ writer }, row) =>
      refuseIf(checkIpGroupIsUnused(row.id, await listenersOfIpGroups(writer, [row.id]))),
    loadBalancersOf: async (reader, row) =>
      (await listenersOfIpGroups(reader, [row.id])).map(({ loadBalancerId }) => loadBalancerId),
    toWire: async (reader, rows) => {
      const wires = await toWire(reader, rows);
      return isBrief ? wires.map(withoutEntryList) : wires;
    },
    related: relatedByAddress,
  };
}

/** Groups may hold ten thousand entries each: lists that only count them are a hundred times shorter. */
function withoutEntryList<Wire extends { readonly ip_list: readonly unknown[] }>(wire: Wire) {
  return { ...wire, ip_list: [], ip_count: wire.ip_list.length };
}

async function build(context: ServiceContext, wish: IpGroupCreate, base: NewBase): Promise<IpGroup> {
  return withEntries(context, { ...base, ...wish, enterpriseProjectId: '0' }, wish.entries);
}

function withEntries(
  { settings }: ServiceContext,
  group: IpGroup,
  entries: readonly IpGroupEntry[],
): IpGroup {
  refuseIf(checkEntryCount(entries.length, settings.quotas));
  return { ...group, entries };
}

/** `iplist/create-or-update`: nothing goes, what is known gets its new description. */
export function updateIpList(context: ServiceContext, call: Call): Promise<Answer> {
  const { entries = [], ...others } = valueOf(parseIpGroupUpdate(call.body));
  return changeEntries(context, call, (group) =>
    withEntries(context, { ...group, ...others }, addEntries(group.entries, entries)),
  );
}

/** `iplist/batch-delete`: entries are found by what they stand for; those that are not there are no mistake. */
export function batchDeleteIpList(context: ServiceContext, call: Call): Promise<Answer> {
  const removed = valueOf(parseIpListRemoval(call.body));
  return changeEntries(context, call, (group) => ({
    ...group,
    entries: withoutEntries(group.entries, removed),
  }));
}

async function changeEntries(
  { store, nowMs }: ServiceContext,
  call: Call,
  change: (group: IpGroup) => IpGroup,
): Promise<Answer> {
  const { value, revision } = await store.write(async (writer) => {
    const row = await requiredGroup(writer, call);
    const saved: IpGroup = { ...change(row), updatedAtMs: nowMs() };
    await writer.update('ipGroup', saved);
    for (const { loadBalancerId } of await listenersOfIpGroups(writer, [row.id]))
      writer.touch(loadBalancerId);
    const [ipgroup] = await toWire(writer, [saved]);
    return { ipgroup };
  });
  return { status: 200, body: value, revision };
}

export function showRelatedListeners({ store }: ServiceContext, call: Call): Promise<Answer> {
  return store.read(async (reader) => {
    const group = await requiredGroup(reader, call);
    const listeners = await listenersOfIpGroups(reader, [group.id]);
    return { status: 200, body: { listeners: listeners.map(({ id }) => ({ id })) } };
  });
}

async function requiredGroup(reader: Reader, { params, projectId }: Call): Promise<IpGroup> {
  const id = params['ipgroup_id'] ?? '';
  const group = await findOwned(reader, 'ipGroup', { id, projectId });
  if (group === null) throw new Refusal(notFound('ipgroup', id.slice(0, 64)));
  return group;
}

/** Those that have the list switched off are among them. */
export async function listenersOfIpGroups(
  reader: Reader,
  groupIds: readonly string[],
): Promise<readonly Listener[]> {
  const listeners = await reader.list('listener', {});
  return listeners.filter(({ accessControl }) =>
    accessControl?.ipGroupIds.some((id) => groupIds.includes(id)),
  );
}

/** Groups of a listener's access control. @throws Refusal 404 */
export async function requireIpGroups(unit: Unit, ids: readonly string[]): Promise<readonly IpGroup[]> {
  const groups: IpGroup[] = [];
  for (const id of ids) {
    const group = await findOwned(unit.writer, 'ipGroup', { id, projectId: unit.call.projectId });
    if (group === null) throw new Refusal(notFound('ipgroup', id));
    groups.push(group);
  }
  return groups;
}

async function toWire(reader: Reader, rows: readonly IpGroup[]) {
  const listeners = await listenersOfIpGroups(
    reader,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const users = listeners.filter(({ accessControl }) => accessControl?.ipGroupIds.includes(row.id));
    return ipGroupToWire(row, { listenerIds: users.map(({ id }) => id) });
  });
}

async function relatedByAddress(
  reader: Reader,
  _relation: string,
  values: readonly string[],
): Promise<readonly string[]> {
  const wanted = new Set(values.map((value) => canonicalRange(value) ?? value));
  const groups = await reader.list('ipGroup', {});
  const holders = groups.filter(({ entries }) =>
    entries.some(({ ip }) => wanted.has(canonicalRange(ip) ?? ip)),
  );
  return holders.map(({ id }) => id);
}
