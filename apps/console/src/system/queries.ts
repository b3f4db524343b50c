import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { freshMs } from '../api/query-client.ts';

export const nodeList = queryOptions({
  queryKey: ['nodes', 'list'],
  queryFn: async ({ signal }) => (await client.listNodes({ signal })).body.nodes,
  refetchInterval: freshMs,
});

export const quotaDetails = queryOptions({
  queryKey: ['quotas', 'details'],
  queryFn: async ({ signal }) => (await client.listQuotaDetails({ signal })).body.quotas,
  refetchInterval: freshMs,
});

export const userList = queryOptions({
  queryKey: ['users'],
  queryFn: async ({ signal }) => (await client.listUsers({ signal })).body.users,
});

export const me = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => (await client.showMe({ signal })).body.me,
});

export interface ActivityFilters {
  readonly resource_type: string;
  readonly user_id: string;
  readonly resource_id: string;
  readonly since: string;
}

const pageLimit = 50;

/** The history a page at a time; a marker leads to what is older. */
export function activityPages(filters: ActivityFilters) {
  const said = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''));
  return infiniteQueryOptions({
    queryKey: ['history', said],
    queryFn: async ({ pageParam, signal }) => {
      const marker = pageParam === '' ? {} : { marker: pageParam };
      return (await client.listHistory({ query: { limit: pageLimit, ...said, ...marker }, signal })).body;
    },
    initialPageParam: '',
    getNextPageParam: ({ page_info: { next_marker: next } }) => next,
  });
}
