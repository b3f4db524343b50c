import type { ListenerUpdateBody, ListenerWire } from '@elbow/api';
import { App } from 'antd';
import { client } from '../../api/client.ts';
import { useWrite, type Write } from '../../api/use-write.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { shellMessages } from '../../shell/messages.ts';
import { detailMessages } from '../texts/messages.ts';

export type ListenerChange = Write<ListenerUpdateBody, { readonly listener: ListenerWire }>;

/** Saves a few fields of a listener; one that is protected asks first. */
export function useListenerChange(of: ListenerWire): ListenerChange {
  const t = useMessages(detailMessages);
  const isAllowed = useProtection(of);
  const write = useWrite({
    call: (listener: ListenerUpdateBody) =>
      client.updateListener({ params: { listener_id: of.id }, body: { listener } }),
    said: (_, { listener }) => t.saved(nameOf(listener)),
    concerns: () => [of.id],
  });
  return {
    ...write,
    run: async (change) => ((await isAllowed(change)) ? write.run(change) : null),
  };
}

/** Asks whether something that is protected may be changed all the same. Taking the protection away is no such thing. */
export function useProtection(of: ListenerWire) {
  const t = useMessages(detailMessages);
  const { cancel } = useMessages(shellMessages).actions;
  const { modal } = App.useApp();
  return async (change: ListenerUpdateBody | null): Promise<boolean> => {
    const isProtected = of.protection_status === 'consoleProtection';
    if (!isProtected || change?.protection_status === 'nonProtection') return true;
    return modal.confirm({
      title: t.protectedTitle,
      content: t.protectedText(of.protection_reason),
      okText: t.protectedOk,
      cancelText: cancel,
    });
  };
}
