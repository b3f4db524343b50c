import type { MemberTlsBody, PoolExtrasAnswer } from '@elbow/api';
import { Alert, Form, Input } from 'antd';
import { SelectField } from '../fields/select-field.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useServerSearch } from '../fields/use-server-search.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { certificateSource } from '../load-balancers/search-sources.ts';
import type { EditorProps } from './algorithm-editor.tsx';
import { InlineForm } from './inline-form.tsx';
import { poolMessages } from './messages.ts';
import { useMemberTlsChange } from './use-pool-change.ts';

export interface MemberTlsEditorProps extends EditorProps {
  readonly now: NonNullable<PoolExtrasAnswer['member_tls']>;
}

interface Values {
  readonly verify: boolean;
  readonly ca_certificate_id?: string | null;
  readonly ca_pem?: string | null;
  readonly server_name?: string | null;
}

export function MemberTlsEditor({ of, now, onClose }: MemberTlsEditorProps) {
  const { settings: t } = useMessages(poolMessages);
  const [form] = Form.useForm<Values>();
  const change = useMemberTlsChange(of, now);
  const isOn = Form.useWatch('verify', form) ?? now.verify;
  return (
    <InlineForm<Values>
      label={t.tls}
      form={form}
      initialValues={now}
      edit={change}
      onSubmit={(values) => change.run(toBody({ ...now, ...values }))}
      onClose={onClose}
    >
      <SwitchField name="verify" label={t.tlsVerify} />
      {isOn && <TrustFields />}
      <TextField name="server_name" label={t.tlsName} help={t.tlsNameHelp} isMono />
    </InlineForm>
  );
}

/** A stored certificate or a pasted one. */
function TrustFields() {
  const { settings: t } = useMessages(poolMessages);
  const stored = Form.useWatch<string | null | undefined>('ca_certificate_id');
  const hasStored = stored !== undefined && stored !== null && stored !== '';
  const chosen = hasStored ? [stored] : [];
  const { rows, ...search } = useServerSearch(certificateSource, chosen, { type: 'client' });
  return (
    <>
      <Alert type="warning" showIcon className="pool-note" title={t.tlsEffect} />
      <SelectField
        name="ca_certificate_id"
        label={t.tlsCa}
        help={t.tlsCaHelp}
        choices={rows.map((one) => ({ value: one.id, label: nameOf(one) }))}
        {...search}
        isClearable
      />
      {!hasStored && (
        <Form.Item name="ca_pem" label={t.tlsText} rules={[{ required: true, message: t.tlsRequired }]}>
          <Input.TextArea
            className="mono"
            rows={5}
            spellCheck={false}
            autoComplete="off"
            placeholder="-----BEGIN CERTIFICATE-----"
          />
        </Form.Item>
      )}
    </>
  );
}

function toBody(values: Values): MemberTlsBody {
  const stored = values.ca_certificate_id || null;
  return {
    verify: values.verify,
    ca_certificate_id: stored,
    ca_pem: stored === null ? values.ca_pem || null : null,
    server_name: values.server_name || null,
  };
}
