import { useLanguage } from '../i18n/use-messages.ts';
import { type Frame, xOf } from './chart-paths.ts';

export interface TimeAxisProps {
  readonly frame: Frame;
  readonly timesMs: readonly number[];
}

const pixelsPerTick = 110;
const dayMs = 86_400_000;

/** Local times below the chart, as many as fit. */
export function TimeAxis({ frame, timesMs }: TimeAxisProps) {
  const language = useLanguage();
  const first = timesMs[0] ?? 0;
  const last = timesMs.at(-1) ?? 0;
  const time = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(last - first > dayMs ? { weekday: 'short' } : {}),
    ...(last - first < 300_000 ? { second: '2-digit' } : {}),
  });
  const count = Math.max(2, Math.min(7, Math.floor(frame.width / pixelsPerTick)));
  const indexes = Array.from({ length: count }, (_, at) =>
    Math.round((at / (count - 1)) * (frame.count - 1)),
  );
  return [...new Set(indexes)].map((index) => (
    <text
      key={index}
      className="mon-tick"
      x={xOf(frame, index)}
      y={frame.top + frame.height + 18}
      textAnchor={anchorOf(index, frame.count)}
    >
      {time.format(timesMs[index] ?? 0)}
    </text>
  ));
}

function anchorOf(index: number, count: number): 'start' | 'middle' | 'end' {
  if (index === 0) return 'start';
  return index === count - 1 ? 'end' : 'middle';
}
