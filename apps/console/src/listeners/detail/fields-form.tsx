import type { ApiError, ListenerUpdateBody, ListenerWire } from '@elbow/api';
import { Form, type FormInstance } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { FormProblem } from '../../fields/form-problem.tsx';
import { showServerErrors } from '../../fields/server-errors.ts';
import { ListenerFormContext } from '../form/listener-form-context.ts';
import { type ListenerValues, valuesOf } from '../form/listener-values.ts';
import { useServerView } from '../wizard/use-remarks.ts';
import { updateBody } from '../form/listener-body.ts';
import { useListenerFacts } from './listener-facts.ts';

export interface FieldsFormProps {
  readonly id: string;
  readonly of: ListenerWire;
  readonly form: FormInstance;
  readonly error: ApiError | null;
  readonly onSubmit: (change: ListenerUpdateBody) => void;
  readonly onValues?: (values: ListenerValues) => void;
  readonly children: ReactNode;
}

/** Some fields of a listener that exists, with the server's view of what is chosen. What changed is what is saved. */
export function FieldsForm({ id, of, form, error, onSubmit, onValues, children }: FieldsFormProps) {
  const around = useListenerFacts();
  const [initialValues] = useState(() => valuesOf(of));
  const [values, setValues] = useState(initialValues);
  const view = useServerView(values, false, around);
  useEffect(() => showServerErrors(form, error), [form, error]);
  const current = (): ListenerValues => ({ ...initialValues, ...form.getFieldsValue(true) });
  const keep = (): void => {
    setValues(current());
    onValues?.(current());
  };
  return (
    <ListenerFormContext value={{ ...around, isNew: false, remarksOn: view.remarksOn }}>
      <Form
        id={id}
        name={id}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initialValues}
        onValuesChange={keep}
        onFinish={() => onSubmit(updateBody(current(), of))}
        scrollToFirstError={{ focus: true, block: 'center' }}
      >
        <FormProblem form={form} error={error} />
        {children}
      </Form>
    </ListenerFormContext>
  );
}
