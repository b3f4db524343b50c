import type { PassiveEjectionBody, PoolExtrasAnswer } from '@elbow/api';
import { Form } from 'antd';
import { NumberField } from '../fields/number-field.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import type { EditorProps } from './algorithm-editor.tsx';
import { InlineForm } from './inline-form.tsx';
import { poolMessages } from './messages.ts';
import { useEjectionChange } from './use-pool-change.ts';

export interface EjectionEditorProps extends EditorProps {
  readonly now: PoolExtrasAnswer['passive_ejection'];
}

export function EjectionEditor({ of, now, onClose }: EjectionEditorProps) {
  const { settings: t } = useMessages(poolMessages);
  const [form] = Form.useForm<PassiveEjectionBody>();
  const change = useEjectionChange(of, now);
  const isOn = Form.useWatch('enable', form) ?? now.enable;
  return (
    <InlineForm<PassiveEjectionBody>
      label={t.ejection}
      form={form}
      initialValues={now}
      edit={change}
      onSubmit={(values) => change.run({ ...now, ...values })}
      onClose={onClose}
    >
      <SwitchField name="enable" label={t.ejection} />
      {isOn && (
        <>
          <NumberField name="failures" label={t.failures} min={1} max={1000} isRequired />
          <NumberField name="seconds" label={t.ejectionSeconds} min={1} max={3600} unit="s" isRequired />
        </>
      )}
    </InlineForm>
  );
}
