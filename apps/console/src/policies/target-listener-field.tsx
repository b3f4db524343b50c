import type { ListenerWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { SelectField } from '../fields/select-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { listenerList } from '../load-balancers/queries.ts';
import { policyMessages } from './messages.ts';

/** HTTPS listeners of the same load balancer. */
export function TargetListenerField({ listener }: { readonly listener: ListenerWire }) {
  const t = useMessages(policyMessages).toListener;
  const all = useQuery(listenerList(listener.loadbalancers[0]?.id)).data ?? [];
  const choices = all
    .filter(({ protocol }) => protocol === 'HTTPS')
    .map((one) => ({ value: one.id, label: `${nameOf(one)} (HTTPS/${one.protocol_port})` }));
  return (
    <>
      <Alert type="warning" showIcon title={t.banner} className="pol-alert" />
      <SelectField
        name="redirect_listener_id"
        label={t.listener}
        choices={choices}
        isRequired
        {...(choices.length === 0 ? { help: t.none } : {})}
      />
    </>
  );
}
