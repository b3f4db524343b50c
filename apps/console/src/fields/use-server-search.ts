import type { Query } from '@elbow/api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { byId } from '../api/by-id.ts';
import { useByIds } from '../api/use-by-ids.ts';
import { useSettled } from '../certificates/use-settled.ts';

interface Identified {
  readonly id: string;
}

/** A kind of objects, as the server looks through them. */
export interface SearchSource<Row extends Identified> {
  /** First part of the query keys, that of the whole list. */
  readonly key: string;
  readonly load: (query: Query, signal: AbortSignal) => Promise<readonly Row[]>;
  /** `poolById`: what is chosen is shown, wherever it stands in the list. */
  readonly byId: ReturnType<typeof byId<Row>>;
}

export interface ServerSearch<Row> {
  /** What is chosen, then what matches. */
  readonly rows: readonly Row[];
  readonly isLoading: boolean;
  /** For `showSearch` of a select: the server has filtered already. */
  readonly showSearch: { readonly filterOption: false; readonly onSearch: (typed: string) => void };
}

/** So many choices are offered; who has more types. */
const mostChoices = 50;
const settledMs = 250;

/**
 * Choices of a select that may have thousands: the first that match what is typed, and those that are chosen.
 * @param filters of the server, e.g. `{ type: 'server' }`
 */
export function useServerSearch<Row extends Identified>(
  source: SearchSource<Row>,
  chosen: readonly string[],
  filters: Query = {},
): ServerSearch<Row> {
  const [typed, setTyped] = useState('');
  const search = useSettled(typed, settledMs).trim();
  const query = { ...filters, ...(search === '' ? {} : { search }), limit: mostChoices };
  const found = useQuery({
    queryKey: [source.key, 'search', query],
    queryFn: ({ signal }) => source.load(query, signal),
    placeholderData: keepPreviousData,
  });
  const own = useByIds(source.byId, chosen);
  const ids = new Set(own.map(({ id }) => id));
  return {
    rows: [...own, ...(found.data ?? []).filter(({ id }) => !ids.has(id))],
    isLoading: found.isPending,
    showSearch: { filterOption: false, onSearch: setTyped },
  };
}
