import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../i18n/format.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { groupsFor, headerGroups, headersOf, modeKey } from '../form/header-rows.ts';
import { listenerLimits } from '../queries.ts';
import { detailMessages, fieldMessages, formMessages } from '../texts/messages.ts';
import { Fact, FactSection } from './fact-list.tsx';
import type { ListenerTabProps } from './listener-tabs.tsx';
import type { FactsProps } from './summary-tab.tsx';
import { SwitchValue } from './switch-value.tsx';

/** Headers, compression, retry, timeouts and limits. */
export function BehaviourFacts(props: FactsProps) {
  const { of, change, onOpen } = props;
  const labels = useMessages(fieldMessages);
  const t = useMessages(formMessages);
  const seconds = (value: number): string => `${value} ${t.seconds}`;
  return (
    <>
      <HeaderFacts {...props} />
      <FactSection title={t.section.behaviour}>
        <Fact label={labels.compression}>
          <SwitchValue
            label={labels.compression}
            isOn={of.gzip_enable}
            isBusy={change.isRunning}
            onChange={(isOn) => void change.run({ gzip_enable: isOn })}
          />
        </Fact>
        <Fact label={labels.retry}>
          <SwitchValue
            label={labels.retry}
            isOn={of.enable_member_retry}
            isBusy={change.isRunning}
            onChange={(isOn) => void change.run({ enable_member_retry: isOn })}
          />
        </Fact>
        <Fact label={labels.idleTimeout} onEdit={() => onOpen('timeouts')}>
          {seconds(of.keepalive_timeout)}
        </Fact>
        <Fact label={labels.requestTimeout} onEdit={() => onOpen('timeouts')}>
          {seconds(of.client_timeout)}
        </Fact>
        <Fact label={labels.responseTimeout} onEdit={() => onOpen('timeouts')}>
          {seconds(of.member_timeout)}
        </Fact>
        <Fact label={labels.newConnections} onEdit={() => onOpen('limits')}>
          <LimitValue of={of} name="cps" />
        </Fact>
        <Fact label={labels.connections} onEdit={() => onOpen('limits')}>
          <LimitValue of={of} name="connection" />
        </Fact>
      </FactSection>
    </>
  );
}

function HeaderFacts({ of, onOpen }: FactsProps) {
  const labels = useMessages(fieldMessages);
  const t = useMessages(formMessages);
  const { none } = useMessages(detailMessages);
  const headers = headersOf(of.insert_headers);
  const mode = headers[modeKey] as keyof typeof t.forwardedFor;
  const authentication = of.client_ca_tls_container_ref === null ? 'oneWay' : 'mutual';
  const open = (): void => onOpen('headers');
  return (
    <FactSection title={t.section.headers}>
      <Fact label={labels.forwardedFor} onEdit={open}>
        {t.forwardedFor[mode]}
      </Fact>
      {groupsFor(of.protocol, authentication).map((group) => {
        const on = headerGroups[group].filter(({ key }) => headers[key] === true);
        return (
          <Fact key={group} label={labels[group]} onEdit={open}>
            {on.length === 0 ? (
              none
            ) : (
              <code>{on.map(({ name, alias }) => String((alias && headers[alias]) || name)).join(', ')}</code>
            )}
          </Fact>
        );
      })}
    </FactSection>
  );
}

/** What was asked for, and what counts where the specification allows less. */
function LimitValue({ of, name }: ListenerTabProps & { readonly name: 'cps' | 'connection' }) {
  const t = useMessages(detailMessages);
  const format = useFormat();
  const limits = useQuery(listenerLimits(of.id)).data;
  const text = (value: number): string => (value === 0 ? t.unlimited : format.number(value));
  const effective = limits?.effective[name];
  if (effective === undefined || effective === of[name]) return text(of[name]);
  return (
    <>
      {text(of[name])} <span className="lf-soft">{t.byFlavor(text(effective))}</span>
    </>
  );
}
