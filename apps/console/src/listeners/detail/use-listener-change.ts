import type { ListenerUpdateBody, ListenerWire } from '@elbow/api';
import { App } from 'antd';
import { client } from '../../api/client.ts';
import { type Edit, useEdit } from '../../fields/use-edit.tsx';
import { useMessages } from '../../i18n/use-messages.ts';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { shellMessages } from '../../shell/messages.ts';
import { wireLabels } from '../form/field-names.ts';
import { readListener } from '../queries.ts';
import { detailMessages, fieldMessages } from '../texts/messages.ts';

export type ListenerChange = Edit<ListenerUpdateBody>;

export interface ListenerChangeOptions {
  /** It belongs to a form that is open as soon as it is there. */
  readonly isOpenAtOnce?: boolean;
}

/** Saves a few fields of a listener, but not over somebody else's change; one that is protected asks first. */
export function useListenerChange(of: ListenerWire, options: ListenerChangeOptions = {}): ListenerChange {
  const t = useMessages(detailMessages);
  const isAllowed = useProtection(of);
  const edit = useEdit({
    ...options,
    of,
    read: () => readListener(of.id),
    call: (listener: ListenerUpdateBody, ifMatch) =>
      client.updateListener({ params: { listener_id: of.id }, body: { listener }, ifMatch }),
    said: ({ listener }) => t.saved(nameOf(listener)),
    concerns: () => [of.id],
    labels: wireLabels(useMessages(fieldMessages)),
  });
  return {
    ...edit,
    run: async (change) => (await isAllowed(change)) && edit.run(change),
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
