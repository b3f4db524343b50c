import { Button, Form, type FormInstance } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { FormProblem } from '../fields/form-problem.tsx';
import type { Edit } from '../fields/use-edit.tsx';
import { showServerErrors } from '../fields/server-errors.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';

export interface InlineFormProps<Values extends object> {
  readonly label: string;
  readonly form: FormInstance<Values>;
  readonly initialValues: Partial<Values>;
  readonly edit: Pick<Edit<never>, 'isRunning' | 'error' | 'dialog'>;
  /** `run` of the edit: resolves to whether the form can close. */
  readonly onSubmit: (values: Values) => Promise<boolean>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A small form in the place of what it changes. */
export function InlineForm<Values extends object>(props: InlineFormProps<Values>) {
  const { form, edit, onClose } = props;
  const { error } = edit;
  const { actions, field } = useMessages(shellMessages);
  useEffect(() => showServerErrors(form, error), [form, error]);
  const submit = (values: Values): void => {
    void props.onSubmit(values).then((isOver) => {
      if (isOver) onClose();
    });
  };
  return (
    <>
      <Form<Values>
        className="inline-form"
        aria-label={props.label}
        form={form}
        layout="vertical"
        requiredMark="optional"
        initialValues={props.initialValues}
        validateMessages={{ required: field.required }}
        onFinish={submit}
      >
        <FormProblem form={form} error={error} />
        {props.children}
        <div className="inline-form-buttons">
          <Button size="small" type="primary" htmlType="submit" loading={edit.isRunning}>
            {actions.save}
          </Button>
          <Button size="small" onClick={onClose}>
            {actions.cancel}
          </Button>
        </div>
      </Form>
      {edit.dialog}
    </>
  );
}
