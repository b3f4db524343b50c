import type { SeriesAnswer } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { flavorList, loadBalancerDetail } from '../load-balancers/queries.ts';
import { mostOf, perSecond, type Values, valuesOf } from './chart-lines.ts';
import { monitoringMessages } from './messages.ts';
import { SeriesChart } from './series-chart.tsx';
import type { Cursor } from './use-cursor.ts';

export interface UseOfSpecificationProps {
  readonly series: SeriesAnswer;
  readonly nowMs: number;
  readonly timesMs: readonly number[];
  readonly cursor: Cursor;
}

/** How much of its specification a load balancer uses, with a line at 100 %. Nothing where it has none. */
export function UseOfSpecification({ series, nowMs, timesMs, cursor }: UseOfSpecificationProps) {
  const t = useMessages(monitoringMessages);
  const format = useFormat();
  const flavorId = useQuery(loadBalancerDetail(series.id)).data?.l7_flavor_id;
  const flavor = (useQuery(flavorList).data ?? []).find(({ id }) => id === flavorId)?.info;
  const lines = useMemo(() => {
    if (flavor === undefined) return [];
    const share = (values: Values, of: number): Values =>
      values.map((value) => (value === null ? null : (value / of) * 100));
    const rows = [
      ['use_connections', share(valuesOf(series, 'connections_open_max'), flavor.connection), 1],
      ['use_new', share(perSecond(series, 'connections_new', nowMs), flavor.cps), 2],
    ] as const;
    return rows.map(([key, values, tone]) => ({
      key,
      label: t.series[key],
      values,
      tone,
      note: t.most(t.percent(format.number(mostOf(values)))),
    }));
  }, [flavor, series, nowMs, t, format]);
  if (lines.length === 0) return null;
  return (
    <SeriesChart
      title={t.charts.use}
      timesMs={timesMs}
      lines={lines}
      limit={100}
      say={(value) => t.percent(format.number(value))}
      cursor={cursor}
    />
  );
}
