import type { ApiError } from '@elbow/api';
import { Button, Drawer, Form, type FormInstance } from 'antd';
import { type ReactNode, useEffect, useId } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';
import { FormProblem } from './form-problem.tsx';
import { showServerErrors } from './server-errors.ts';

export interface FormDrawerProps<Values extends object> {
  readonly title: string;
  readonly submitLabel: string;
  readonly form: FormInstance<Values>;
  readonly initialValues: Partial<Values>;
  readonly isBusy: boolean;
  /** Of the last try: what it says of a field is shown there, the rest above the form. */
  readonly error: ApiError | null;
  readonly onSubmit: (values: Values) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form at the side of the page it belongs to. Field names are those of the API, so that its complaints find them. */
export function FormDrawer<Values extends object>(props: FormDrawerProps<Values>) {
  const { title, form, error, onClose, children } = props;
  const id = useId();
  const { required } = useMessages(shellMessages).field;
  useEffect(() => showServerErrors(form, error), [form, error]);
  return (
    <Drawer
      open
      title={title}
      size="min(560px, 100vw)"
      onClose={onClose}
      mask={{ closable: false }}
      footer={<DrawerButtons {...props} formId={id} />}
    >
      <Form<Values>
        id={id}
        form={form}
        layout="vertical"
        initialValues={props.initialValues}
        onFinish={props.onSubmit}
        scrollToFirstError={{ focus: true }}
        validateMessages={{ required }}
      >
        <FormProblem form={form} error={error} />
        {children}
      </Form>
    </Drawer>
  );
}

interface DrawerButtonsProps {
  readonly submitLabel: string;
  readonly isBusy: boolean;
  readonly onClose: () => void;
  readonly formId: string;
}

function DrawerButtons({ submitLabel, isBusy, onClose, formId }: DrawerButtonsProps) {
  const { cancel } = useMessages(shellMessages).actions;
  return (
    <div className="form-buttons">
      <Button onClick={onClose}>{cancel}</Button>
      <Button type="primary" htmlType="submit" form={formId} loading={isBusy}>
        {submitLabel}
      </Button>
    </div>
  );
}
