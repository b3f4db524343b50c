import type { PoolWire } from '@elbow/api';
import { Form } from 'antd';
import { SwitchField } from '../fields/switch-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { SwitchFact } from '../load-balancers/switch-fact.tsx';
import type { EditorProps } from './algorithm-editor.tsx';
import { InlineForm } from './inline-form.tsx';
import { poolMessages } from './messages.ts';
import { SettingRow } from './setting-row.tsx';
import { usePoolChange } from './use-pool-change.ts';

export function ProtectionSettings({ of }: { readonly of: PoolWire }) {
  const { settings: t } = useMessages(poolMessages);
  const change = usePoolChange(of);
  const isOn = of.protection_status === 'consoleProtection';
  return (
    <>
      <SettingRow
        label={t.modification}
        value={isOn ? t.modificationOn(of.protection_reason) : t.modificationOff}
        help={t.modificationHelp}
        renderEditor={(close) => <ProtectionEditor of={of} onClose={close} />}
      />
      <SwitchFact
        label={t.removal}
        help={t.removalHelp}
        isOn={of.member_deletion_protection_enable}
        isBusy={change.isRunning}
        onChange={(next) => void change.run({ member_deletion_protection_enable: next })}
      />
      {change.dialog}
    </>
  );
}

interface Values {
  readonly isOn: boolean;
  readonly protection_reason?: string;
}

function ProtectionEditor({ of, onClose }: EditorProps) {
  const { settings: t } = useMessages(poolMessages);
  const [form] = Form.useForm<Values>();
  const change = usePoolChange(of, { isOpenAtOnce: true });
  const wasOn = of.protection_status === 'consoleProtection';
  const isOn = Form.useWatch('isOn', form) ?? wasOn;
  return (
    <InlineForm<Values>
      label={t.modification}
      form={form}
      initialValues={{ isOn: wasOn, protection_reason: of.protection_reason }}
      edit={change}
      onSubmit={({ isOn: next, protection_reason: reason = '' }) =>
        change.run({
          protection_status: next ? 'consoleProtection' : 'nonProtection',
          ...(next ? { protection_reason: reason } : {}),
        })
      }
      onClose={onClose}
    >
      <SwitchField name="isOn" label={t.modification} />
      {isOn && (
        <TextField
          name="protection_reason"
          label={t.reason}
          rules={[{ pattern: /^[^<>]{0,255}$/, message: t.reasonRule }]}
        />
      )}
    </InlineForm>
  );
}
