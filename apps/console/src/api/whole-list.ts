import type { Answer, Query } from '@elbow/api';

interface Page {
  readonly page_info: { readonly next_marker?: string };
}

/** The API gives at most this many records at a time. */
const pageLimit = 2_000;

/**
 * Every record of a list, page after page, for search and counts over all of it.
 * @param load `(query, signal) => client.listPools({ query, signal })`
 * @param pick `(body) => body.pools`
 */
export async function wholeList<Body extends Page, Record>(
  load: (query: Query) => Promise<Answer<Body>>,
  pick: (body: Body) => readonly Record[],
): Promise<readonly Record[]> {
  const records: Record[] = [];
  let marker: string | undefined;
  do {
    const { body } = await load({ limit: pageLimit, marker });
    records.push(...pick(body));
    marker = body.page_info.next_marker;
  } while (marker !== undefined);
  return records;
}

/** So many ids fit into the address of a request. */
const mostIds = 100;

/**
 * Every record that is about at least one of the ids, however many ids there are.
 * @param load the whole list about some of them
 */
export async function aboutIds<Record extends { readonly id: string }>(
  ids: readonly string[],
  load: (ids: readonly string[]) => Promise<readonly Record[]>,
): Promise<readonly Record[]> {
  const parts: (readonly Record[])[] = [];
  for (let at = 0; at < ids.length; at += mostIds) parts.push(await load(ids.slice(at, at + mostIds)));
  return [...new Map(parts.flat().map((record) => [record.id, record])).values()];
}
