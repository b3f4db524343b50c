import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

export const filterKeys = ['status', 'method', 'path', 'client', 'member', 'since', 'until'] as const;
export type FilterKey = (typeof filterKeys)[number];
/** As the API's parameters; empty: any. */
export type LogFilters = Readonly<Record<FilterKey, string>>;

export interface LogFiltering {
  readonly filters: LogFilters;
  readonly isAny: boolean;
  readonly set: (key: FilterKey, value: string) => void;
  readonly clear: () => void;
}

/** What of the log is looked at, kept in the address bar. */
export function useLogFilters(): LogFiltering {
  const [params, setParams] = useSearchParams();
  const key = filterKeys.map((name) => params.get(name) ?? '').join('\n');
  const filters = useMemo(() => {
    const values = key.split('\n');
    return Object.fromEntries(filterKeys.map((name, at) => [name, values[at] ?? ''])) as LogFilters;
  }, [key]);
  const change = useCallback(
    (work: (params: URLSearchParams) => void) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          work(after);
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  return {
    filters,
    isAny: Object.values(filters).every((value) => value === ''),
    set: (name, value) => change((all) => (value === '' ? all.delete(name) : all.set(name, value))),
    clear: () => change((all) => filterKeys.forEach((name) => all.delete(name))),
  };
}

/** What the server takes: half a status is not asked for. */
export function queryOf(filters: LogFilters): Readonly<Record<string, string>> {
  const isStatus = /^[1-5](?:xx|\d\d)$/.test(filters.status);
  const said = Object.entries(filters).filter(
    ([name, value]) => value !== '' && (name !== 'status' || isStatus),
  );
  return Object.fromEntries(said);
}
