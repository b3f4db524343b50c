import { inOrder, type SortKey } from '@elbow/api';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { type PagedList, pageSizes, usualSize } from './use-paged-list.ts';
import { matchesSearch, useUrlValue } from './use-search.ts';
import { useSort } from './use-sort.ts';

export interface LocalListOptions<Row extends { readonly id: string }> {
  /** Undefined while they are on their way. */
  readonly rows: readonly Row[] | undefined;
  readonly textsOf: (row: Row) => readonly (string | null)[];
  /** What the rows can be put in order by, by the names that columns give as `sortBy`. */
  readonly sorts?: Readonly<Record<string, (row: Row) => SortKey>>;
  readonly isFetching: boolean;
  readonly error: PagedList<Row>['error'];
  readonly refetch: () => void;
}

/**
 * Pages of what comes as a whole, such as the entries of one object: searched, sorted and cut here, with all three in
 * the address bar as for lists that the server cuts.
 */
export function useLocalList<Row extends { readonly id: string }>(
  options: LocalListOptions<Row>,
): PagedList<Row> {
  const { rows, textsOf, sorts, isFetching, error, refetch } = options;
  const sort = useSort();
  const [search, setSearch] = useUrlValue('q');
  const [params, setParams] = useSearchParams();
  const wanted = search.trim();
  const found = useMemo(
    () => (wanted === '' ? rows : rows?.filter((row) => matchesSearch(wanted, textsOf(row)))),
    [rows, wanted, textsOf],
  );
  const { by, isDescending } = sort;
  const keyOf = by === null || sorts === undefined || !Object.hasOwn(sorts, by) ? undefined : sorts[by];
  const ordered = useMemo(
    () => (found === undefined || keyOf === undefined ? found : inOrder(found, keyOf, isDescending)),
    [found, keyOf, isDescending],
  );
  const total = found?.length ?? 0;
  const size = sizeOf(params.get('size'));
  const last = Math.max(1, Math.ceil(total / size));
  const page = Math.min(last, Math.max(1, Math.trunc(Number(params.get('page') ?? 1)) || 1));
  const change = (values: { readonly page: number; readonly size: number }): void =>
    setParams((before) => placed(before, values), { replace: true });
  return {
    rows: ordered?.slice((page - 1) * size, page * size),
    isEmpty: rows?.length === 0,
    total,
    first: (page - 1) * size + 1,
    size,
    search,
    sort,
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
