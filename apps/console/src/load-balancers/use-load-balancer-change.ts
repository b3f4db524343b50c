import type { LoadBalancerUpdateBody, LoadBalancerWire } from '@elbow/api';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from './load-balancer-status.ts';
import { loadBalancerMessages } from './messages.ts';

/** Saves a few fields of a load balancer. */
export function useLoadBalancerChange({ id }: LoadBalancerWire) {
  const t = useMessages(loadBalancerMessages);
  return useWrite({
    call: (loadbalancer: LoadBalancerUpdateBody) =>
      client.updateLoadBalancer({ params: { loadbalancer_id: id }, body: { loadbalancer } }),
    said: (_, { loadbalancer }) => t.saved(nameOf(loadbalancer)),
    concerns: () => [id],
  });
}
