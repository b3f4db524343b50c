import type { AnswerBodies, ComposeBody, ListenerWire } from '@elbow/api';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { freshMs } from '../api/query-client.ts';
import { wholeList } from '../api/whole-list.ts';
import type { Versioned } from '../fields/edit-changes.ts';
import type { PagedListOptions } from '../shell/use-paged-list.ts';
import { poolProtocolsFor } from './wizard/wizard-draft.ts';

export function listenerDetail(id: string) {
  return queryOptions({
    queryKey: ['listeners', id],
    queryFn: async ({ signal }) =>
      (await client.showListener({ params: { listener_id: id }, signal })).body.listener,
    refetchInterval: freshMs,
  });
}

/** A listener and its version, for what is changed in a form. */
export async function readListener(id: string): Promise<Versioned<ListenerWire>> {
  const { body, etag } = await client.showListener({ params: { listener_id: id } });
  return { object: body.listener, etag };
}

/** For lists that are looked through page by page. */
export const listenerPages: PagedListOptions<AnswerBodies['ListListeners'], ListenerWire> = {
  key: 'listeners',
  load: (query, signal) => client.listListeners({ query, signal }),
  pick: (body) => body.listeners,
};

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

/** What the nodes of a load balancer's zones can do, each with the reason where one of them cannot. */
export function loadBalancerFeatures(id: string) {
  return queryOptions({
    queryKey: ['loadbalancers', id, 'features'],
    queryFn: async ({ signal }) =>
      (await client.listLoadbalancerFeature({ params: { loadbalancer_id: id }, signal })).body.features,
    staleTime: 60_000,
  });
}

/** As many of what a new listener can use as it takes to know whether there is none, one or a choice. */
export const firstChoices = queryOptions({
  queryKey: ['certificates', 'first'],
  queryFn: async ({ signal }) => {
    const protocol = poolProtocolsFor('HTTPS');
    // Together: a promise that is awaited only after the other one has failed would fail with nobody to hear it.
    const [certificates, pools] = await Promise.all([
      client.listCertificates({ query: { type: 'server', limit: 2 }, signal }),
      client.listPools({ query: { protocol, limit: 1 }, signal }),
    ]);
    return { certificates: certificates.body.certificates, pools: pools.body.pools };
  },
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
