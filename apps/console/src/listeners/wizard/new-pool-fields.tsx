import { Form, Input, InputNumber, Segmented, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { ChoiceCards } from '../form/choice-cards.tsx';
import { FieldRow } from '../form/field-row.tsx';
import { Fold } from '../form/fold.tsx';
import { FormSection } from '../form/form-section.tsx';
import { isTaken, judgedBy } from '../form/server-judge.ts';
import { SwitchRow } from '../form/switch-row.tsx';
import { fieldMessages, formMessages, wizardMessages } from '../texts/messages.ts';
import { type PoolValues, poolProtocolsFor } from './wizard-draft.ts';

const algorithms = ['ROUND_ROBIN', 'LEAST_CONNECTIONS', 'SOURCE_IP'] as const;

export interface NewPoolFieldsProps {
  readonly listenerProtocol: string;
}

/** A group of its own for this listener. */
export function NewPoolFields({ listenerProtocol }: NewPoolFieldsProps) {
  const t = useMessages(wizardMessages).pool;
  const labels = useMessages(fieldMessages);
  const algorithm = Form.useWatch<PoolValues['lb_algorithm']>('lb_algorithm');
  return (
    <>
      <BasicFields listenerProtocol={listenerProtocol} />
      <FormSection title={t.balancing}>
        <FieldRow field="algorithm" name="lb_algorithm">
          <ChoiceCards
            label={labels.algorithm}
            choices={algorithms.map((value) => ({
              value,
              title: t.algorithms[value],
              text: t.algorithmTexts[value],
            }))}
          />
        </FieldRow>
        {algorithm !== 'SOURCE_IP' && <StickyFields />}
        {algorithm === 'ROUND_ROBIN' && <SlowStartFields />}
      </FormSection>
      <MoreFields />
    </>
  );
}

function BasicFields({ listenerProtocol }: NewPoolFieldsProps) {
  const t = useMessages(wizardMessages).pool;
  const { complaint } = useMessages(formMessages);
  const labels = useMessages(fieldMessages);
  const form = Form.useFormInstance();
  const protocol = Form.useWatch<PoolValues['protocol']>('protocol');
  const protocols = poolProtocolsFor(listenerProtocol);
  // The listener may have become plain HTTP since.
  useEffect(() => {
    if (protocol !== undefined && !protocols.includes(protocol)) form.setFieldValue('protocol', 'HTTP');
  }, [form, protocol, protocols]);
  const types = [
    { value: 'instance', label: t.hybrid },
    { value: 'ip', label: t.ip },
  ];
  return (
    <FormSection title={t.basics}>
      <FieldRow field="poolName" name="name" rules={[judgedBy('pool', ['name'], complaint.name)]}>
        <Input autoComplete="off" spellCheck={false} />
      </FieldRow>
      <FieldRow field="poolType" name="type">
        <Segmented options={types} aria-label={labels.poolType} />
      </FieldRow>
      <FieldRow field="poolProtocol" name="protocol" help={t.protocolFixed}>
        <Select options={protocols.map((value) => ({ value, label: t.protocols[value] }))} />
      </FieldRow>
    </FormSection>
  );
}

function StickyFields() {
  const t = useMessages(wizardMessages).pool;
  const { complaint, minutes } = useMessages(formMessages);
  const isOn = Form.useWatch<boolean>('isSticky');
  const type = Form.useWatch<string>(['session_persistence', 'type']);
  const options = (['HTTP_COOKIE', 'APP_COOKIE'] as const).map((value) => ({
    value,
    label: t.stickyTypes[value],
  }));
  const cookieRule = async (_: unknown, name: string): Promise<void> => {
    const value = { type: 'APP_COOKIE', cookie_name: name };
    if (!isTaken('pool', ['session_persistence'], value)) throw new Error(complaint.cookieName);
  };
  const timeRule = async (_: unknown, time: number | null): Promise<void> => {
    const value = { type: 'HTTP_COOKIE', persistence_timeout: time };
    if (time === null || !isTaken('pool', ['session_persistence'], value)) throw new Error(complaint.sticky);
  };
  return (
    <>
      <SwitchRow field="sticky" name="isSticky" text={t.stickyText} />
      {isOn === true && (
        <div className="lf-nested">
          <FieldRow field="stickyType" name={['session_persistence', 'type']}>
            <Select options={options} />
          </FieldRow>
          {type === 'APP_COOKIE' && (
            <FieldRow
              field="cookieName"
              name={['session_persistence', 'cookie_name']}
              rules={[{ validator: cookieRule }]}
            >
              <Input className="mono" autoComplete="off" spellCheck={false} />
            </FieldRow>
          )}
          <FieldRow
            field="stickyMinutes"
            name={['session_persistence', 'persistence_timeout']}
            rules={[{ validator: timeRule }]}
          >
            <InputNumber className="number-field" controls={false} suffix={minutes} />
          </FieldRow>
        </div>
      )}
    </>
  );
}

function SlowStartFields() {
  const t = useMessages(wizardMessages).pool;
  const { complaint, seconds } = useMessages(formMessages);
  const isOn = Form.useWatch<boolean>(['slow_start', 'enable']);
  const rule = async (_: unknown, duration: number | null): Promise<void> => {
    if (duration === null || !isTaken('pool', ['slow_start'], { enable: true, duration }))
      throw new Error(complaint.slowStart);
  };
  return (
    <>
      <SwitchRow field="slowStart" name={['slow_start', 'enable']} text={t.slowStartText} />
      {isOn === true && (
        <div className="lf-nested">
          <FieldRow field="slowStartSeconds" name={['slow_start', 'duration']} rules={[{ validator: rule }]}>
            <InputNumber className="number-field" controls={false} suffix={seconds} />
          </FieldRow>
        </div>
      )}
    </>
  );
}

function MoreFields() {
  const t = useMessages(wizardMessages).pool;
  const { complaint } = useMessages(formMessages);
  const [isOpen, setOpen] = useState(false);
  return (
    <Fold title={t.more} note={t.moreNote} isOpen={isOpen} onToggle={setOpen}>
      <FormSection title={t.more}>
        <SwitchRow field="failOpen" name="isFailOpen" text={t.failOpenText} />
        <SwitchRow field="removalProtection" name="member_deletion_protection_enable" text={t.removalText} />
        <FieldRow
          field="description"
          name="description"
          rules={[judgedBy('pool', ['description'], complaint.description)]}
        >
          <Input.TextArea rows={3} count={{ show: true, max: 255 }} />
        </FieldRow>
      </FormSection>
    </Fold>
  );
}
