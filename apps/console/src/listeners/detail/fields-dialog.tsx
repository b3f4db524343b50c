import type { ListenerWire } from '@elbow/api';
import { Form, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { shellMessages } from '../../shell/messages.ts';
import type { ListenerValues } from '../form/listener-values.ts';
import { FieldsForm } from './fields-form.tsx';
import { useListenerChange } from './use-listener-change.ts';

export interface FieldsDialogProps {
  readonly of: ListenerWire;
  readonly title: string;
  /** What saving will do, in a sentence. */
  readonly effect: string;
  readonly onClose: () => void;
  readonly onValues?: (values: ListenerValues) => void;
  readonly children: ReactNode;
}

/** A few fields that belong together, in a dialog of their own. */
export function FieldsDialog({ of, title, effect, onClose, onValues, children }: FieldsDialogProps) {
  const { save, cancel } = useMessages(shellMessages).actions;
  const [form] = Form.useForm();
  // The page goes on looking; the form stays with what it was opened on.
  const [opened] = useState(of);
  const change = useListenerChange(opened, { isOpenAtOnce: true });
  return (
    <>
      <Modal
        open
        title={title}
        width={640}
        okText={save}
        cancelText={cancel}
        confirmLoading={change.isRunning}
        onOk={() => form.submit()}
        onCancel={onClose}
      >
        <FieldsForm
          id="fields"
          of={opened}
          form={form}
          error={change.error}
          onSubmit={(body) => void change.run(body).then((isOver) => isOver && onClose())}
          {...(onValues === undefined ? {} : { onValues })}
        >
          {children}
          <p className="lf-soft dialog-effect">{effect}</p>
        </FieldsForm>
      </Modal>
      {change.dialog}
    </>
  );
}
