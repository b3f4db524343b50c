import {
  type ListenerClone,
  type LoadBalancerClone,
  type LoadBalancerCreate,
  parseListenerClones,
  parseLoadBalancerClone,
  withEnding,
} from '@elbow/api';
import {
  checkNotAdminAddress,
  checkPortIsFree,
  checkServesHttp,
  conflict,
  invalidField,
  type Listener,
  type LoadBalancer,
  type Problem,
} from '@elbow/model';
import { inJob } from '../crud/batch.ts';
import { copyTree, insertCopies, readListenerTree } from './copy-tree.ts';
import { createRow, requireOwned } from '../crud/crud.ts';
import { recordJob } from './jobs.ts';
import { loadBalancerDescriptor } from '../load-balancers/load-balancers.ts';
import { refuseIf, Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext, Unit } from '../crud/service-context.ts';
import { followListeners } from '../load-balancers/source-addresses.ts';

/** `loadbalancers/{id}/clone`: with listeners, policies and, unless they are shared, pools. All copies or none. */
export function cloneLoadBalancer(context: ServiceContext, call: Call): Promise<Answer> {
  const wish = valueOf(parseLoadBalancerClone(call.body));
  return inJob(context, call, 201, async (unit) => {
    const id = (call.params['loadbalancer_id'] ?? '').slice(0, 64);
    const source = await requireOwned(unit, 'loadBalancer', id, 'loadbalancer');
    const listeners = await unit.writer.list('listener', { where: { loadBalancerId: [source.id] } });
    const ids: string[] = [];
    for (let number = 1; number <= wish.count; number++) {
      const created = createWish(source, wish, number);
      const copy = await createRow(context, loadBalancerDescriptor(context), unit, created);
      await copyListeners({ context, unit, target: copy, listeners, reusesPools: wish.reusesPools });
      ids.push(copy.id);
    }
    const jobId = await recordJob(context, unit, {
      type: 'cloneLoadbalancer',
      resourceId: source.id,
      parts: ids.map((copy) => ({ resourceId: copy, resourceType: 'loadbalancer' })),
    });
    return { loadbalancer_list: ids.map((copy) => ({ id: copy })), job_id: jobId };
  });
}

/** A copy is made as any load balancer is; what only one can have, its addresses for a start, it gets anew. */
function createWish(source: LoadBalancer, wish: LoadBalancerClone, number: number): LoadBalancerCreate {
  const given = wish.name !== undefined && wish.count === 1;
  return {
    description: source.description,
    isAdminStateUp: source.isAdminStateUp,
    vpcId: source.vpcId,
    isIpTargetEnabled: source.isIpTargetEnabled,
    isDeletionProtected: source.isDeletionProtected,
    wafFailureAction: source.wafFailureAction,
    protectionStatus: source.protectionStatus,
    protectionReason: source.protectionReason,
    tags: source.tags,
    publicIpId: null,
    name: given ? wish.name : withEnding(wish.name ?? source.name, `-copy-${number}`),
    vipSubnetCidrId: wish.vipSubnetCidrId ?? source.vipSubnetCidrId,
    vipAddress: wish.vipAddress ?? null,
    availabilityZones: wish.availabilityZones ?? source.availabilityZones,
    backendSubnetIds: wish.backendSubnetIds ?? source.backendSubnetIds,
    l4FlavorId: wish.l4FlavorId ?? source.l4FlavorId,
    l7FlavorId: wish.l7FlavorId ?? source.l7FlavorId,
  };
}

/** `listeners/{id}/clone`: to one or more load balancers. All copies or none. */
export function cloneListener(context: ServiceContext, call: Call): Promise<Answer> {
  const wishes = valueOf(parseListenerClones(call.body));
  return inJob(context, call, 201, async (unit) => {
    const id = (call.params['listener_id'] ?? '').slice(0, 64);
    const source = await requireOwned(unit, 'listener', id, 'listener');
    const origin = await requireOwned(unit, 'loadBalancer', source.loadBalancerId, 'loadbalancer');
    const copies: Listener[] = [];
    for (const wish of wishes) {
      const target = await requireOwned(unit, 'loadBalancer', wish.loadBalancerId, 'loadbalancer');
      refuseIf(checkIpTargets(origin, target));
      const listeners = [changedListener(source, wish)];
      copies.push(
        ...(await copyListeners({ context, unit, target, listeners, reusesPools: wish.reusesPool })),
      );
    }
    const jobId = await recordJob(context, unit, {
      type: 'cloneListener',
      resourceId: source.id,
      parts: copies.map((copy) => ({ resourceId: copy.id, resourceType: 'listener' })),
    });
    return { listener_list: copies.map(copyToWire), job_id: jobId };
  });
}

/** What the source's pools may hold, the target must be able to reach. */
function checkIpTargets(origin: LoadBalancer, target: LoadBalancer): Problem | null {
  if (!origin.isIpTargetEnabled || target.isIpTargetEnabled) return null;
  return invalidField(
    'target_listener_params',
    `load balancer ${target.id} needs ip_target_enable, which load balancer ${origin.id} has`,
  );
}

function changedListener(source: Listener, { name, port }: ListenerClone): Listener {
  return {
    ...source,
    name: name === '' ? withEnding(source.name, '-copy') : name,
    port: port ?? source.port,
  };
}

function copyToWire({ id, loadBalancerId, port }: Listener) {
  return { id, loadbalancer_id: loadBalancerId, protocol_port: port, port_ranges: [] };
}

interface ListenerCopy {
  readonly context: ServiceContext;
  readonly unit: Unit;
  readonly target: LoadBalancer;
  /** As they shall be, under the ids of their sources. */
  readonly listeners: readonly Listener[];
  readonly reusesPools: boolean;
}

async function copyListeners({
  context,
  unit,
  target,
  listeners,
  reusesPools,
}: ListenerCopy): Promise<readonly Listener[]> {
  const siblings = await unit.writer.list('listener', { where: { loadBalancerId: [target.id] } });
  for (const listener of listeners) {
    refuseIf(
      checkServesHttp(target),
      checkNotAdminAddress(listener.port, target.vipAddress, context.settings.admin),
      checkPortIsFree(listener, siblings),
    );
  }
  const tree = await readListenerTree(unit.writer, listeners);
  refuseRedirectsAbroad(tree.policies, listeners, siblings);
  const copies = copyTree(tree, { context, target, reusesPools });
  await insertCopies(context, unit, copies);
  await followListeners(context, unit.writer, target.id);
  unit.writer.touch(target.id);
  return copies.listeners;
}

/** A policy that redirects to a listener needs that listener on its own load balancer. */
function refuseRedirectsAbroad(
  policies: readonly { readonly id: string; readonly redirectListenerId: string | null }[],
  copied: readonly Listener[],
  siblings: readonly Listener[],
): void {
  const reachable = new Set([...copied, ...siblings].map(({ id }) => id));
  const lost = policies.find(({ redirectListenerId: to }) => to !== null && !reachable.has(to));
  if (lost === undefined) return;
  throw new Refusal(
    conflict(`l7policy ${lost.id} redirects to listener ${lost.redirectListenerId}, which is not copied`),
  );
}
