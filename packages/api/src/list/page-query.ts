import { accepted, invalidField, type Outcome, refused } from '@elbow/model';

/** Where a list starts and how far it goes. */
export interface PageQuery {
  /** 0 to 2000. */
  readonly limit: number;
  /** Id of the last record of the page before; it counts without a limit too. */
  readonly marker: string | null;
  readonly isReverse: boolean;
}

const maxLimit = 2_000;

export function parsePageQuery(query: URLSearchParams): Outcome<PageQuery> {
  const limit = query.get('limit') || String(maxLimit);
  if (!/^\d{1,4}$/.test(limit) || Number(limit) > maxLimit) {
    return refused(invalidField('limit', `must be an integer from 0 to ${maxLimit}`));
  }
  const reverse = query.get('page_reverse') || 'false';
  if (reverse !== 'true' && reverse !== 'false') {
    return refused(invalidField('page_reverse', 'must be true or false'));
  }
  return accepted({
    limit: Number(limit),
    marker: query.get('marker') || null,
    isReverse: reverse === 'true',
  });
}

export interface PageInfo {
  readonly previous_marker?: string;
  /** Left out on the last page: clients loop until it is missing. */
  readonly next_marker?: string;
  readonly current_count: number;
  /** Records on all pages together; with `with_total=true` only, which the published API does not have. */
  readonly total_count?: number;
}

/**
 * @param ids the records of this page, in the order of the list
 * @param hasMoreBehind whether the walk, in its own direction, would find more after this page
 */
export function pageInfo(ids: readonly string[], query: PageQuery, hasMoreBehind: boolean): PageInfo {
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined) return { current_count: 0 };
  // Walking backwards from a marker, the marker's own page lies ahead.
  const isNextPage = query.isReverse ? query.marker !== null : hasMoreBehind;
  return { previous_marker: first, ...(isNextPage ? { next_marker: last } : {}), current_count: ids.length };
}

/** Cuts one page out of a whole list. @returns null when the marker is not in it */
export function cutPage<T extends { readonly id: string }>(
  all: readonly T[],
  query: PageQuery,
): { readonly page: readonly T[]; readonly hasMoreBehind: boolean } | null {
  const at = query.marker === null ? -1 : all.findIndex(({ id }) => id === query.marker);
  if (query.marker !== null && at < 0) return null;
  if (query.isReverse) {
    const end = query.marker === null ? all.length : at;
    const start = Math.max(0, end - query.limit);
    return { page: all.slice(start, end), hasMoreBehind: start > 0 };
  }
  const end = at + 1 + query.limit;
  return { page: all.slice(at + 1, end), hasMoreBehind: end < all.length };
}
