import type { AnswerBodies, IpGroupWire } from '@elbow/api';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import type { Versioned } from '../fields/edit-changes.ts';
import type { PagedListOptions } from '../shell/use-paged-list.ts';

export function ipGroupDetail(id: string) {
  return queryOptions({
    queryKey: ['ipgroups', id],
    queryFn: async ({ signal }) =>
      (await client.showIpGroup({ params: { ipgroup_id: id }, signal })).body.ipgroup,
  });
}

/** For lists that are looked through page by page: groups with the number of their entries. */
export const ipGroupPages: PagedListOptions<AnswerBodies['ListIpGroups'], IpGroupWire> = {
  key: 'ipgroups',
  load: (query, signal) => client.listIpGroups({ query, signal }),
  pick: (body) => body.ipgroups,
  scope: { with_ip_list: false },
};

/** A group and its version, for what is changed in a form. */
export async function readIpGroup(id: string): Promise<Versioned<IpGroupWire>> {
  const { body, etag } = await client.showIpGroup({ params: { ipgroup_id: id } });
  return { object: body.ipgroup, etag };
}

/** How many entries a group may hold; -1 is no limit. */
export const mostEntries = queryOptions({
  queryKey: ['quota', 'ipgroup_max_length'],
  queryFn: async ({ signal }) => (await client.showQuota({ signal })).body.quota.ipgroup_max_length,
  staleTime: 60_000,
});

/** Of a group with its entries, or of one that only counts them. */
export function entryCount({ ip_list: list, ip_count: count }: IpGroupWire): number {
  return count ?? list.length;
}
