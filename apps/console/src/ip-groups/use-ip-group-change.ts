import type { IpGroupUpdateBody, IpGroupWire } from '@elbow/api';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { ipGroupMessages } from './messages.ts';

/** Saves a few fields of a group. */
export function useIpGroupChange({ id, listeners }: IpGroupWire, onDone?: () => void) {
  const t = useMessages(ipGroupMessages);
  return useWrite({
    call: (ipgroup: IpGroupUpdateBody) =>
      client.updateIpGroup({ params: { ipgroup_id: id }, body: { ipgroup } }),
    said: (_, { ipgroup }) => t.saved(nameOf(ipgroup)),
    concerns: () => listeners.map((listener) => listener.id),
    ...(onDone === undefined ? {} : { onDone }),
  });
}
