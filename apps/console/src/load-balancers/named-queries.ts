import { queryOptions } from '@tanstack/react-query';
import { byId } from '../api/by-id.ts';
import { client } from '../api/client.ts';

// Objects that a page names, each by its id. A column of them is asked for in one call.

export const loadBalancerById = byId('loadbalancers', async (id) => {
  return (await client.listLoadBalancers({ query: { id } })).body.loadbalancers;
});

export const listenerById = byId('listeners', async (id) => {
  return (await client.listListeners({ query: { id } })).body.listeners;
});

export const poolById = byId('pools', async (id) => {
  return (await client.listPools({ query: { id } })).body.pools;
});

export const monitorById = byId('healthmonitors', async (id) => {
  return (await client.listHealthMonitors({ query: { id } })).body.healthmonitors;
});

export const certificateById = byId('certificates', async (id) => {
  return (await client.listCertificates({ query: { id } })).body.certificates;
});

/** Without their entries. */
export const ipGroupById = byId('ipgroups', async (id) => {
  return (await client.listIpGroups({ query: { id, with_ip_list: false } })).body.ipgroups;
});

/** How many policies a listener has. */
export function policyCount(listenerId: string) {
  return queryOptions({
    queryKey: ['l7policies', 'count', listenerId],
    queryFn: async ({ signal }) => {
      const query = { listener_id: listenerId, limit: 0, with_total: true };
      return (await client.listL7Policies({ query, signal })).body.page_info.total_count ?? 0;
    },
  });
}
