import { Form } from 'antd';
import { NumberField } from '../fields/number-field.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import type { EditorProps } from './algorithm-editor.tsx';
import { InlineForm } from './inline-form.tsx';
import { poolMessages } from './messages.ts';
import { usePoolChange } from './use-pool-change.ts';

interface Values {
  readonly slow_start: { readonly enable: boolean; readonly duration?: number };
}

const usual = { enable: false, duration: 30 };

export function SlowStartEditor({ of, onClose }: EditorProps) {
  const { settings: t } = useMessages(poolMessages);
  const [form] = Form.useForm<Values>();
  const change = usePoolChange(of, { isOpenAtOnce: true });
  const isOn = Form.useWatch(['slow_start', 'enable'], form) ?? of.slow_start?.enable ?? false;
  return (
    <InlineForm<Values>
      label={t.slow}
      form={form}
      initialValues={{ slow_start: of.slow_start ?? usual }}
      edit={change}
      onSubmit={({ slow_start: wish }) => change.run({ slow_start: wish.enable ? wish : null })}
      onClose={onClose}
    >
      <SwitchField name={['slow_start', 'enable']} label={t.slow} />
      {isOn && (
        <NumberField
          name={['slow_start', 'duration']}
          label={t.seconds}
          isRequired
          unit="s"
          rules={[{ type: 'integer', min: 30, max: 1200, message: t.slowRule }]}
        />
      )}
    </InlineForm>
  );
}
