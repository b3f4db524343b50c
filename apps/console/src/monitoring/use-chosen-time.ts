import { useSearchParams } from 'react-router';
import { type RangeKey, ranges, type Span } from './queries.ts';

export interface ChosenTime {
  readonly range: RangeKey;
  /** A stretch that stands over the range. */
  readonly zoom: Span | null;
  /** The availability zone whose nodes are looked at; null: all. */
  readonly zone: string | null;
  readonly setRange: (range: RangeKey) => void;
  readonly setZoom: (zoom: Span | null) => void;
  readonly setZone: (zone: string | null) => void;
}

/** The time that all charts show, in the address bar so that it can be sent to somebody. */
export function useChosenTime(): ChosenTime {
  const [params, setParams] = useSearchParams();
  const fromMs = Number(params.get('from') ?? Number.NaN);
  const toMs = Number(params.get('to') ?? Number.NaN);
  const change = (work: (params: URLSearchParams) => void): void =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        for (const key of ['from', 'to']) after.delete(key);
        work(after);
        return after;
      },
      { replace: true },
    );
  const text = params.get('range') ?? '';
  return {
    range: text in ranges ? (text as RangeKey) : '1h',
    zoom: fromMs < toMs ? { fromMs, toMs } : null,
    zone: params.get('zone'),
    setRange: (range) => change((all) => all.set('range', range)),
    setZoom: (zoom) =>
      change((all) => {
        if (zoom === null) return;
        all.set('from', String(zoom.fromMs));
        all.set('to', String(zoom.toMs));
      }),
    setZone: (zone) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (zone === null) after.delete('zone');
          else after.set('zone', zone);
          return after;
        },
        { replace: true },
      ),
  };
}
