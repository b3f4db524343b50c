import { useLanguage } from '../i18n/use-messages.ts';
import { type Line, sayOr } from './chart-lines.ts';

export interface ChartLegendProps {
  readonly lines: readonly Line[];
  readonly at: number | null;
  readonly timesMs: readonly number[];
  readonly say: (value: number) => string;
}

/** Names of the lines with their values: of the point in the light, else of the whole time. */
export function ChartLegend({ lines, at, timesMs, say }: ChartLegendProps) {
  const language = useLanguage();
  const time = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (
    <ul className="mon-legend">
      {lines.map(({ key, label, tone, values, note }) => (
        <li key={key}>
          <svg width="14" height="10" className={`mon-tone-${tone}`} aria-hidden="true">
            <path className="mon-line mon-line-key" d="M1 5h12" />
          </svg>
          <span>{label}</span>
          <strong>{at === null ? note : sayOr(values[at], say)}</strong>
        </li>
      ))}
      {at !== null && <li className="mon-when">{time.format(timesMs[at] ?? 0)}</li>}
    </ul>
  );
}
