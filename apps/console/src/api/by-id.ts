import { queryOptions } from '@tanstack/react-query';

interface Identified {
  readonly id: string;
}

interface Waiting<Row> {
  readonly id: string;
  readonly resolve: (row: Row | null) => void;
  readonly reject: (error: unknown) => void;
}

/** Ids in one call: the address of a request is to stay short. */
const mostAtOnce = 100;

/**
 * Queries for single objects of a kind, by id. Those that a page asks for at the same moment, such as the names in a
 * column, go in one call.
 * @param kind first part of the query keys, that of the whole list
 * @param load objects of these ids; those that are not there are missing in what it gives
 * @returns the query of one object; its data is null when there is no such object
 */
export function byId<Row extends Identified>(
  kind: string,
  load: (ids: readonly string[]) => Promise<readonly Row[]>,
) {
  let waiting: Waiting<Row>[] = [];
  const send = (): void => {
    const batch = waiting;
    waiting = [];
    for (let at = 0; at < batch.length; at += mostAtOnce) void answer(batch.slice(at, at + mostAtOnce), load);
  };
  const ask = (id: string): Promise<Row | null> =>
    new Promise((resolve, reject) => {
      if (waiting.push({ id, resolve, reject }) === 1) setTimeout(send, 0);
    });
  return (id: string | null) =>
    queryOptions({
      queryKey: [kind, 'by-id', id],
      queryFn: () => ask(id ?? ''),
      enabled: id !== null && id !== '',
      staleTime: 5_000,
    });
}

async function answer<Row extends Identified>(
  batch: readonly Waiting<Row>[],
  load: (ids: readonly string[]) => Promise<readonly Row[]>,
): Promise<void> {
  try {
    const rows = await load([...new Set(batch.map(({ id }) => id))]);
    const found = new Map(rows.map((row) => [row.id, row]));
    for (const { id, resolve } of batch) resolve(found.get(id) ?? null);
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
