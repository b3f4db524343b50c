import type { SecurityPolicyWire } from '@elbow/api';
import { Alert, Form } from 'antd';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { shellMessages } from '../shell/messages.ts';
import { securityPolicyMessages } from './messages.ts';
import { PolicyFields, type PolicyValues, toPolicyBody } from './policy-fields.tsx';

export interface ModifyPolicyDrawerProps {
  readonly of: SecurityPolicyWire;
  readonly onClose: () => void;
}

export function ModifyPolicyDrawer({ of, onClose }: ModifyPolicyDrawerProps) {
  const t = useMessages(securityPolicyMessages);
  const { actions } = useMessages(shellMessages);
  const [form] = Form.useForm<PolicyValues>();
  const save = useWrite({
    call: (values: PolicyValues) =>
      client.updateSecurityPolicy({
        params: { security_policy_id: of.id },
        body: { security_policy: toPolicyBody(values) },
      }),
    said: (_, { security_policy: policy }) => t.saved(nameOf(policy)),
    concerns: () => of.listeners.map(({ id }) => id),
    onDone: onClose,
  });
  const { name, description, protocols, ciphers } = of;
  return (
    <FormDrawer
      title={t.modifyNamed(nameOf(of))}
      submitLabel={actions.save}
      form={form}
      initialValues={{ name, description, protocols, ciphers }}
      isBusy={save.isRunning}
      error={save.error}
      onSubmit={(values) => void save.run(values)}
      onClose={onClose}
    >
      {of.listeners.length > 0 && (
        <Alert type="info" showIcon className="tls-note" title={t.form.effect(of.listeners.length)} />
      )}
      <PolicyFields form={form} />
    </FormDrawer>
  );
}
