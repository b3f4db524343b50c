import type { ListenerWire } from '@elbow/api';
import { Form } from 'antd';
import { useState } from 'react';
import { DescriptionField } from '../fields/description-field.tsx';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { NumberField } from '../fields/number-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';
import { ActionFields } from './action-fields.tsx';
import { policyMessages } from './messages.ts';
import { bodyOf, type PolicyValues, valuesOf } from './policy-values.ts';
import { RulesField } from './rules-field.tsx';
import { usePolicyEdit } from './use-policy-edit.ts';
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
  // The list goes on looking; the form stays with what it was opened on.
  const [opened] = useState(policy);
  const edit = usePolicyEdit({ listener, policy: opened, onDone: onClose });
  const copied = like === undefined ? {} : { name: t.copyOf(like.name), priority: null };
  return (
    <>
      <FormDrawer
        title={policy === null ? t.form.createTitle : t.form.editTitle}
        submitLabel={policy === null ? t.add : actions.save}
        form={form}
        initialValues={{ ...valuesOf(opened ?? like ?? null), ...copied }}
        isBusy={edit.isRunning}
        error={edit.error}
        onSubmit={(values) => void edit.run(bodyOf(values, isAdvanced))}
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
      {edit.dialog}
    </>
  );
}
