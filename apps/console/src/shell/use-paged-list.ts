import type { Answer, ApiError, Query } from '@elbow/api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useEffectEvent } from 'react';
import { useSearchParams } from 'react-router';
import { freshMs } from '../api/query-client.ts';
import { useSettled } from '../certificates/use-settled.ts';
import { firstPage } from './use-search.ts';
import { type SortState, useSort } from './use-sort.ts';

interface PagedBody {
  readonly page_info: {
    readonly next_marker?: string;
    readonly previous_marker?: string;
    readonly total_count?: number;
  };
}

export interface PagedListOptions<Body extends PagedBody, Row> {
  /** First part of the query key: that of the whole list, so that both are asked for again after a write. */
  readonly key: string;
  /** `(query, signal) => client.listPools({ query, signal })` */
  readonly load: (query: Query, signal: AbortSignal) => Promise<Answer<Body>>;
  /** `(body) => body.pools` */
  readonly pick: (body: Body) => readonly Row[];
  /** Filters of the server that the user has chosen, e.g. `{ protocol: 'HTTP' }`; empty ones say nothing. */
  readonly filters?: Query;
  /** What the list is about: `{ loadbalancer_id }`. It is asked for in any case. */
  readonly scope?: Query;
  /** When to look again; every ten seconds without. */
  readonly pollMs?: (rows: readonly Row[]) => number;
}

export interface PagedList<Row> {
  /** Undefined while the first page is on its way. */
  readonly rows: readonly Row[] | undefined;
  /** On all pages, that match the search. */
  readonly total: number;
  /** Of the first row shown, from 1. */
  readonly first: number;
  readonly size: number;
  readonly search: string;
  readonly sort: SortState;
  readonly isFetching: boolean;
  readonly error: Error | null;
  readonly setSearch: (search: string) => void;
  readonly setSize: (size: number) => void;
  readonly refetch: () => void;
  /** Null on the last page. */
  readonly next: (() => void) | null;
  /** Null on the first page. */
  readonly previous: (() => void) | null;
  /** Whether there is nothing at all, and nothing that is looked for. */
  readonly isEmpty: boolean;
  /** What is looked for and in which order, as the server is asked: for an export of all of it. */
  readonly query: Query;
}

export const pageSizes: readonly number[] = [20, 50, 100, 200];
export const usualSize = 50;
const settledMs = 250;

/**
 * One page of a list that may be long. Search, order and place are in the address bar; the server looks, sorts and
 * cuts, so that five thousand records cost what fifty do.
 */
export function usePagedList<Body extends PagedBody, Row>(
  options: PagedListOptions<Body, Row>,
): PagedList<Row> {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (values: Readonly<Record<string, string>>) =>
      setParams((before) => changed(before, values), { replace: true }),
    [setParams],
  );
  const place = placeOf(params);
  const sort = useSort();
  const search = params.get('q') ?? '';
  const settled = useSettled(search, settledMs).trim();
  const chosen = saidOf({ ...options.filters, search: settled });
  const isNarrowed = search !== '' || Object.keys(chosen).length > 0;
  const query: Query = { ...options.scope, ...chosen, ...saidOf({ sort: sort.text }) };
  const asked = { ...query, ...markerOf(place), limit: place.size, with_total: true };
  const page = useQuery<Body, ApiError>({
    queryKey: [options.key, 'page', asked],
    queryFn: async ({ signal }) => (await options.load(asked, signal)).body,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) =>
      data === undefined ? freshMs : (options.pollMs?.(options.pick(data)) ?? freshMs),
  });
  const restart = useEffectEvent(() => change({ ...firstPage, ...(lost === 'sort' ? { sort: '' } : {}) }));
  // The record that the page begins behind may be gone, and a link may ask for an order of another list.
  const lost = page.error?.field;
  useEffect(() => {
    if (lost === 'marker' || lost === 'sort') restart();
  }, [lost]);
  const info = page.data?.page_info;
  return {
    rows: page.data === undefined ? undefined : options.pick(page.data),
    isEmpty: info?.total_count === 0 && !isNarrowed && !page.isPlaceholderData,
    total: info?.total_count ?? 0,
    first: (place.page - 1) * place.size + 1,
    size: place.size,
    search,
    sort,
    query,
    isFetching: page.isFetching,
    error: page.error,
    setSearch: (q) => change({ q, ...firstPage }),
    setSize: (size) => change({ size: size === usualSize ? '' : String(size), ...firstPage }),
    refetch: () => void page.refetch(),
    next:
      info?.next_marker === undefined ? null : () => change(after(place.page + 1, info.next_marker ?? '')),
    previous: place.page <= 1 ? null : () => change(before(place.page - 1, info?.previous_marker ?? '')),
  };
}

function saidOf(filters: Query): Query {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''));
}

interface Place {
  readonly page: number;
  readonly size: number;
  readonly after: string | null;
  readonly before: string | null;
}

function placeOf(params: URLSearchParams): Place {
  const size = Number(params.get('size') ?? usualSize);
  const page = Number(params.get('page') ?? 1);
  return {
    size: pageSizes.includes(size) ? size : usualSize,
    page: Number.isInteger(page) && page > 0 ? page : 1,
    after: params.get('after'),
    before: params.get('before'),
  };
}

function markerOf({ after: behind, before: ahead }: Place): Query {
  if (ahead !== null) return { marker: ahead, page_reverse: true };
  return behind === null ? {} : { marker: behind };
}

function after(page: number, marker: string) {
  return { page: String(page), after: marker, before: '' };
}

/** The first page begins at the beginning, whatever came before the second one meanwhile. */
function before(page: number, marker: string) {
  return page <= 1 ? firstPage : { page: String(page), after: '', before: marker };
}

function changed(params: URLSearchParams, values: Readonly<Record<string, string>>): URLSearchParams {
  const result = new URLSearchParams(params);
  for (const [key, value] of Object.entries(values)) {
    if (value === '') result.delete(key);
    else result.set(key, value);
  }
  return result;
}
