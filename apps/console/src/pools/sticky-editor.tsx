import { Form } from 'antd';
import { ChoiceField } from '../fields/choice-field.tsx';
import { NumberField } from '../fields/number-field.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import type { EditorProps } from './algorithm-editor.tsx';
import { InlineForm } from './inline-form.tsx';
import { poolMessages } from './messages.ts';
import { usePoolChange } from './use-pool-change.ts';

interface Values {
  readonly isOn: boolean;
  readonly session_persistence?: {
    readonly type: 'HTTP_COOKIE' | 'APP_COOKIE';
    readonly cookie_name?: string;
    readonly persistence_timeout?: number;
  };
}

const usual = { type: 'HTTP_COOKIE', persistence_timeout: 20 } as const;

/** Whether clients stay with a server, by which cookie, and how long. */
export function StickyEditor({ of, onClose }: EditorProps) {
  const { settings: t } = useMessages(poolMessages);
  const [form] = Form.useForm<Values>();
  const change = usePoolChange(of, { isOpenAtOnce: true });
  const isOn = Form.useWatch('isOn', form) ?? of.session_persistence !== null;
  const type = Form.useWatch(['session_persistence', 'type'], form) ?? of.session_persistence?.type;
  return (
    <InlineForm<Values>
      label={t.sticky}
      form={form}
      initialValues={{
        isOn: of.session_persistence !== null,
        session_persistence: of.session_persistence ?? usual,
      }}
      edit={change}
      onSubmit={(values) =>
        change.run({ session_persistence: values.isOn ? (values.session_persistence ?? usual) : null })
      }
      onClose={onClose}
    >
      <SwitchField name="isOn" label={t.sticky} />
      {isOn && (
        <>
          <ChoiceField
            name={['session_persistence', 'type']}
            label={t.stickyType}
            choices={[
              { value: 'HTTP_COOKIE', label: t.cookieLb },
              { value: 'APP_COOKIE', label: t.cookieApp },
            ]}
          />
          {type === 'APP_COOKIE' && (
            <TextField
              name={['session_persistence', 'cookie_name']}
              label={t.cookieName}
              isRequired
              isMono
              rules={[{ pattern: /^[\w.-]{1,1024}$/, message: t.cookieRule }]}
            />
          )}
          {type !== 'APP_COOKIE' && (
            <NumberField
              name={['session_persistence', 'persistence_timeout']}
              label={t.minutes}
              isRequired
              unit="min"
              rules={[{ type: 'integer', min: 1, max: 1440, message: t.minutesRule }]}
            />
          )}
        </>
      )}
    </InlineForm>
  );
}
