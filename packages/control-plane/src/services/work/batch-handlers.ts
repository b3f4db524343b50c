import { parseCertificateIds, parsePoolIds } from '@elbow/api';
import { batchRemove } from '../crud/batch.ts';
import {
  batchCreateLoadBalancers,
  batchDeleteListeners,
  batchDeleteLoadBalancers,
} from '../load-balancers/batch-load-balancers.ts';
import { batchAddMembers, batchDeleteMembers, batchUpdateMembers } from '../pools/batch-members.ts';
import { cascadeDeleteLoadBalancer } from './cascade.ts';
import { certificateDescriptor } from '../tls/certificates.ts';
import { cloneListener, cloneLoadBalancer } from './clone.ts';
import { poolDescriptor } from '../pools/pools.ts';
import type { Call, ServiceContext } from '../crud/service-context.ts';
import { addZones, removeZones } from '../load-balancers/zones.ts';

/** Calls that change several objects at once. */
export function batchHandlers(context: ServiceContext) {
  const pools = { descriptor: poolDescriptor(context), parseIds: parsePoolIds };
  const certificates = { descriptor: certificateDescriptor(context), parseIds: parseCertificateIds };
  return {
    BatchCreateLoadBalancers: (call: Call) => batchCreateLoadBalancers(context, call),
    BatchDeleteLoadbalancers: (call: Call) => batchDeleteLoadBalancers(context, call),
    DeleteLoadBalancerCascade: (call: Call) => cascadeDeleteLoadBalancer(context, call),
    BatchAddAvailableZones: (call: Call) => addZones(context, call),
    BatchRemoveAvailableZones: (call: Call) => removeZones(context, call),
    CloneLoadbalancer: (call: Call) => cloneLoadBalancer(context, call),
    BatchDeleteListeners: (call: Call) => batchDeleteListeners(context, call),
    CloneListener: (call: Call) => cloneListener(context, call),
    BatchDeletePools: (call: Call) => batchRemove(context, pools, call),
    BatchCreateMembers: (call: Call) => batchAddMembers(context, call),
    BatchUpdateMembers: (call: Call) => batchUpdateMembers(context, call),
    BatchDeleteMembers: (call: Call) => batchDeleteMembers(context, call),
    BatchDeleteCertificates: (call: Call) => batchRemove(context, certificates, call),
  };
}
