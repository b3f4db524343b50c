import { effectiveLimits, flavorById, notFound } from '@elbow/model';
import { findOwned } from '../crud/crud.ts';
import { Refusal } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext } from '../crud/service-context.ts';

/** What bounds a listener: what it asks for itself, the caps of its load balancer's flavor, and the lower of the two. */
export async function showListenerLimits({ store }: ServiceContext, call: Call): Promise<Answer> {
  const id = call.params['listener_id'] ?? '';
  const body = await store.read(async (reader) => {
    const listener = await findOwned(reader, 'listener', { id, projectId: call.projectId });
    if (listener === null) throw new Refusal(notFound('listener', id.slice(0, 64)));
    const loadBalancer = await reader.find('loadBalancer', listener.loadBalancerId);
    if (loadBalancer === null) throw new Refusal(notFound('loadbalancer', listener.loadBalancerId));
    const { l7FlavorId } = loadBalancer;
    const flavor = l7FlavorId === null ? null : flavorById(l7FlavorId);
    const unlimited = effectiveLimits({ ...listener, cps: 0, connection: 0 }, loadBalancer);
    const effective = effectiveLimits(listener, loadBalancer);
    return {
      listener: { cps: listener.cps, connection: listener.connection },
      flavor:
        flavor === null
          ? null
          : {
              id: flavor.id,
              name: flavor.name,
              cps: unlimited.newConnectionsPerSecond,
              connection: unlimited.connections,
              qps: unlimited.requestsPerSecond,
              bandwidth: unlimited.bandwidth,
            },
      effective: {
        cps: effective.newConnectionsPerSecond,
        connection: effective.connections,
        qps: effective.requestsPerSecond,
        bandwidth: effective.bandwidth,
      },
    };
  });
  return { status: 200, body: { limits: body } };
}
