import type { L7PolicyUpdateBody, ListenerWire } from '@elbow/api';
import { Form } from 'antd';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { DescriptionField } from '../fields/description-field.tsx';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { NumberField } from '../fields/number-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { shellMessages } from '../shell/messages.ts';
import { ActionFields } from './action-fields.tsx';
import { policyMessages } from './messages.ts';
import { bodyOf, type PolicyValues, valuesOf } from './policy-values.ts';
import { RulesField } from './rules-field.tsx';
import type { WholePolicy } from './whole-policy.ts';

export interface PolicyDrawerProps {
  readonly listener: ListenerWire;
  /** Null: a new one. */
  readonly policy: WholePolicy | null;
  /** A new one may begin as a copy of another. */
  readonly like?: WholePolicy;
  readonly onClose: () => void;
}

/** A policy as a whole: what it is for, its conditions, and what it does. */
export function PolicyDrawer({ listener, policy, like, onClose }: PolicyDrawerProps) {
  const t = useMessages(policyMessages);
  const { field, actions } = useMessages(shellMessages);
  const [form] = Form.useForm<PolicyValues>();
  const isAdvanced = listener.enhance_l7policy_enable;
  const write = usePolicyWrite({ listener, policy, onClose });
  const copied = like === undefined ? {} : { name: t.copyOf(like.name), priority: null };
  return (
    <FormDrawer
      title={policy === null ? t.form.createTitle : t.form.editTitle}
      submitLabel={policy === null ? t.add : actions.save}
      form={form}
      initialValues={{ ...valuesOf(policy ?? like ?? null), ...copied }}
      isBusy={write.isRunning}
      error={write.error}
      onSubmit={(values) => void write.run(values)}
      onClose={onClose}
    >
      <TextField name="name" label={field.name} rules={[{ max: 255 }]} />
      <RulesField isAdvanced={isAdvanced} />
      <ActionFields listener={listener} isFixed={policy !== null} />
      {isAdvanced && (
        <NumberField
          name="priority"
          label={t.form.priority}
          help={t.form.priorityHelp}
          min={policy?.action === 'REDIRECT_TO_LISTENER' ? 0 : 1}
          max={10_000}
        />
      )}
      <DescriptionField />
    </FormDrawer>
  );
}

function usePolicyWrite({ listener, policy, onClose }: PolicyDrawerProps) {
  const t = useMessages(policyMessages);
  return useWrite({
    call: (values: PolicyValues) => {
      const { action, ...body } = bodyOf(values, listener.enhance_l7policy_enable);
      if (policy === null)
        return client.createL7Policy({ body: { l7policy: { ...body, action, listener_id: listener.id } } });
      const l7policy = body as L7PolicyUpdateBody;
      return client.updateL7Policy({ params: { l7policy_id: policy.id }, body: { l7policy } });
    },
    said: (_, { l7policy }) => (policy === null ? t.created : t.saved)(nameOf(l7policy)),
    concerns: (_, { l7policy }) => [l7policy.id, listener.id],
    onDone: onClose,
  });
}
