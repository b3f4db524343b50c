import type { PoolWire } from '@elbow/api';
import { Descriptions } from 'antd';
import { InlineText } from '../fields/inline-text.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { CopyableId } from '../shell/copyable-id.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { shellMessages } from '../shell/messages.ts';
import { TimeText } from '../shell/time-text.tsx';
import { BalancingSettings } from './balancing-settings.tsx';
import { ConnectionSettings } from './connection-settings.tsx';
import { HealthSettings } from './health-settings.tsx';
import { poolMessages } from './messages.ts';
import { LoadBalancerLinks } from './pool-cells.tsx';
import { ProtectionSettings } from './protection-settings.tsx';
import { usePoolChange } from './use-pool-change.ts';

/** What the group is and how it behaves, every changeable part of it in place. */
export function SummaryTab({ of }: { readonly of: PoolWire }) {
  const { summary: t } = useMessages(poolMessages);
  return (
    <>
      <Basics of={of} />
      <h2 className="section-title">{t.balancing}</h2>
      <BalancingSettings of={of} />
      <h2 className="section-title">{t.health}</h2>
      <HealthSettings of={of} />
      <ConnectionSettings of={of} />
      <h2 className="section-title">{t.protection}</h2>
      <ProtectionSettings of={of} />
    </>
  );
}

function Basics({ of }: { readonly of: PoolWire }) {
  const { summary: t, types } = useMessages(poolMessages);
  const { failure } = useMessages(shellMessages);
  const change = usePoolChange(of);
  const text = (key: 'name' | 'description') => (
    <InlineText
      label={t[key]}
      value={of[key]}
      onOpen={change.begin}
      onSave={(value) => change.run({ [key]: value })}
    />
  );
  const items = [
    { key: 'name', label: t.name, children: text('name') },
    { key: 'id', label: t.id, children: <CopyableId id={of.id} /> },
    { key: 'description', label: t.description, children: text('description') },
    { key: 'protocol', label: t.protocol, children: of.protocol },
    { key: 'type', label: t.type, children: types[of.type === '' ? 'any' : of.type] },
    { key: 'lbs', label: t.loadBalancers, children: <LoadBalancerLinks ids={of.loadbalancers} /> },
    { key: 'created', label: t.created, children: <TimeText iso={of.created_at} /> },
    { key: 'updated', label: t.updated, children: <TimeText iso={of.updated_at} /> },
  ];
  return (
    <>
      {change.dialog}
      {change.error !== null && <FailurePanel error={change.error} title={failure.notSaved} />}
      <Descriptions column={{ xs: 1, sm: 2, xl: 4 }} layout="vertical" colon={false} items={items} />
    </>
  );
}
