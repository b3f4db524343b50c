import { Form, Input, InputNumber, Radio, Select } from 'antd';
import { useState } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { FieldRow } from '../form/field-row.tsx';
import { Fold } from '../form/fold.tsx';
import { FormSection } from '../form/form-section.tsx';
import { Remarks } from '../form/remarks.tsx';
import { judgedBy } from '../form/server-judge.ts';
import { SwitchRow } from '../form/switch-row.tsx';
import { type FieldKey, fieldMessages, formMessages, wizardMessages } from '../texts/messages.ts';
import type { MonitorValues, PoolValues } from './wizard-draft.ts';

const types: Readonly<Record<PoolValues['protocol'], readonly MonitorValues['type'][]>> = {
  HTTP: ['HTTP', 'HTTPS', 'TCP', 'TLS', 'GRPC'],
  HTTPS: ['HTTP', 'HTTPS', 'TCP', 'TLS', 'GRPC'],
  GRPC: ['GRPC', 'HTTP', 'HTTPS', 'TCP', 'TLS'],
};

export interface MonitorFieldsProps {
  readonly poolProtocol: PoolValues['protocol'];
}

/** How nodes find out which servers are well. */
export function MonitorFields({ poolProtocol }: MonitorFieldsProps) {
  const t = useMessages(wizardMessages).check;
  const label = useMessages(fieldMessages).healthCheck;
  const isOn = Form.useWatch<boolean>('isOn');
  const type = Form.useWatch<MonitorValues['type']>('type') ?? 'HTTP';
  return (
    <FormSection title={label}>
      <SwitchRow field="healthCheck" name="isOn" text={t.text} remarks={isOn === false ? [t.off] : []} />
      {isOn === true && (
        <>
          <FieldRow field="checkProtocol" name="type">
            <Select options={types[poolProtocol].map((value) => ({ value, label: value }))} />
          </FieldRow>
          <RequestFields type={type} />
          <TimingFields />
        </>
      )}
    </FormSection>
  );
}

function RequestFields({ type }: { readonly type: MonitorValues['type'] }) {
  const t = useMessages(wizardMessages).check;
  const { complaint } = useMessages(formMessages);
  const isHttp = type === 'HTTP' || type === 'HTTPS';
  return (
    <>
      {(isHttp || type === 'GRPC') && <DomainField />}
      <FieldRow
        field="checkPort"
        name="monitor_port"
        rules={[judgedBy('healthmonitor', ['monitor_port'], complaint.port)]}
      >
        <InputNumber className="number-field" controls={false} placeholder={t.portEmpty} />
      </FieldRow>
      {isHttp && (
        <div className="lf-pair">
          <FieldRow
            field="checkPath"
            name="url_path"
            rules={[judgedBy('healthmonitor', ['url_path'], complaint.path)]}
          >
            <Input className="mono" autoComplete="off" spellCheck={false} />
          </FieldRow>
          <FieldRow field="checkMethod" name="http_method">
            <Select options={['GET', 'HEAD', 'POST'].map((value) => ({ value, label: value }))} />
          </FieldRow>
        </div>
      )}
      {(isHttp || type === 'GRPC') && (
        <FieldRow field="checkCodes" name="expected_codes" rules={[codesRule(complaint.codes, type)]}>
          <Input className="mono" autoComplete="off" spellCheck={false} />
        </FieldRow>
      )}
    </>
  );
}

/** The schema leaves it to the model which codes there are. */
function codesRule(sentence: string, type: MonitorValues['type']) {
  const isInRange = (code: number): boolean => (type === 'GRPC' ? code <= 99 : code >= 200 && code <= 599);
  return {
    validator: async (_: unknown, text: string): Promise<void> => {
      const parts = (text ?? '').split(',').map((part) => part.trim());
      const areFine = parts.every((part) => {
        const match = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part);
        if (match === null) return false;
        const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
        return isInRange(from) && isInRange(to) && from <= to;
      });
      if (!areFine || parts.length > 5) throw new Error(sentence);
    },
  };
}

function DomainField() {
  const t = useMessages(wizardMessages).check;
  const { complaint } = useMessages(formMessages);
  const label = useMessages(fieldMessages).checkDomain;
  const hasDomain = Form.useWatch<boolean>('hasDomain');
  const options = [
    { value: false, label: t.domainOwn },
    { value: true, label: t.domainCustom },
  ];
  return (
    <div className="lf-row" data-field="checkDomain">
      <Form.Item label={label} name="hasDomain">
        <Radio.Group options={options} aria-label={label} />
      </Form.Item>
      {hasDomain === true && (
        <Form.Item
          name="domain_name"
          rules={[judgedBy('healthmonitor', ['domain_name'], complaint.domain)]}
          validateTrigger={['onBlur', 'onChange']}
        >
          <Input
            className="mono"
            autoComplete="off"
            spellCheck={false}
            aria-label={`${label}: ${t.domainCustom}`}
          />
        </Form.Item>
      )}
    </div>
  );
}

function TimingFields() {
  const t = useMessages(wizardMessages).check;
  const { complaint } = useMessages(formMessages);
  const [isOpen, setOpen] = useState(false);
  const [delay, timeout, rise, fall] = [
    Form.useWatch<number | null>('delay'),
    Form.useWatch<number | null>('timeout'),
    Form.useWatch<number | null>('max_retries'),
    Form.useWatch<number | null>('max_retries_down'),
  ];
  // After so many tries, each as long as its timeout, an interval apart.
  const windowOf = (times: number): number => (timeout ?? 0) * times + (delay ?? 0) * (times - 1);
  const isLate = (timeout ?? 0) >= (delay ?? 1);
  return (
    <Fold title={t.fold} note={t.foldNote} isOpen={isOpen} onToggle={setOpen}>
      <div className="lf-pair">
        <TimingField field="checkInterval" name="delay" says={complaint.seconds50} />
        <TimingField field="checkTimeout" name="timeout" says={complaint.seconds50} />
        <TimingField field="checkRise" name="max_retries" says={complaint.times10} />
        <TimingField field="checkFall" name="max_retries_down" says={complaint.times10} />
      </div>
      <Remarks of={isLate ? [t.late] : []} />
      <p className="lf-soft">{t.window(windowOf(fall ?? 1), windowOf(rise ?? 1))}</p>
    </Fold>
  );
}

interface TimingFieldProps {
  readonly field: FieldKey;
  readonly name: 'delay' | 'timeout' | 'max_retries' | 'max_retries_down';
  readonly says: string;
}

function TimingField({ field, name, says }: TimingFieldProps) {
  const { seconds } = useMessages(formMessages);
  const isTime = name === 'delay' || name === 'timeout';
  return (
    <FieldRow
      field={field}
      name={name}
      rules={[{ required: true, message: says }, judgedBy('healthmonitor', [name], says)]}
    >
      <InputNumber className="number-field" controls={false} suffix={isTime ? seconds : '×'} />
    </FieldRow>
  );
}
