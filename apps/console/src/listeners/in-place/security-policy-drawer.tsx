import type { SecurityPolicyCreateBody, SecurityPolicyWire } from '@elbow/api';
import { customSuites, suiteFits, type TlsProtocol, tlsProtocols } from '@elbow/model';
import { Checkbox, Form } from 'antd';
import { client } from '../../api/client.ts';
import { useWrite } from '../../api/use-write.ts';
import { FormDrawer } from '../../fields/form-drawer.tsx';
import { TextField } from '../../fields/text-field.tsx';
import { useMessages } from '../../i18n/use-messages.ts';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { shellMessages } from '../../shell/messages.ts';
import { formMessages, inPlaceMessages } from '../texts/messages.ts';

export interface SecurityPolicyDrawerProps {
  readonly onCreated: (policy: SecurityPolicyWire) => void;
  readonly onClose: () => void;
}

const initialValues = {
  name: '',
  protocols: ['TLSv1.2', 'TLSv1.3'] satisfies TlsProtocol[],
  ciphers: customSuites.filter((suite) => /GCM|CHACHA20/.test(suite) && /ECDHE|^TLS_/.test(suite)),
} as SecurityPolicyCreateBody;

/** A choice of versions and suites, made without leaving the listener. */
export function SecurityPolicyDrawer({ onCreated, onClose }: SecurityPolicyDrawerProps) {
  const t = useMessages(inPlaceMessages);
  const { createPolicy } = useMessages(formMessages);
  const { actions, field } = useMessages(shellMessages);
  const [form] = Form.useForm<SecurityPolicyCreateBody>();
  const versions = (Form.useWatch('protocols', form) ?? []) as readonly TlsProtocol[];
  const suites = customSuites.filter((suite) => versions.some((version) => suiteFits(suite, version)));
  const create = useWrite({
    call: (policy: SecurityPolicyCreateBody) =>
      client.createSecurityPolicy({ body: { security_policy: policy } }),
    said: (_, { security_policy: policy }) => t.policyCreated(nameOf(policy)),
    onDone: ({ security_policy: policy }) => onCreated(policy),
  });
  const submit = (values: SecurityPolicyCreateBody): void =>
    void create.run({ ...values, ciphers: values.ciphers.filter((suite) => suites.includes(suite)) });
  return (
    <FormDrawer
      title={createPolicy}
      submitLabel={actions.create}
      form={form}
      initialValues={initialValues}
      isBusy={create.isRunning}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField name="name" label={field.name} rules={[{ max: 255 }]} />
      <Form.Item name="protocols" label={t.versions} rules={[{ required: true }]}>
        <Checkbox.Group options={[...tlsProtocols]} />
      </Form.Item>
      <Form.Item name="ciphers" label={t.suites} rules={[{ required: true }]}>
        <Checkbox.Group options={[...suites]} className="suite-choices" />
      </Form.Item>
    </FormDrawer>
  );
}
