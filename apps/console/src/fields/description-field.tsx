import { Form, Input } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';

/** The description that every resource has. */
export function DescriptionField() {
  const { description } = useMessages(shellMessages).field;
  return (
    <Form.Item name="description" label={description} rules={[{ max: 255 }]}>
      <Input.TextArea rows={3} count={{ show: true, max: 255 }} />
    </Form.Item>
  );
}
