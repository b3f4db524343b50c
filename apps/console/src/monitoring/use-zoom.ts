import { useSearchParams } from 'react-router';
import type { Span } from './queries.ts';

/** The stretch of time that all charts show, in the address bar so that it can be sent to somebody. */
export function useZoom(): readonly [Span | null, (zoom: Span | null) => void] {
  const [params, setParams] = useSearchParams();
  const fromMs = Number(params.get('from') ?? Number.NaN);
  const toMs = Number(params.get('to') ?? Number.NaN);
  const set = (zoom: Span | null): void =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        for (const key of ['from', 'to']) after.delete(key);
        if (zoom !== null) {
          after.set('from', String(zoom.fromMs));
          after.set('to', String(zoom.toMs));
        }
        return after;
      },
      { replace: true },
    );
  return [fromMs < toMs ? { fromMs, toMs } : null, set];
}
