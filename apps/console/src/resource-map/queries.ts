import type { MemberOfAnyPoolWire, TopologyWire } from '@elbow/api';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { freshMs } from '../api/query-client.ts';
import { wholeList } from '../api/whole-list.ts';

export interface Resources {
  readonly topology: TopologyWire;
  readonly members: readonly MemberOfAnyPoolWire[];
}

/** Everything that requests to a load balancer can pass through, with the health of servers. */
export function resourcesOf(loadBalancerId: string) {
  return queryOptions({
    queryKey: ['topology', loadBalancerId],
    queryFn: async ({ signal }): Promise<Resources> => {
      const [{ body }, members] = await Promise.all([
        client.showLoadBalancerTopology({ params: { loadbalancer_id: loadBalancerId }, signal }),
        wholeList(
          (query) => client.listAllMembers({ query: { ...query, loadbalancer_id: loadBalancerId }, signal }),
          (body) => body.members,
        ),
      ]);
      return { topology: body.topology, members };
    },
    refetchInterval: freshMs,
  });
}
