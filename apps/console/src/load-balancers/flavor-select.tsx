import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { flavorChoices } from './create-fields.tsx';
import type { LoadBalancerTabProps } from './load-balancer-tabs.tsx';
import { loadBalancerMessages } from './messages.ts';
import { flavorList } from './queries.ts';
import type { useLoadBalancerChange } from './use-load-balancer-change.ts';

export interface FlavorSelectProps extends LoadBalancerTabProps {
  readonly layer: 'l4' | 'l7';
  readonly change: ReturnType<typeof useLoadBalancerChange>;
}

const unlimited = '';

/** The specification of one kind of listener, changed in place. */
export function FlavorSelect({ of, layer, change }: FlavorSelectProps) {
  const t = useMessages(loadBalancerMessages);
  const format = useFormat();
  const canEdit = useCanEdit();
  const flavors = useQuery(flavorList);
  const key = `${layer}_flavor_id` as const;
  const choices = flavorChoices(flavors.data ?? [], { type: layer.toUpperCase(), t, format });
  return (
    <Select
      className="flavor-select"
      variant="filled"
      aria-label={t.fields[layer]}
      value={of[key] ?? unlimited}
      options={[{ value: unlimited, label: t.unlimited }, ...choices]}
      disabled={!canEdit || change.isRunning}
      loading={flavors.isPending}
      onChange={(id) => void change.run({ [key]: id === unlimited ? null : id })}
    />
  );
}
