import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';

export function ipGroupDetail(id: string) {
  return queryOptions({
    queryKey: ['ipgroups', id],
    queryFn: async ({ signal }) =>
      (await client.showIpGroup({ params: { ipgroup_id: id }, signal })).body.ipgroup,
  });
}

/** How many entries a group may hold; -1 is no limit. */
export const mostEntries = queryOptions({
  queryKey: ['quota', 'ipgroup_max_length'],
  queryFn: async ({ signal }) => (await client.showQuota({ signal })).body.quota.ipgroup_max_length,
  staleTime: 60_000,
});
