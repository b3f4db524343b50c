import type { ComposeBody } from '@elbow/api';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { freshMs } from '../api/query-client.ts';
import { wholeList } from '../api/whole-list.ts';

export function listenerDetail(id: string) {
  return queryOptions({
    queryKey: ['listeners', id],
    queryFn: async ({ signal }) =>
      (await client.showListener({ params: { listener_id: id }, signal })).body.listener,
    refetchInterval: freshMs,
  });
}

export function listenerLimits(id: string) {
  return queryOptions({
    queryKey: ['listeners', id, 'limits'],
    queryFn: async ({ signal }) =>
      (await client.showListenerLimits({ params: { listener_id: id }, signal })).body.limits,
  });
}

export function listenerPolicies(id: string) {
  return queryOptions({
    queryKey: ['l7policies', { listener_id: id }],
    queryFn: ({ signal }) =>
      wholeList(
        (query) => client.listL7Policies({ query: { ...query, listener_id: id }, signal }),
        (body) => body.l7policies,
      ),
  });
}

export const capabilities = queryOptions({
  queryKey: ['capabilities'],
  queryFn: async ({ signal }) => (await client.showCapabilities({ signal })).body.capabilities,
  staleTime: 60_000,
});

/** Every member of every pool, for how many of them are well. */
export const memberList = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) =>
    wholeList(
      (query) => client.listAllMembers({ query, signal }),
      (body) => body.members,
    ),
  refetchInterval: freshMs,
});

/** What making this would do, as the server sees it. */
export function planPreview(body: ComposeBody) {
  return queryOptions({
    queryKey: ['plan-preview', body],
    queryFn: async ({ signal }) => (await client.previewPlan({ body, signal })).body.plan,
    gcTime: 10_000,
    retry: false,
  });
}

/** How many groups of addresses one listener may have; the setting of most installations is one. */
export const groupsPerListener = queryOptions({
  queryKey: ['quota', 'ipgroups_per_listener'],
  queryFn: async ({ signal }) => (await client.showQuota({ signal })).body.quota.ipgroups_per_listener,
  staleTime: 60_000,
});
