import type { SecurityPolicyWire } from '@elbow/api';
import { customSuites } from '@elbow/model';
import { Form } from 'antd';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { securityPolicyMessages } from './messages.ts';
import { PolicyFields, type PolicyValues, toPolicyBody } from './policy-fields.tsx';
import { weaknessesOf } from './suites.ts';

export interface SecurityPolicyDrawerProps {
  readonly onCreated: (policy: SecurityPolicyWire) => void;
  readonly onClose: () => void;
}

const initialValues: PolicyValues = {
  name: '',
  description: '',
  protocols: ['TLSv1.2', 'TLSv1.3'],
  ciphers: customSuites.filter((suite) => weaknessesOf(suite).length === 0),
};

/** Makes a policy; at first everything is chosen that nothing speaks against. */
export function SecurityPolicyDrawer({ onCreated, onClose }: SecurityPolicyDrawerProps) {
  const t = useMessages(securityPolicyMessages);
  const [form] = Form.useForm<PolicyValues>();
  const create = useWrite({
    call: (values: PolicyValues) =>
      client.createSecurityPolicy({ body: { security_policy: toPolicyBody(values) } }),
    said: (_, { security_policy: policy }) => t.created(nameOf(policy)),
    onDone: ({ security_policy: policy }) => onCreated(policy),
  });
  return (
    <FormDrawer
      title={t.create}
      submitLabel={t.create}
      form={form}
      initialValues={initialValues}
      isBusy={create.isRunning}
      error={create.error}
      onSubmit={(values) => void create.run(values)}
      onClose={onClose}
    >
      <PolicyFields form={form} />
    </FormDrawer>
  );
}
