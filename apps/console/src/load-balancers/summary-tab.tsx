import { InlineText } from '../fields/inline-text.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { ResourceMap } from '../resource-map/resource-map.tsx';
import { CopyableId } from '../shell/copyable-id.tsx';
import { Facts } from '../shell/facts.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { shellMessages } from '../shell/messages.ts';
import { TimeText } from '../shell/time-text.tsx';
import { AddressFacts } from './address-facts.tsx';
import { FlavorSelect } from './flavor-select.tsx';
import type { LoadBalancerTabProps } from './load-balancer-tabs.tsx';
import { loadBalancerMessages } from './messages.ts';
import { SubnetFacts } from './subnet-facts.tsx';
import { SwitchFact } from './switch-fact.tsx';
import { useLoadBalancerEdit } from './use-load-balancer-edit.ts';
import { useLoadBalancerChange } from './use-load-balancer-change.ts';

/** What the load balancer is, every changeable part of it in place. */
export function SummaryTab({ of }: LoadBalancerTabProps) {
  const t = useMessages(loadBalancerMessages);
  const { failure } = useMessages(shellMessages);
  const change = useLoadBalancerChange(of);
  return (
    <>
      {change.error !== null && <FailurePanel error={change.error} title={failure.notSaved} />}
      <Basics of={of} change={change} />
      <ResourceMap loadBalancerId={of.id} />
      <h2 className="section-title">{t.summary.network}</h2>
      <AddressFacts of={of} />
      <SubnetFacts of={of} />
      <h2 className="section-title">{t.summary.protection}</h2>
      <SwitchFact
        label={t.fields.deletionProtection}
        help={t.fields.deletionProtectionHelp}
        isOn={of.deletion_protection_enable}
        isBusy={change.isRunning}
        onChange={(isOn) => void change.run({ deletion_protection_enable: isOn })}
      />
      <SwitchFact
        label={t.fields.adminState}
        help={t.fields.adminStateHelp}
        isOn={of.admin_state_up}
        isBusy={change.isRunning}
        onChange={(isOn) => void change.run({ admin_state_up: isOn })}
      />
      <SwitchFact
        label={t.fields.ipTarget}
        help={t.fields.ipTargetHelp}
        isOn={of.ip_target_enable}
        isFixed={of.ip_target_enable}
        isBusy={change.isRunning}
        onChange={(isOn) => void change.run({ ip_target_enable: isOn })}
      />
    </>
  );
}

interface BasicsProps extends LoadBalancerTabProps {
  readonly change: ReturnType<typeof useLoadBalancerChange>;
}

function Basics({ of, change }: BasicsProps) {
  const { summary: t, fields, columns } = useMessages(loadBalancerMessages);
  const { failure } = useMessages(shellMessages);
  const edit = useLoadBalancerEdit(of);
  const save = (key: 'name' | 'description') => (value: string) => edit.run({ [key]: value });
  const items = [
    {
      label: t.name,
      value: <InlineText label={t.name} value={of.name} onOpen={edit.begin} onSave={save('name')} />,
    },
    { label: t.id, value: <CopyableId id={of.id} /> },
    {
      label: t.description,
      value: (
        <InlineText
          label={t.description}
          value={of.description}
          onOpen={edit.begin}
          onSave={save('description')}
        />
      ),
    },
    { label: columns.zones, value: of.availability_zone_list.join(', ') },
    { label: fields.l7, value: <FlavorSelect of={of} layer="l7" change={change} /> },
    { label: fields.l4, value: <FlavorSelect of={of} layer="l4" change={change} /> },
    { label: t.created, value: <TimeText iso={of.created_at} /> },
    { label: t.updated, value: <TimeText iso={of.updated_at} /> },
  ];
  return (
    <>
      {edit.error !== null && <FailurePanel error={edit.error} title={failure.notSaved} />}
      <Facts items={items} />
      {edit.dialog}
    </>
  );
}
