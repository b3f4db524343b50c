import type { AnswerBodies, LoadBalancerWire } from '@elbow/api';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { freshMs } from '../api/query-client.ts';
import { wholeList } from '../api/whole-list.ts';
import type { Versioned } from '../fields/edit-changes.ts';
import type { PagedListOptions } from '../shell/use-paged-list.ts';

/** Load balancers with a tag, `key=value`. */
export function taggedLoadBalancers(tag: string) {
  return queryOptions({
    queryKey: ['loadbalancers', { tags: tag }],
    queryFn: async ({ signal }) =>
      (await client.listLoadBalancers({ query: { tags: tag }, signal })).body.loadbalancers,
    refetchInterval: freshMs,
  });
}

/** For lists that are looked through page by page. */
export const loadBalancerPages: PagedListOptions<AnswerBodies['ListLoadBalancers'], LoadBalancerWire> = {
  key: 'loadbalancers',
  load: (query, signal) => client.listLoadBalancers({ query, signal }),
  pick: (body) => body.loadbalancers,
};

export const publicIpList = queryOptions({
  queryKey: ['publicips'],
  queryFn: async ({ signal }) => (await client.listPublicIps({ signal })).body.publicips,
});

/** A load balancer and its version, for what is changed in a form. */
export async function readLoadBalancer(id: string): Promise<Versioned<LoadBalancerWire>> {
  const { body, etag } = await client.showLoadBalancer({ params: { loadbalancer_id: id } });
  return { object: body.loadbalancer, etag };
}

export function loadBalancerDetail(id: string) {
  return queryOptions({
    queryKey: ['loadbalancers', id],
    queryFn: async ({ signal }) =>
      (await client.showLoadBalancer({ params: { loadbalancer_id: id }, signal })).body.loadbalancer,
  });
}

/** Listeners of all load balancers, or of one. */
export function listenerList(loadBalancerId?: string) {
  const filter = loadBalancerId === undefined ? {} : { loadbalancer_id: loadBalancerId };
  return queryOptions({
    queryKey: ['listeners', filter],
    queryFn: ({ signal }) =>
      wholeList(
        (query) => client.listListeners({ query: { ...query, ...filter }, signal }),
        (body) => body.listeners,
      ),
    refetchInterval: freshMs,
  });
}

/** Members of all groups that do not answer their checks. */
export const offlineMembers = queryOptions({
  queryKey: ['members', 'offline'],
  queryFn: ({ signal }) =>
    wholeList(
      (query) => client.listAllMembers({ query: { ...query, operating_status: 'OFFLINE' }, signal }),
      (body) => body.members,
    ),
  refetchInterval: freshMs,
});

export const troubleList = queryOptions({
  queryKey: ['troubles'],
  queryFn: async ({ signal }) => (await client.listTroubles({ signal })).body.troubles,
  refetchInterval: freshMs,
});

export const flavorList = queryOptions({
  queryKey: ['flavors'],
  queryFn: async ({ signal }) => (await client.listFlavors({ signal })).body.flavors,
  staleTime: Number.POSITIVE_INFINITY,
});

export const subnetList = queryOptions({
  queryKey: ['subnets'],
  queryFn: async ({ signal }) => (await client.listSubnets({ signal })).body.subnets,
  staleTime: 60_000,
});

export const zoneList = queryOptions({
  queryKey: ['zones'],
  queryFn: async ({ signal }) =>
    (await client.listAvailabilityZones({ signal })).body.availability_zones.flat().map(({ code }) => code),
  staleTime: 60_000,
});
