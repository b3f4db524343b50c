import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { type PagedList, pageSizes, usualSize } from './use-paged-list.ts';
import { matchesSearch, useUrlValue } from './use-search.ts';

export interface LocalListOptions<Row> {
  /** Undefined while they are on their way. */
  readonly rows: readonly Row[] | undefined;
  readonly textsOf: (row: Row) => readonly (string | null)[];
  readonly isFetching: boolean;
  readonly error: PagedList<Row>['error'];
  readonly refetch: () => void;
}

/**
 * Pages of what comes as a whole, such as the entries of one object: searched and cut here, with search and place in
 * the address bar as for lists that the server cuts.
 */
export function useLocalList<Row>(options: LocalListOptions<Row>): PagedList<Row> {
  const { rows, textsOf, isFetching, error, refetch } = options;
  const [search, setSearch] = useUrlValue('q');
  const [params, setParams] = useSearchParams();
  const wanted = search.trim();
  const found = useMemo(
    () => (wanted === '' ? rows : rows?.filter((row) => matchesSearch(wanted, textsOf(row)))),
    [rows, wanted, textsOf],
  );
  const total = found?.length ?? 0;
  const size = sizeOf(params.get('size'));
  const last = Math.max(1, Math.ceil(total / size));
  const page = Math.min(last, Math.max(1, Math.trunc(Number(params.get('page') ?? 1)) || 1));
  const change = (values: { readonly page: number; readonly size: number }): void =>
    setParams((before) => placed(before, values), { replace: true });
  return {
    rows: found?.slice((page - 1) * size, page * size),
    isEmpty: rows?.length === 0,
    total,
    first: (page - 1) * size + 1,
    size,
    search,
    query: {},
    isFetching,
    error,
    setSearch,
    setSize: (next) => change({ page: 1, size: next }),
    refetch,
    next: page >= last ? null : () => change({ page: page + 1, size }),
    previous: page <= 1 ? null : () => change({ page: page - 1, size }),
  };
}

function sizeOf(text: string | null): number {
  const size = Number(text ?? usualSize);
  return pageSizes.includes(size) ? size : usualSize;
}

function placed(
  params: URLSearchParams,
  { page, size }: { readonly page: number; readonly size: number },
): URLSearchParams {
  const result = new URLSearchParams(params);
  if (page === 1) result.delete('page');
  else result.set('page', String(page));
  if (size === usualSize) result.delete('size');
  else result.set('size', String(size));
  return result;
}
