import { parseSeriesQuery, type SeriesRequest } from '@elbow/api';
import { notFound } from '@elbow/model';
import type { Reader, Store } from '@elbow/store';
import { findOwned } from '../services/crud/crud.ts';
import { poolsOfLoadBalancers } from '../services/crud/relations.ts';
import { Refusal, valueOf } from '../services/crud/refusal.ts';
import type { Answer, Call } from '../services/crud/service-context.ts';
import { type Monitor, slotMs } from './monitor.ts';
import { emptyPoint } from './point.ts';
import { type ObjectKey, type SampledFleet, zonesOf } from './sampler.ts';
import { type SeriesName, seriesNames, seriesValues, type Span } from './series-names.ts';

export interface SeriesDeps {
  readonly store: Store;
  readonly monitor: Monitor;
  readonly fleet: Pick<SampledFleet, 'nodes'>;
  readonly nowMs: () => number;
}

const hourMs = 3_600_000;
const mostPools = 200;
const noSample: Span = { point: emptyPoint(), samples: 0 };

/** `GET /elbow/v1/metrics/series`: what happened to one object over time, up to this moment. */
export async function showMetricSeries(deps: SeriesDeps, call: Call): Promise<Answer> {
  const request = valueOf(parseSeriesQuery(call.query, { nowMs: deps.nowMs(), names: seriesNames }));
  const poolKeys = await deps.store.read((reader) => poolsOf(reader, request, call.projectId));
  await deps.monitor.look();
  const stepMs = stepOf(request, deps.monitor);
  const fromMs = Math.floor(request.fromMs / stepMs) * stepMs;
  // The step that is running belongs to the range.
  const toMs = Math.ceil((request.toMs + 1) / stepMs) * stepMs;
  const suffix = suffixOf(deps, request);
  const read = (keys: readonly ObjectKey[]) =>
    deps.monitor.read({ keys: keys.map((key) => `${key}${suffix}`), fromMs, toMs, stepMs });
  const spans = read([`${request.scope}/${request.id}`]);
  const health = request.scope === 'loadbalancer' ? read(poolKeys) : spans;
  const names = request.names.length === 0 ? seriesNames : (request.names as readonly SeriesName[]);
  const values = names.map((name) => {
    const of = name.startsWith('members_') ? health : spans;
    return [name, of.map((span) => (span === null ? null : rounded(name, span)))];
  });
  const { scope, id } = request;
  const timestamps = spans.map((_, at) => new Date(fromMs + at * stepMs).toISOString());
  const series = { scope, id, step: stepMs / 1000, timestamps, values: Object.fromEntries(values) };
  return { status: 200, body: { series } };
}

/** With one zone, that zone did everything; of another one nothing is known. */
function suffixOf({ fleet }: SeriesDeps, { scope, zone }: SeriesRequest): string {
  if (zone === null || scope === 'zone') return '';
  const zones = new Set(zonesOf(fleet).values());
  return zones.size === 1 && zones.has(zone) ? '' : `@${zone}`;
}

function rounded(name: SeriesName, span: Span = noSample): number | null {
  const value = seriesValues[name](span);
  return value === null ? null : Math.round(value * 1000) / 1000;
}

function stepOf({ stepSeconds, fromMs, toMs }: SeriesRequest, monitor: Monitor): number {
  if (stepSeconds !== null) {
    const isThere = stepSeconds % 60 === 0 || monitor.hasSlotsSince(fromMs);
    return isThere ? stepSeconds * 1000 : 60_000;
  }
  const rangeMs = toMs - fromMs;
  if (rangeMs <= hourMs && monitor.hasSlotsSince(fromMs)) return slotMs;
  if (rangeMs <= 24 * hourMs) return 60_000;
  return rangeMs <= 72 * hourMs ? 300_000 : 600_000;
}

/** The object must be there; of a load balancer, the pools whose members are its health. @throws Refusal 404 */
async function poolsOf(
  reader: Reader,
  { scope, id }: SeriesRequest,
  projectId: string,
): Promise<readonly ObjectKey[]> {
  if (scope === 'zone') return [];
  const kind = ({ loadbalancer: 'loadBalancer', listener: 'listener', pool: 'pool' } as const)[scope];
  const row = await findOwned(reader, kind, { id, projectId });
  if (row === null) throw new Refusal(notFound(scope, id));
  if (kind !== 'loadBalancer') return [];
  const listeners = await reader.list('listener', { where: { loadBalancerId: [id] } });
  const pools = await poolsOfLoadBalancers(reader, [id], listeners);
  return pools.slice(0, mostPools).map((pool) => `pool/${pool.id}`);
}
