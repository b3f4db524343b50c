import { statusTreeToWire } from '@elbow/api';
import { notFound } from '@elbow/model';
import { findOwned } from '../crud/crud.ts';
import { rulesOfPolicies, shadowedOfListeners } from '../policies/l7-relations.ts';
import { memberStatuses } from '../pools/member-statuses.ts';
import { Refusal } from '../crud/refusal.ts';
import { poolsOfLoadBalancers } from '../crud/relations.ts';
import type { Answer, Call, ServiceContext } from '../crud/service-context.ts';

/** A load balancer and all below it, with what nodes say about them. */
export function showStatusTree(
  { store, fleet }: ServiceContext,
  { params, projectId }: Call,
): Promise<Answer> {
  return store.read(async (reader) => {
    const id = params['loadbalancer_id'] ?? '';
    const loadBalancer = await findOwned(reader, 'loadBalancer', { id, projectId });
    if (loadBalancer === null) throw new Refusal(notFound('loadbalancer', id.slice(0, 64)));
    const listeners = await reader.list('listener', { where: { loadBalancerId: [id] } });
    const policies = await reader.list('l7Policy', { where: { listenerId: listeners.map((row) => row.id) } });
    const rules = await rulesOfPolicies(reader, policies);
    const pools = await poolsOfLoadBalancers(reader, [id], listeners);
    const members = await reader.list('member', { where: { poolId: pools.map((pool) => pool.id) } });
    const monitors = await reader.list('healthMonitor', { where: { poolId: pools.map((pool) => pool.id) } });
    const statuses = await memberStatuses(reader, members, fleet);
    const troubledIds = new Set(fleet.troubles().map((trouble) => trouble.id));
    return {
      status: 200,
      body: {
        statuses: statusTreeToWire({
          loadBalancer,
          listeners,
          pools,
          members,
          monitors,
          policies,
          rules,
          memberStatuses: statuses,
          shadowedPolicyIds: await shadowedOfListeners(
            reader,
            listeners.map((row) => row.id),
          ),
          troubledIds,
        }),
      },
    };
  });
}
