import type { LoadBalancerUpdateBody, LoadBalancerWire } from '@elbow/api';
import { client } from '../api/client.ts';
import { useEdit } from '../fields/use-edit.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from './load-balancer-status.ts';
import { loadBalancerMessages } from './messages.ts';
import { readLoadBalancer } from './queries.ts';

export interface LoadBalancerEditOptions {
  readonly onDone?: () => void;
  readonly isOpenAtOnce?: boolean;
}

/** Saves a form about a load balancer, but not over what somebody else has saved meanwhile. */
export function useLoadBalancerEdit(of: LoadBalancerWire, options: LoadBalancerEditOptions = {}) {
  const { saved, summary, fields } = useMessages(loadBalancerMessages);
  return useEdit({
    ...options,
    of,
    read: () => readLoadBalancer(of.id),
    call: (loadbalancer: LoadBalancerUpdateBody, ifMatch) =>
      client.updateLoadBalancer({ params: { loadbalancer_id: of.id }, body: { loadbalancer }, ifMatch }),
    said: ({ loadbalancer }) => saved(nameOf(loadbalancer)),
    concerns: () => [of.id],
    labels: {
      name: summary.name,
      description: summary.description,
      vip_address: fields.address,
      vip_subnet_cidr_id: fields.subnet,
      elb_virsubnet_ids: fields.backendSubnets,
      admin_state_up: fields.adminState,
      deletion_protection_enable: fields.deletionProtection,
      ip_target_enable: fields.ipTarget,
      l7_flavor_id: fields.l7,
      l4_flavor_id: fields.l4,
    },
  });
}
