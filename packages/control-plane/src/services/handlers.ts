import type { Operation } from '@elbow/api';
import type { Fleet } from '../fleet.ts';
import { cascadeDeletePool, forceDeleteListener, forceDeleteLoadBalancer } from './cascade.ts';
import {
  listAvailabilityZones,
  listFlavors,
  listQuotaDetails,
  listSecurityPolicies,
  listVersions,
  showFlavor,
  showQuota,
} from './catalog.ts';
import { certificateDescriptor } from './certificates.ts';
import { createCrud } from './crud.ts';
import { listNodes, listSubnets, listTroubles, showCapabilities } from './installation.ts';
import { listenerDescriptor } from './listeners.ts';
import { loadBalancerDescriptor } from './load-balancers.ts';
import { anyPoolMemberDescriptor, memberDescriptor } from './members.ts';
import { poolDescriptor } from './pools.ts';
import type { Handler, ServiceContext } from './service-context.ts';
import { showStatusTree } from './status-tree.ts';

/** Tokens are made at the edge, which knows the caller's address. */
export type ServedOperation = Exclude<Operation, 'CreateToken'>;

/** Every operation and what answers it. */
export function createHandlers(context: ServiceContext, fleet: Fleet): Readonly<Record<ServedOperation, Handler>> {
  return { ...resourceHandlers(context), ...otherHandlers(context, fleet) };
}

function resourceHandlers(context: ServiceContext) {
  const loadBalancers = createCrud(context, loadBalancerDescriptor(context));
  const listeners = createCrud(context, listenerDescriptor(context));
  const pools = createCrud(context, poolDescriptor(context));
  const members = createCrud(context, memberDescriptor(context));
  const certificates = createCrud(context, certificateDescriptor(context));
  return {
    ListLoadBalancers: loadBalancers.list,
    CreateLoadBalancer: loadBalancers.create,
    ShowLoadBalancer: loadBalancers.show,
    UpdateLoadBalancer: loadBalancers.update,
    DeleteLoadBalancer: loadBalancers.remove,
    ListListeners: listeners.list,
    CreateListener: listeners.create,
    ShowListener: listeners.show,
    UpdateListener: listeners.update,
    DeleteListener: listeners.remove,
    ListPools: pools.list,
    CreatePool: pools.create,
    ShowPool: pools.show,
    UpdatePool: pools.update,
    DeletePool: pools.remove,
    ListAllMembers: createCrud(context, anyPoolMemberDescriptor(context)).list,
    ListMembers: members.list,
    CreateMember: members.create,
    ShowMember: members.show,
    UpdateMember: members.update,
    DeleteMember: members.remove,
    ListCertificates: certificates.list,
    CreateCertificate: certificates.create,
    ShowCertificate: certificates.show,
    UpdateCertificate: certificates.update,
    DeleteCertificate: certificates.remove,
  } satisfies Partial<Record<ServedOperation, Handler>>;
}

function otherHandlers(context: ServiceContext, fleet: Fleet) {
  return {
    DeleteLoadBalancerForce: (call) => forceDeleteLoadBalancer(context, call),
    DeleteListenerForce: (call) => forceDeleteListener(context, call),
    DeletePoolCascade: (call) => cascadeDeletePool(context, call),
    ShowLoadBalancerStatus: (call) => showStatusTree(context, call),
    ListApiVersions: listVersions,
    ListAvailabilityZones: () => listAvailabilityZones(context),
    ListFlavors: listFlavors,
    ShowFlavor: showFlavor,
    ShowQuota: (call) => showQuota(context, call),
    ListQuotaDetails: (call) => listQuotaDetails(context, call),
    ListSystemSecurityPolicies: listSecurityPolicies,
    ListNodes: () => listNodes(fleet),
    ShowCapabilities: () => showCapabilities(fleet),
    ListSubnets: () => listSubnets(context),
    ListTroubles: () => listTroubles(fleet),
  } satisfies Partial<Record<ServedOperation, Handler>>;
}
