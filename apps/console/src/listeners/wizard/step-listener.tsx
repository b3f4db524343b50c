import { parseListenerCreate } from '@elbow/api';
import { Form } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { complaintsAbout } from '../../fields/server-rules.ts';
import { createBody } from '../form/listener-body.ts';
import { ListenerFields } from '../form/listener-fields.tsx';
import { ListenerFormContext } from '../form/listener-form-context.ts';
import type { ListenerValues } from '../form/listener-values.ts';
import { type FieldProblem, ProblemList } from './problem-list.tsx';
import { ShortageAlert } from './shortage-alert.tsx';
import { asFieldError, pathOf, type StepProps, useFormGate } from './step-gate.ts';
import { type Surroundings, useServerView } from './use-remarks.ts';

export interface StepListenerProps extends StepProps {
  readonly around: Surroundings;
  readonly isAdvancedOpen: boolean;
  readonly onAdvanced: (isOpen: boolean) => void;
}

/** Step 1: everything about the listener itself. */
export function StepListener(props: StepListenerProps) {
  const { draft, onChange, ref, complaints, around, isAdvancedOpen, onAdvanced } = props;
  const [form] = Form.useForm();
  const { loadBalancer } = around;
  const view = useServerView(draft.listener, true, around);
  const judge = useCallback(() => {
    const values = form.getFieldsValue(true) as ListenerValues;
    return complaintsAbout(parseListenerCreate, 'listener', createBody(values, loadBalancer.id)).map(atForm);
  }, [form, loadBalancer.id]);
  const onRefused = useCallback(
    (problems: readonly FieldProblem[]) => {
      if (problems.some(({ name }) => isAdvanced(name))) onAdvanced(true);
    },
    [onAdvanced],
  );
  const { problems, refresh, refuse } = useFormGate({ form, ref, judge, onRefused });
  useEffect(() => {
    const mine = complaints.filter(({ field }) => field.startsWith('listener.')).map(asListenerField);
    if (mine.length === 0) return;
    form.setFields(mine);
    refuse(mine);
  }, [complaints, form, refuse]);
  const [initialValues] = useState(draft.listener);
  return (
    <ListenerFormContext value={{ ...around, isNew: true, remarksOn: view.remarksOn }}>
      <Form
        name="listener"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initialValues}
        onValuesChange={() => onChange({ listener: form.getFieldsValue(true) as ListenerValues })}
        onFieldsChange={refresh}
      >
        <ShortageAlert shortage={view.shortage} loadBalancerId={loadBalancer.id} />
        <ProblemList form={form} of="listener" problems={problems} />
        <ListenerFields isAdvancedOpen={isAdvancedOpen} onAdvanced={onAdvanced} />
      </Form>
    </ListenerFormContext>
  );
}

/** Two fields of the API are one of the form. */
export function atForm<T extends { readonly field: string }>(complaint: T): T {
  return complaint.field === 'security_policy_id' ? { ...complaint, field: 'tls_ciphers_policy' } : complaint;
}

function asListenerField({ field, reason }: { readonly field: string; readonly reason: string }) {
  const inside = atForm({ field: field.replace(/^listener\./, ''), reason });
  const { name, errors } = asFieldError(inside);
  return { name: pathOf(inside.field).length === 0 ? ['name'] : name, errors };
}

const basics = new Set([
  'name',
  'protocol',
  'protocol_port',
  'authentication',
  'client_ca_tls_container_ref',
  'default_tls_container_ref',
  'isSniOn',
  'sni_container_refs',
  'ipgroup',
  'enhance_l7policy_enable',
]);

/** Whether a field stands in the fold. */
export function isAdvanced([first]: readonly (string | number)[]): boolean {
  return !basics.has(String(first));
}
