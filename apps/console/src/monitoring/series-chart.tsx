import { useMemo } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { ChartLegend } from './chart-legend.tsx';
import { type Line, mostOf, niceTop, sayOr, stacked } from './chart-lines.ts';
import { areaPath, type Frame, linePath, loneIndexes, xOf, yOf } from './chart-paths.ts';
import { monitoringMessages } from './messages.ts';
import { TimeAxis } from './time-axis.tsx';
import { type Cursor, useCursor } from './use-cursor.ts';
import { useWidth } from './use-width.ts';

export interface SeriesChartProps {
  readonly title: string;
  readonly timesMs: readonly number[];
  readonly lines: readonly Line[];
  readonly isStacked?: boolean;
  /** A line that should not be crossed, in the unit of the values. */
  readonly limit?: number;
  readonly say: (value: number) => string;
  readonly cursor: Cursor;
}

const height = 132;
const left = 52;
const top = 8;

/** Lines, or areas on top of each other, over time; the point in the light is told in the legend. */
export function SeriesChart(props: SeriesChartProps) {
  const { title, timesMs, lines, isStacked = false, limit, say, cursor } = props;
  const t = useMessages(monitoringMessages);
  const [box, width] = useWidth<HTMLElement>();
  const levels = useMemo(() => {
    const values = lines.map((line) => line.values);
    return isStacked ? stacked(values) : values;
  }, [lines, isStacked]);
  const most = niceTop(Math.max(limit ?? 0, ...levels.map(mostOf)));
  const frame: Frame = {
    width: Math.max(0, width - left - 8),
    height,
    left,
    top,
    count: timesMs.length,
    most,
  };
  const { begin, handlers } = useCursor(frame, cursor);
  const told = (at: number): string =>
    lines.map(({ label, values }) => `${label} ${sayOr(values[at], say)}`).join(', ');
  const at = cursor.at ?? timesMs.length - 1;
  return (
    <figure className="mon-chart" ref={box}>
      <figcaption>{title}</figcaption>
      <svg
        width={width}
        height={height + 32}
        role="slider"
        tabIndex={0}
        aria-label={t.chartOf(title)}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, timesMs.length - 1)}
        aria-valuenow={at}
        aria-valuetext={told(at)}
        {...handlers}
      >
        <Grid frame={frame} say={say} />
        {limit !== undefined && (
          <line
            className="mon-limit"
            x1={left}
            x2={width - 8}
            y1={yOf(frame, limit)}
            y2={yOf(frame, limit)}
          />
        )}
        <Marks frame={frame} lines={lines} levels={levels} isStacked={isStacked} />
        <TimeAxis frame={frame} timesMs={timesMs} />
        {cursor.at !== null && <Light frame={frame} at={cursor.at} begin={begin} />}
      </svg>
      <ChartLegend lines={lines} at={cursor.at} timesMs={timesMs} say={say} />
    </figure>
  );
}

interface MarksProps {
  readonly frame: Frame;
  readonly lines: readonly Line[];
  readonly levels: readonly Line['values'][];
  readonly isStacked: boolean;
}

/** Areas have no outline: that of a class without an answer would run along the one below it. */
function Marks({ frame, lines, levels, isStacked }: MarksProps) {
  return lines.map(({ key, tone }, index) => {
    const values = levels[index] ?? [];
    const below = isStacked ? (levels[index - 1] ?? null) : null;
    const isLone = (at: number): boolean => !isStacked || (lines[index]?.values[at] ?? 0) > 0;
    return (
      <g key={key} className={`mon-tone-${tone}`}>
        {isStacked && <path className="mon-area" d={areaPath(frame, values, below)} />}
        {lines.length === 1 && <path className="mon-area mon-area-pale" d={areaPath(frame, values, null)} />}
        {!isStacked && <path className="mon-line" d={linePath(frame, values)} />}
        {loneIndexes(values)
          .filter(isLone)
          .map((at) => (
            <circle key={at} className="mon-dot" cx={xOf(frame, at)} cy={yOf(frame, values[at] ?? 0)} r="3" />
          ))}
      </g>
    );
  });
}

function Grid({ frame, say }: { readonly frame: Frame; readonly say: (value: number) => string }) {
  return [0, 0.5, 1].map((share) => {
    const y = yOf(frame, frame.most * share);
    return (
      <g key={share}>
        <line className="mon-grid" x1={frame.left} x2={frame.left + frame.width} y1={y} y2={y} />
        <text className="mon-tick" x={frame.left - 8} y={y + 4} textAnchor="end">
          {say(frame.most * share)}
        </text>
      </g>
    );
  });
}

interface LightProps {
  readonly frame: Frame;
  readonly at: number;
  readonly begin: number | null;
}

function Light({ frame, at, begin }: LightProps) {
  const x = xOf(frame, at);
  const from = begin === null ? x : xOf(frame, begin);
  return (
    <>
      {begin !== null && (
        <rect
          className="mon-stretch"
          x={Math.min(x, from)}
          y={frame.top}
          width={Math.abs(x - from)}
          height={frame.height}
        />
      )}
      <line className="mon-cursor" x1={x} x2={x} y1={frame.top} y2={frame.top + frame.height} />
    </>
  );
}
