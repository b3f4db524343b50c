import type { SeriesAnswer } from '@elbow/api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { freshMs } from '../api/query-client.ts';

export type MonitoringScope = SeriesAnswer['scope'];

export const ranges = { '1h': 1, '3h': 3, '12h': 12, '1d': 24, '7d': 168 } as const;
export type RangeKey = keyof typeof ranges;

/** Milliseconds since 1970. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface SeriesWish {
  readonly scope: MonitoringScope;
  readonly id: string;
  readonly range: RangeKey;
  /** Instead of the range that ends now. */
  readonly zoom: Span | null;
  readonly refreshMs: number | false;
  /** What the nodes of one availability zone did; null: all of them. */
  readonly zone: string | null;
}

/** Fine steps are kept for an hour: a range that begins a little later is still in them. */
const marginMs = 30_000;

/** Everything that is counted about one object, up to this moment or for a part of the past. */
export function metricSeries({ scope, id, range, zoom, refreshMs, zone }: SeriesWish) {
  return queryOptions({
    queryKey: ['series', scope, id, range, zoom, zone],
    queryFn: async ({ signal }) => {
      const nowMs = Date.now();
      const { fromMs, toMs } = zoom ?? { fromMs: nowMs - ranges[range] * 3_600_000 + marginMs, toMs: null };
      const time = { from: fromMs, ...(toMs === null ? {} : { to: toMs }) };
      const part = zone === null ? {} : { availability_zone: zone };
      const { body } = await client.showMetricSeries({ query: { scope, id, ...part, ...time }, signal });
      return body.series;
    },
    refetchInterval: refreshMs,
    // The charts stay while the next ones are on their way.
    placeholderData: keepPreviousData,
  });
}

/** What somebody should look at, and how much there is of everything. */
export const attention = queryOptions({
  queryKey: ['attention'],
  queryFn: async ({ signal }) => (await client.showAttention({ signal })).body.attention,
  refetchInterval: freshMs,
});
