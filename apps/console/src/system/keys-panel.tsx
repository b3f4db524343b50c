import type { KeyWire, NewKeyAnswer } from '@elbow/api';
import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { shellMessages } from '../shell/messages.ts';
import type { KeyCalls } from './key-calls.ts';
import { KeyTable } from './key-table.tsx';
import { systemMessages } from './messages.ts';
import { SecretDialog } from './secret-dialog.tsx';

export interface KeysPanelProps {
  readonly keys: readonly KeyWire[];
  readonly calls: KeyCalls;
}

/** Keys of one user. The secret half of a new one is shown once, and then nowhere. */
export function KeysPanel({ keys, calls }: KeysPanelProps) {
  const t = useMessages(systemMessages).keys;
  const { failure } = useMessages(shellMessages);
  const [made, setMade] = useState<NewKeyAnswer | null>(null);
  const [form] = Form.useForm<{ readonly description?: string }>();
  const create = useWrite({
    call: (description: string) => calls.create(description),
    said: () => t.made,
    onDone: ({ key }) => {
      form.resetFields();
      setMade(key);
    },
  });
  return (
    <>
      <p className="sys-soft">{t.intro}</p>
      {create.error !== null && <FailurePanel error={create.error} title={failure.notSaved} />}
      <KeyTable keys={keys} calls={calls} />
      <Form
        form={form}
        layout="inline"
        name="new-key"
        className="sys-new-key"
        onFinish={({ description = '' }) => void create.run(description)}
      >
        <Form.Item name="description" rules={[{ max: 255 }]}>
          <Input placeholder={t.description} aria-label={t.description} autoComplete="off" />
        </Form.Item>
        <Button htmlType="submit" icon={<PlusOutlined />} loading={create.isRunning}>
          {t.create}
        </Button>
      </Form>
      {made !== null && <SecretDialog made={made} onClose={() => setMade(null)} />}
    </>
  );
}
