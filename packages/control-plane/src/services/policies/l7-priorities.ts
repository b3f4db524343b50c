import { parsePriorityChanges, type PriorityChange } from '@elbow/api';
import {
  checkPriority,
  conflict,
  invalidField,
  type L7Policy,
  type Listener,
  orderPolicies,
} from '@elbow/model';
import { requireOwned } from '../crud/crud.ts';
import { loadBalancersOfListeners, rulesOfPolicies } from './l7-relations.ts';
import { refuseIf, Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext, Unit } from '../crud/service-context.ts';

/** `batch-update-priority`: all of them in one step, so that two policies can change places. */
export async function updatePriorities({ store, nowMs }: ServiceContext, call: Call): Promise<Answer> {
  const changes = valueOf(parsePriorityChanges(call.body));
  const { revision } = await store.write(async (writer) => {
    const unit = { writer, call };
    const changed = await Promise.all(changes.map((change) => withPriority(unit, change)));
    const listenerIds = [...new Set(changed.map(({ listenerId }) => listenerId))];
    for (const id of listenerIds) await checkPrioritiesOf(unit, id, changed);
    for (const policy of changed) await writer.update('l7Policy', { ...policy, updatedAtMs: nowMs() });
    for (const id of await loadBalancersOfListeners(writer, listenerIds)) writer.touch(id);
  });
  return { status: 202, body: {}, revision };
}

async function withPriority(unit: Unit, { id, priority }: PriorityChange): Promise<L7Policy> {
  const policy = { ...(await requireOwned(unit, 'l7Policy', id, 'l7policy')), priority };
  refuseIf(checkPriority(policy));
  return policy;
}

async function checkPrioritiesOf(
  unit: Unit,
  listenerId: string,
  changed: readonly L7Policy[],
): Promise<void> {
  const listener = await requireOwned(unit, 'listener', listenerId, 'listener');
  if (!listener.isAdvancedForwardingEnabled)
    throw new Refusal(invalidField('l7policies', `listener ${listenerId} does not have advanced forwarding`));
  const policies = await unit.writer.list('l7Policy', { where: { listenerId: [listenerId] } });
  const after = policies.map((policy) => changed.find(({ id }) => id === policy.id) ?? policy);
  const owners = new Map<number, string>();
  for (const { id, priority } of after) {
    const owner = owners.get(priority);
    if (owner !== undefined)
      throw new Refusal(conflict(`priority ${priority} is taken by l7policy ${owner}`));
    owners.set(priority, id);
  }
}

/** When a listener gets advanced forwarding its policies keep the order that they had: priorities 1, 2, … */
export async function keepOrder({ writer }: Unit, listener: Listener): Promise<void> {
  const policies = await writer.list('l7Policy', { where: { listenerId: [listener.id] } });
  const rules = Map.groupBy(await rulesOfPolicies(writer, policies), (rule) => rule.policyId);
  const ruled = policies.map((policy) => ({ policy, rules: rules.get(policy.id) ?? [] }));
  let priority = 0;
  for (const { policy } of orderPolicies(ruled, false)) {
    const isToListener = policy.action === 'REDIRECT_TO_LISTENER';
    await writer.update('l7Policy', { ...policy, priority: isToListener ? 0 : ++priority });
  }
}
