import { parseListenerIds, parseLoadBalancerBatch, parseLoadBalancerIds } from '@elbow/api';
import { inUnit } from '../crud/batch.ts';
import { removeLoadBalancer } from '../work/cascade.ts';
import { createRow, removeRow, requireOwned } from '../crud/crud.ts';
import { recordJob } from '../work/jobs.ts';
import { listenerDescriptor } from '../listeners/listeners.ts';
import { loadBalancerDescriptor } from './load-balancers.ts';
import { valueOf } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext } from '../crud/service-context.ts';

/** `loadbalancers/batch-create`: all of them or none. */
export function batchCreateLoadBalancers(context: ServiceContext, call: Call): Promise<Answer> {
  const { wishes } = valueOf(parseLoadBalancerBatch(call.body));
  const descriptor = loadBalancerDescriptor(context);
  return inUnit(context, call, 201, async (unit) => {
    const ids: string[] = [];
    for (const wish of wishes) ids.push((await createRow(context, descriptor, unit, wish)).id);
    const jobId = await recordJob(context, unit, {
      type: 'batchCreateV3Loadbalancer',
      resourceId: ids[0] ?? '',
      parts: ids.map((id) => ({ resourceId: id, resourceType: 'loadbalancer' })),
    });
    return { loadbalancer_ids: ids, job_id: jobId };
  });
}

/** `loadbalancers/batch-delete`: each with all that hangs on it; one that is protected keeps all of them. */
export function batchDeleteLoadBalancers(context: ServiceContext, call: Call): Promise<Answer> {
  const { ids, ...cascade } = valueOf(parseLoadBalancerIds(call.body));
  return inUnit(context, call, 200, async (unit) => {
    for (const id of ids) {
      const row = await requireOwned(unit, 'loadBalancer', id, 'loadbalancer');
      await removeLoadBalancer(context, unit, row, cascade);
    }
    const jobId = await recordJob(context, unit, {
      type: 'batchDeleteLoadbalancer',
      resourceId: ids[0] ?? '',
      parts: ids.map((id) => ({ resourceId: id, resourceType: 'loadbalancer' })),
    });
    return { job_id: jobId, loadbalancer_ids: ids };
  });
}

/** `listeners/batch-delete`: under the rules of a single delete; one that may not go keeps all of them. */
export function batchDeleteListeners(context: ServiceContext, call: Call): Promise<Answer> {
  const ids = valueOf(parseListenerIds(call.body));
  const descriptor = listenerDescriptor(context);
  return inUnit(context, call, 200, async (unit) => {
    for (const id of ids)
      await removeRow(descriptor, unit, await requireOwned(unit, 'listener', id, 'listener'));
    const jobId = await recordJob(context, unit, {
      type: 'batchDeleteListener',
      resourceId: ids[0] ?? '',
      parts: ids.map((id) => ({ resourceId: id, resourceType: 'listener' })),
    });
    return { job_id: jobId, listener_ids: ids };
  });
}
