import type { ListenerUpdateBody, ListenerWire } from '@elbow/api';
import { Button, Drawer, Form } from 'antd';
import { useState } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { shellMessages } from '../../shell/messages.ts';
import { ListenerFields } from '../form/listener-fields.tsx';
import { detailMessages } from '../texts/messages.ts';
import { FieldsForm } from './fields-form.tsx';
import { useListenerChange } from './use-listener-change.ts';

export interface EditListenerDrawerProps {
  readonly of: ListenerWire;
  readonly onClose: () => void;
}

/** The form of the wizard's first step, for a listener that exists. */
export function EditListenerDrawer({ of, onClose }: EditListenerDrawerProps) {
  const t = useMessages(detailMessages);
  const { save, cancel } = useMessages(shellMessages).actions;
  const [form] = Form.useForm();
  // The page goes on looking; the form stays with what it was opened on.
  const [opened] = useState(of);
  const [isAdvancedOpen, setAdvancedOpen] = useState(true);
  const change = useListenerChange(opened, { isOpenAtOnce: true });
  const submit = async (body: ListenerUpdateBody): Promise<void> => {
    if (await change.run(body)) onClose();
  };
  return (
    <>
      <Drawer
        open
        title={t.edit}
        size="min(860px, 100vw)"
        mask={{ closable: false }}
        onClose={onClose}
        footer={
          <div className="form-buttons">
            <Button onClick={onClose}>{cancel}</Button>
            <Button type="primary" loading={change.isRunning} onClick={() => form.submit()}>
              {save}
            </Button>
          </div>
        }
      >
        <FieldsForm
          id="edit"
          of={opened}
          form={form}
          error={change.error}
          onSubmit={(body) => void submit(body)}
        >
          <ListenerFields isAdvancedOpen={isAdvancedOpen} onAdvanced={setAdvancedOpen} />
          <p className="lf-soft dialog-effect">{t.effect.certificate}</p>
        </FieldsForm>
      </Drawer>
      {change.dialog}
    </>
  );
}
