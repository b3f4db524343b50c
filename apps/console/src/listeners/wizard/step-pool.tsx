import { parsePoolCreate } from '@elbow/api';
import { Form } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { complaintsAbout } from '../../fields/server-rules.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { ChoiceCards } from '../form/choice-cards.tsx';
import { FieldRow } from '../form/field-row.tsx';
import { FormSection } from '../form/form-section.tsx';
import { fieldMessages, wizardMessages } from '../texts/messages.ts';
import { poolBody } from './compose-body.ts';
import { ExistingPoolField, Http2Hint } from './existing-pool-field.tsx';
import { NewPoolFields } from './new-pool-fields.tsx';
import { ProblemList } from './problem-list.tsx';
import { asFieldError, type StepProps, useFormGate } from './step-gate.ts';
import type { PoolValues } from './wizard-draft.ts';

export interface StepPoolProps extends StepProps {
  readonly loadBalancerId: string;
}

/** Step 2: who answers the requests. */
export function StepPool({ draft, onChange, ref, complaints, loadBalancerId }: StepPoolProps) {
  const t = useMessages(wizardMessages);
  const labels = useMessages(fieldMessages);
  const [form] = Form.useForm();
  const judge = useCallback(() => {
    const values = form.getFieldsValue(true) as PoolValues;
    if (values.choice === 'existing') return [];
    return complaintsAbout(parsePoolCreate, 'pool', poolBody(values, loadBalancerId));
  }, [form, loadBalancerId]);
  const { problems, refresh, refuse } = useFormGate({ form, ref, judge });
  useEffect(() => {
    const mine = complaints.filter(({ field }) => isOfPool(field)).map(asPoolField);
    if (mine.length === 0) return;
    form.setFields(mine);
    refuse(mine);
  }, [complaints, form, refuse]);
  const [initialValues] = useState(draft.pool);
  const choice = draft.pool.choice;
  const choices = [
    { value: 'existing', title: `${t.pool.existing} (${t.pool.recommended})`, text: t.pool.existingText },
    { value: 'new', title: t.pool.create, text: t.pool.createText },
  ] as const;
  return (
    <Form
      name="pool"
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initialValues}
      onValuesChange={() => onChange({ pool: form.getFieldsValue(true) as PoolValues })}
      onFieldsChange={refresh}
    >
      <ProblemList form={form} of="pool" problems={problems} />
      <FormSection title={labels.pool}>
        <FieldRow field="pool" name="choice">
          <ChoiceCards label={labels.pool} choices={choices} />
        </FieldRow>
        {choice === 'existing' && <ExistingPoolField draft={draft} />}
        <Http2Hint draft={draft} onChange={onChange} />
      </FormSection>
      {choice === 'new' && <NewPoolFields listenerProtocol={draft.listener.protocol} />}
    </Form>
  );
}

function isOfPool(field: string): boolean {
  return field.startsWith('pool.') || field === 'listener.default_pool_id';
}

function asPoolField({ field, reason }: { readonly field: string; readonly reason: string }) {
  return asFieldError({ field: field.replace(/^(?:pool|listener)\./, ''), reason });
}
