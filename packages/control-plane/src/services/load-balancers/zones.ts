import { parseZones } from '@elbow/api';
import { checkZones, invalidField, type LoadBalancer } from '@elbow/model';
import { inUnit } from '../crud/batch.ts';
import { requireOwned } from '../crud/crud.ts';
import { knownZones, loadBalancerDescriptor } from './load-balancers.ts';
import { refuseIf, Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext } from '../crud/service-context.ts';
import { httpsListenersOf, sourcesFor } from './source-addresses.ts';

const field = 'availability_zone_list';

/** `availability-zone/batch-add`: zones that the load balancer has already are no mistake. */
export function addZones(context: ServiceContext, call: Call): Promise<Answer> {
  const added = valueOf(parseZones(call.body));
  refuseIf(checkZones(added, knownZones(context)));
  return changeZones(context, call, ({ availabilityZones }) => [
    ...new Set([...availabilityZones, ...added]),
  ]);
}

/** `availability-zone/batch-remove`: one zone stays at least. */
export function removeZones(context: ServiceContext, call: Call): Promise<Answer> {
  const removed = valueOf(parseZones(call.body));
  return changeZones(context, call, ({ id, availabilityZones }) => {
    const stranger = removed.find((zone) => !availabilityZones.includes(zone));
    if (stranger !== undefined)
      throw new Refusal(invalidField(field, `load balancer ${id} is not in availability zone ${stranger}`));
    const left = availabilityZones.filter((zone) => !removed.includes(zone));
    if (left.length === 0)
      throw new Refusal(invalidField(field, `the last availability zone of load balancer ${id} cannot go`));
    return left;
  });
}

/** A new zone needs source addresses of its own; those of a zone that goes are free again. */
function changeZones(
  context: ServiceContext,
  call: Call,
  change: (row: LoadBalancer) => readonly string[],
): Promise<Answer> {
  return inUnit(context, call, 200, async (unit) => {
    const { writer } = unit;
    const id = (call.params['loadbalancer_id'] ?? '').slice(0, 64);
    const row = await requireOwned(unit, 'loadBalancer', id, 'loadbalancer');
    const changed = { ...row, availabilityZones: change(row), updatedAtMs: context.nowMs() };
    const listeners = await httpsListenersOf(writer, row.id);
    const sourceAddresses = await sourcesFor(context, writer, changed, listeners);
    const saved: LoadBalancer = { ...changed, sourceAddresses };
    await writer.update('loadBalancer', saved);
    writer.touch(row.id);
    const [loadbalancer] = await loadBalancerDescriptor(context).toWire(writer, [saved]);
    return { loadbalancer };
  });
}
