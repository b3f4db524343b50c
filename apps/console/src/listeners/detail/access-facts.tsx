import { App, Button } from 'antd';
import { useCanEdit } from '../../api/use-can-edit.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { AccessCell } from '../../load-balancers/listener-cells.tsx';
import { shellMessages } from '../../shell/messages.ts';
import { detailMessages, fieldMessages, formMessages } from '../texts/messages.ts';
import { Fact, FactSection } from './fact-list.tsx';
import type { FactsProps } from './summary-tab.tsx';
import { SwitchValue } from './switch-value.tsx';

/** Who may connect, and how requests find their way. */
export function AccessFacts({ of, change, onOpen }: FactsProps) {
  const labels = useMessages(fieldMessages);
  const t = useMessages(formMessages);
  const { accessDialog } = useMessages(detailMessages);
  const { on } = useMessages(shellMessages).field;
  return (
    <FactSection title={t.section.access}>
      <Fact label={labels.access} onEdit={() => onOpen('access')}>
        <AccessCell of={of} />
        {of.ipgroup !== null && (
          <SwitchValue
            label={`${labels.access}: ${accessDialog.enabled}`}
            isOn={of.ipgroup.enable_ipgroup}
            isBusy={change.isRunning}
            onChange={(isOn) => void change.run({ ipgroup: { enable_ipgroup: isOn } })}
          />
        )}
      </Fact>
      <Fact label={labels.clientIp} isFixed>
        {on}
      </Fact>
      <Fact label={labels.advancedForwarding}>
        {of.enhance_l7policy_enable ? on : <TurnOnForwarding change={change} />}
      </Fact>
    </FactSection>
  );
}

/** A way of no return, so it asks. */
function TurnOnForwarding({ change }: Pick<FactsProps, 'change'>) {
  const t = useMessages(detailMessages);
  const form = useMessages(formMessages);
  const labels = useMessages(fieldMessages);
  const { actions, field } = useMessages(shellMessages);
  const { modal } = App.useApp();
  const ask = async (): Promise<void> => {
    const isSure = await modal.confirm({
      title: labels.advancedForwarding,
      content: `${form.advancedForwardingText} ${form.oneWayStreet}`,
      okText: t.turnOn,
      cancelText: actions.cancel,
    });
    if (isSure) await change.run({ enhance_l7policy_enable: true });
  };
  return (
    <>
      {field.off}
      {useCanEdit() && (
        <Button size="small" loading={change.isRunning} onClick={() => void ask()}>
          {t.turnOn}
        </Button>
      )}
    </>
  );
}
