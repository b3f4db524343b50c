import { useState } from 'react';
import { Link } from 'react-router';
import { InlineText } from '../../fields/inline-text.tsx';
import { useMessages } from '../../i18n/use-messages.ts';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { CopyableId } from '../../shell/copyable-id.tsx';
import { FailurePanel } from '../../shell/failure-panel.tsx';
import { shellMessages } from '../../shell/messages.ts';
import { TimeText } from '../../shell/time-text.tsx';
import { detailMessages, fieldMessages, formMessages } from '../texts/messages.ts';
import { AccessFacts } from './access-facts.tsx';
import { BehaviourFacts } from './behaviour-facts.tsx';
import { Fact, FactSection } from './fact-list.tsx';
import { type DialogName, listenerDialogs } from './listener-dialogs.tsx';
import { useListenerFacts } from './listener-facts.ts';
import type { ListenerTabProps } from './listener-tabs.tsx';
import { TlsFacts } from './tls-facts.tsx';
import { type ListenerChange, useListenerChange } from './use-listener-change.ts';

export interface FactsProps extends ListenerTabProps {
  readonly change: ListenerChange;
  readonly onOpen: (dialog: DialogName) => void;
}

/** What the listener is; everything that can change is changed where it stands. */
export function SummaryTab({ of }: ListenerTabProps) {
  const { failure } = useMessages(shellMessages);
  const change = useListenerChange(of);
  const [opened, open] = useState<DialogName | null>(null);
  const Dialog = opened === null ? null : listenerDialogs[opened];
  const shared = { of, change, onOpen: open };
  return (
    <div className="fact-sections">
      {change.dialog}
      {change.error !== null && <FailurePanel error={change.error} title={failure.notSaved} />}
      <BasicFacts {...shared} />
      {of.protocol === 'HTTPS' && <TlsFacts {...shared} />}
      <AccessFacts {...shared} />
      <BehaviourFacts {...shared} />
      {Dialog !== null && <Dialog of={of} onClose={() => open(null)} />}
    </div>
  );
}

function BasicFacts({ of, change, onOpen }: FactsProps) {
  const t = useMessages(detailMessages);
  const labels = useMessages(fieldMessages);
  const { section } = useMessages(formMessages);
  const { field } = useMessages(shellMessages);
  const { loadBalancer } = useListenerFacts();
  const save = (key: 'name' | 'description') => (value: string) => change.run({ [key]: value });
  const isProtected = of.protection_status === 'consoleProtection';
  return (
    <FactSection title={section.basics}>
      <Fact label={labels.name}>
        <InlineText label={labels.name} value={of.name} onOpen={change.begin} onSave={save('name')} />
      </Fact>
      <Fact label={t.id}>
        <CopyableId id={of.id} />
      </Fact>
      <Fact label={labels.protocol} isFixed>{`${of.protocol}/${of.protocol_port}`}</Fact>
      <Fact label={t.loadBalancer}>
        <Link to={`/lbs/${loadBalancer.id}/summary`}>{nameOf(loadBalancer)}</Link>
      </Fact>
      <Fact label={labels.description}>
        <InlineText
          label={labels.description}
          value={of.description}
          onOpen={change.begin}
          onSave={save('description')}
        />
      </Fact>
      <Fact label={labels.protection} onEdit={() => onOpen('protection')}>
        {isProtected ? [field.on, of.protection_reason].filter((text) => text !== '').join(': ') : field.off}
      </Fact>
      <Fact label={t.created}>
        <TimeText iso={of.created_at} />
      </Fact>
      <Fact label={t.updated}>
        <TimeText iso={of.updated_at} />
      </Fact>
    </FactSection>
  );
}
