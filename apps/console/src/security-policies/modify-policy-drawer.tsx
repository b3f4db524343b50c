import type { SecurityPolicyWire } from '@elbow/api';
import { Alert, Form } from 'antd';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { useEdit } from '../fields/use-edit.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { shellMessages } from '../shell/messages.ts';
import { securityPolicyMessages } from './messages.ts';
import { PolicyFields, type PolicyValues, toPolicyBody } from './policy-fields.tsx';
import { readCustomPolicy } from './queries.ts';

export interface ModifyPolicyDrawerProps {
  readonly of: SecurityPolicyWire;
  readonly onClose: () => void;
}

export function ModifyPolicyDrawer({ of, onClose }: ModifyPolicyDrawerProps) {
  const t = useMessages(securityPolicyMessages);
  const { actions } = useMessages(shellMessages);
  const [form] = Form.useForm<PolicyValues>();
  // The list goes on looking; the form stays with what it was opened on.
  const [opened] = useState(of);
  const save = usePolicyEdit(opened, onClose);
  const { name, description, protocols, ciphers } = opened;
  return (
    <>
      <FormDrawer
        title={t.modifyNamed(nameOf(of))}
        submitLabel={actions.save}
        form={form}
        initialValues={{ name, description, protocols, ciphers }}
        isBusy={save.isRunning}
        error={save.error}
        onSubmit={(values) => void save.run(toPolicyBody(values))}
        onClose={onClose}
      >
        {of.listeners.length > 0 && (
          <Alert type="info" showIcon className="tls-note" title={t.form.effect(of.listeners.length)} />
        )}
        <PolicyFields form={form} />
      </FormDrawer>
      {save.dialog}
    </>
  );
}

function usePolicyEdit(of: SecurityPolicyWire, onDone: () => void) {
  const t = useMessages(securityPolicyMessages);
  const { field } = useMessages(shellMessages);
  return useEdit({
    of,
    isOpenAtOnce: true,
    read: () => readCustomPolicy(of.id),
    call: (policy: ReturnType<typeof toPolicyBody>, ifMatch) =>
      client.updateSecurityPolicy({
        params: { security_policy_id: of.id },
        body: { security_policy: policy },
        ifMatch,
      }),
    said: ({ security_policy: policy }) => t.saved(nameOf(policy)),
    concerns: () => of.listeners.map(({ id }) => id),
    onDone,
    labels: {
      name: field.name,
      description: field.description,
      protocols: t.form.versions,
      ciphers: t.columns.suites,
      listeners: t.columns.listeners,
    },
  });
}
