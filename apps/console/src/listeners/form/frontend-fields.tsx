import { Form, Input, InputNumber } from 'antd';
import { useMessages } from '../../i18n/use-messages.ts';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { fieldMessages, formMessages } from '../texts/messages.ts';
import { ChoiceCards } from './choice-cards.tsx';
import { FieldRow } from './field-row.tsx';
import { FormSection } from './form-section.tsx';
import { useListenerForm } from './listener-form-context.ts';
import { judgedBy } from './server-judge.ts';
import type { Protocol } from './listener-values.ts';
import { useLacking } from './use-lacking.ts';
import { freePort } from './usual-port.ts';

/** Name, protocol and port. */
export function FrontendFields() {
  const t = useMessages(formMessages);
  return (
    <FormSection title={t.section.basics} text={t.sectionText.basics}>
      <FieldRow
        field="name"
        name="name"
        rules={[
          { required: true, message: t.complaint.name },
          judgedBy('listener', ['name'], t.complaint.name),
        ]}
      >
        <Input autoComplete="off" spellCheck={false} />
      </FieldRow>
      <ProtocolField />
      <PortField />
    </FormSection>
  );
}

const protocols = ['HTTPS', 'HTTP', 'TCP', 'UDP'] as const;

function ProtocolField() {
  const t = useMessages(formMessages);
  const label = useMessages(fieldMessages).protocol;
  const form = Form.useFormInstance();
  const { isNew, loadBalancer, siblings, capabilities } = useListenerForm();
  const isNetworkOnly = loadBalancer.l7_flavor_id === null && loadBalancer.l4_flavor_id !== null;
  const lacking = useLacking();
  const reasonOf = (protocol: string): string | null => {
    if (protocol === 'TCP' || protocol === 'UDP') return lacking('layer4')?.card ?? t.notYet;
    return isNetworkOnly ? t.networkOnly : null;
  };
  /** The usual port goes with the protocol, as long as nobody has chosen one. */
  const follow = (protocol: Protocol): void => {
    if (form.isFieldTouched('protocol_port')) return;
    form.setFieldValue('protocol_port', freePort(protocol, siblings, capabilities));
  };
  return (
    <FieldRow field="protocol" name="protocol" {...(isNew ? {} : { help: t.fixed })}>
      <FollowedCards
        label={label}
        choices={protocols.map((value) => ({
          value,
          title: value,
          text: t.protocols[value],
          reason: reasonOf(value),
        }))}
        isDisabled={!isNew}
        onFollow={follow}
      />
    </FieldRow>
  );
}

interface FollowedCardsProps extends React.ComponentProps<typeof ChoiceCards<string>> {
  readonly onFollow: (protocol: Protocol) => void;
}

function FollowedCards({ onFollow, onChange, ...cards }: FollowedCardsProps) {
  return (
    <ChoiceCards
      {...cards}
      onChange={(value) => {
        onChange?.(value);
        onFollow(value as Protocol);
      }}
    />
  );
}

function PortField() {
  const { complaint, fixed } = useMessages(formMessages);
  const { isNew, siblings, capabilities } = useListenerForm();
  const taken = (port: number) => siblings.find(({ protocol_port: used }) => used === port);
  const isFree = async (_: unknown, port: number | null): Promise<void> => {
    if (!isNew || port === null) return;
    const holder = taken(port);
    if (holder !== undefined) throw new Error(complaint.portTaken(port, nameOf(holder)));
    if (port < capabilities.lowest_port) throw new Error(complaint.portTooLow(capabilities.lowest_port));
  };
  return (
    <FieldRow
      field="port"
      name="protocol_port"
      rules={[judgedBy('listener', ['protocol_port'], complaint.port), { validator: isFree }]}
      {...(isNew ? {} : { help: fixed })}
    >
      <InputNumber className="number-field" disabled={!isNew} controls={false} />
    </FieldRow>
  );
}
