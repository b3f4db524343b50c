import type { SeriesAnswer } from '@elbow/api';
import { useMemo, useState } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { perSecond, valuesOf } from './chart-lines.ts';
import { chartGroups, type ChartPlan } from './chart-plans.ts';
import { monitoringMessages } from './messages.ts';
import type { Span } from './queries.ts';
import { SeriesChart } from './series-chart.tsx';
import type { Cursor } from './use-cursor.ts';
import { useUnits } from './use-units.ts';
import { UseOfSpecification } from './use-of-specification.tsx';

export interface ChartsProps {
  readonly series: SeriesAnswer;
  /** When it was asked for: the last step had lasted until then. */
  readonly nowMs: number;
  readonly onZoom: (span: Span) => void;
}

/** Every chart of an object, with one point in the light for all of them. */
export function Charts({ series, nowMs, onZoom }: ChartsProps) {
  const t = useMessages(monitoringMessages);
  const [at, setAt] = useState<number | null>(null);
  const timesMs = useMemo(() => series.timestamps.map((time) => Date.parse(time)), [series]);
  const onStretch = (first: number, last: number): void =>
    onZoom({ fromMs: timesMs[first] ?? 0, toMs: (timesMs[last] ?? 0) + series.step * 1000 });
  // A point of the charts before may lie behind the end of these.
  const cursor: Cursor = { at: at !== null && at < timesMs.length ? at : null, onAt: setAt, onStretch };
  return chartGroups.map(({ key, charts }) => {
    const shown = charts.filter(({ scopes }) => scopes.includes(series.scope));
    if (shown.length === 0) return null;
    return (
      <section key={key} className="mon-group" aria-label={t.groups[key]}>
        <h2>{t.groups[key]}</h2>
        <div className="mon-charts">
          {shown.map((plan) => (
            <PlannedChart key={plan.key} {...{ plan, series, nowMs, timesMs, cursor }} />
          ))}
          {key === 'connections' && series.scope === 'loadbalancer' && (
            <UseOfSpecification {...{ series, nowMs, timesMs, cursor }} />
          )}
        </div>
      </section>
    );
  });
}

interface PlannedChartProps {
  readonly plan: ChartPlan;
  readonly series: SeriesAnswer;
  readonly nowMs: number;
  readonly timesMs: readonly number[];
  readonly cursor: Cursor;
}

function PlannedChart({ plan, series, nowMs, timesMs, cursor }: PlannedChartProps) {
  const t = useMessages(monitoringMessages);
  const unit = useUnits()[plan.unit];
  const isRate = plan.unit === 'rate' || plan.unit === 'bytes';
  const lines = useMemo(
    () =>
      plan.lines.map(({ name, label, tone }) => ({
        key: name,
        label: t.series[label],
        tone,
        values: isRate ? perSecond(series, name, nowMs) : valuesOf(series, name),
        note: unit.note(valuesOf(series, name)),
      })),
    [plan, series, isRate, nowMs, t, unit],
  );
  return (
    <SeriesChart
      title={t.charts[plan.key]}
      timesMs={timesMs}
      lines={lines}
      isStacked={plan.isStacked ?? false}
      say={unit.say}
      cursor={cursor}
    />
  );
}
