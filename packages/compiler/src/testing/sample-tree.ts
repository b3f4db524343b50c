import {
  sampleCertificate,
  sampleHttpsListener,
  sampleLoadBalancer,
  sampleMember,
  samplePool,
} from '@elbow/model/testing';
import type { LoadBalancerTree } from '../tree.ts';

/** An HTTPS listener, its certificate, and a pool of two members. */
export function sampleTree(changes: Partial<LoadBalancerTree> = {}): LoadBalancerTree {
  return {
    loadBalancer: sampleLoadBalancer(),
    listeners: [sampleHttpsListener()],
    pools: [samplePool()],
    members: [sampleMember(), sampleMember({ id: 'member-2', port: 8082 })],
    monitors: [],
    policies: [],
    rules: [],
    ipGroups: [],
    certificates: [sampleCertificate()],
    securityPolicies: [],
    ...changes,
  };
}
