import {
  cutPage,
  listenerFilters,
  listenerToWire,
  loadBalancerFilters,
  pageInfo,
  parsePageQuery,
  recycledToWire,
} from '@elbow/api';
import { invalidField, type RecycledLoadBalancer } from '@elbow/model';
import { type Reader, UnknownMarker } from '@elbow/store';
import type { WireRecord } from '../crud/list-page.ts';
import { listenerDescriptor } from '../listeners/listeners.ts';
import { loadBalancerDescriptor } from '../load-balancers/load-balancers.ts';
import { recycledOf } from './recycle-bin-store.ts';
import { Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call, Handler, ServiceContext } from '../crud/service-context.ts';
import { wiresMatching } from '../crud/wires-matching.ts';

/** Lists that can show what lies in the recycle bin too, behind what is in use. */
export function loadBalancersAndBin(context: ServiceContext, usual: Handler): Handler {
  const { toWire } = loadBalancerDescriptor(context);
  return withBin(context, usual, {
    plural: 'loadbalancers',
    keys: Object.keys(loadBalancerFilters),
    inUse: async (reader, { projectId }) => toWire(reader, await reader.list('loadBalancer', { projectId })),
    recycled: (row) => [recycledToWire(row)],
  });
}

export function listenersAndBin(context: ServiceContext, usual: Handler): Handler {
  const { toWire } = listenerDescriptor(context);
  return withBin(context, usual, {
    plural: 'listeners',
    keys: Object.keys(listenerFilters).filter((key) => key !== 'loadbalancer_id'),
    inUse: async (reader, { projectId }) => toWire(reader, await reader.list('listener', { projectId })),
    recycled: ({ snapshot: { listeners, loadBalancer } }) =>
      listeners.map((listener) =>
        listenerToWire(listener, { enterpriseProjectId: loadBalancer.enterpriseProjectId }),
      ),
  });
}

interface BinnedList {
  readonly plural: string;
  /** Query keys that narrow the list. */
  readonly keys: readonly string[];
  readonly inUse: (reader: Reader, call: Call) => Promise<readonly WireRecord[]>;
  readonly recycled: (row: RecycledLoadBalancer) => readonly WireRecord[];
}

/** These look through other objects, which those in the bin do not have any more; and what is there lies behind. */
const unfit = [
  'member_address',
  'member_device_id',
  'member_instance_id',
  'loadbalancer_id',
  'search',
  'sort',
];

function withBin(context: ServiceContext, usual: Handler, list: BinnedList): Handler {
  return async (call) => {
    if (call.query.get('include_recycle_bin') !== 'true') return usual(call);
    const key = unfit.find((each) => call.query.has(each));
    if (key !== undefined)
      throw new Refusal(invalidField(key, 'does not go together with include_recycle_bin'));
    const wires = await context.store.read(async (reader) => {
      const recycled = await recycledOf(reader, context.nowMs(), call.projectId);
      return [...(await list.inUse(reader, call)), ...recycled.flatMap(list.recycled)];
    });
    return pageOf(list, wires, call);
  };
}

function pageOf({ plural, keys }: BinnedList, wires: readonly WireRecord[], { query }: Call): Answer {
  const page = valueOf(parsePageQuery(query));
  const records = wiresMatching(wires, keys, query).map((wire) => ({ id: String(wire['id']), wire }));
  const cut = cutPage(records, page);
  if (cut === null) throw new UnknownMarker(page.marker ?? '');
  const info = pageInfo(
    cut.page.map(({ id }) => id),
    page,
    cut.hasMoreBehind,
  );
  return { status: 200, body: { [plural]: cut.page.map(({ wire }) => wire), page_info: info } };
}
