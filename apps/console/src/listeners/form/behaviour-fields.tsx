import { Form, InputNumber, Slider } from 'antd';
import { useMessages } from '../../i18n/use-messages.ts';
import { type FieldKey, fieldMessages, formMessages } from '../texts/messages.ts';
import { FieldRow } from './field-row.tsx';
import { FormSection } from './form-section.tsx';
import { judgedBy } from './server-judge.ts';
import { SwitchRow } from './switch-row.tsx';
import { useLacking } from './use-lacking.ts';

/** What happens to answers and failures. */
export function BehaviourFields() {
  const t = useMessages(formMessages);
  const lacking = useLacking();
  const rows = [
    { field: 'compression', name: 'gzip_enable', text: t.compressionText, lack: lacking('compression') },
    { field: 'retry', name: 'enable_member_retry', text: t.retryText, lack: lacking('member_retry') },
  ] as const;
  return (
    <FormSection title={t.section.behaviour} text={t.sectionText.behaviour}>
      {rows.map(({ lack, ...row }) => (
        <SwitchRow key={row.field} {...row} isDisabled={lack !== null} reason={lack?.row ?? null} />
      ))}
    </FormSection>
  );
}

export function TimeoutFields() {
  const t = useMessages(formMessages);
  const idle = Form.useWatch<number | null>('keepalive_timeout');
  return (
    <FormSection title={t.section.timeouts} text={t.sectionText.timeouts}>
      <FieldRow
        field="idleTimeout"
        name="keepalive_timeout"
        rules={[judgedBy('listener', ['keepalive_timeout'], t.complaint.idle)]}
        remarks={idle === 0 ? [t.keepAliveOff] : []}
      >
        <SecondsControl most={4000} />
      </FieldRow>
      <SecondsField field="requestTimeout" name="client_timeout" />
      <SecondsField field="responseTimeout" name="member_timeout" />
    </FormSection>
  );
}

interface SecondsFieldProps {
  readonly field: FieldKey;
  readonly name: 'client_timeout' | 'member_timeout';
}

function SecondsField({ field, name }: SecondsFieldProps) {
  const t = useMessages(formMessages);
  return (
    <FieldRow field={field} name={name} rules={[judgedBy('listener', [name], t.complaint.timeout)]}>
      <InputNumber className="number-field" suffix={t.seconds} controls={false} />
    </FieldRow>
  );
}

interface SecondsControlProps {
  readonly most: number;
  /** Given by the form. */
  readonly id?: string;
  readonly value?: number | null;
  readonly onChange?: (seconds: number | null) => void;
}

/** A number for the exact, a slider for the quick. */
function SecondsControl({ most, id, value = null, onChange }: SecondsControlProps) {
  const t = useMessages(formMessages);
  const label = useMessages(fieldMessages).idleTimeout;
  return (
    <div className="lf-seconds">
      <InputNumber
        className="number-field"
        suffix={t.seconds}
        controls={false}
        value={value}
        onChange={(next) => onChange?.(next)}
        {...(id === undefined ? {} : { id })}
      />
      <Slider
        className="lf-slider"
        min={0}
        max={most}
        value={Math.min(Math.max(value ?? 0, 0), most)}
        onChange={(next) => onChange?.(next)}
        ariaLabelForHandle={label}
        tooltip={{ formatter: (seconds) => `${seconds} ${t.seconds}` }}
      />
    </div>
  );
}
