import type { LoadBalancerWire } from '@elbow/api';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { accessLogMessages } from './messages.ts';

export function logTankOf(loadBalancerId: string) {
  return queryOptions({
    queryKey: ['logtanks', loadBalancerId],
    queryFn: async ({ signal }) => {
      const { body } = await client.listLogtanks({ query: { loadbalancer_id: loadBalancerId }, signal });
      return body.logtanks[0] ?? null;
    },
  });
}

/** Labels that the cloud's log service would need; here the log goes where all access logs go. */
const place = { log_group_id: 'elbow', log_topic_id: 'access-log' } as const;

/** Whether the load balancer writes an access log, and the switch for it. */
export function useLogTank(of: LoadBalancerWire) {
  const t = useMessages(accessLogMessages);
  const tank = useQuery(logTankOf(of.id));
  const write = useWrite<boolean, unknown>({
    call: (isOn) =>
      isOn
        ? client.createLogtank({ body: { logtank: { loadbalancer_id: of.id, ...place } } })
        : client.deleteLogtank({ params: { logtank_id: tank.data?.id ?? '' } }),
    said: (isOn) => (isOn ? t.on : t.off)(nameOf(of)),
    concerns: () => [of.id],
  });
  const isOn = tank.data !== undefined && tank.data !== null;
  return { isKnown: tank.data !== undefined, isOn, error: tank.error ?? write.error, write };
}
