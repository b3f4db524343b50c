import { PlusOutlined } from '@ant-design/icons';
import { mostTags } from '@elbow/model';
import { Button, Form, Input } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { tagMessages } from './messages.ts';
import type { Tag, useTagChange } from './use-tag-change.ts';

export interface NewTagProps {
  readonly tags: readonly Tag[];
  readonly tagging: ReturnType<typeof useTagChange>;
}

/** A row to add one more with, until there are as many as there may be. */
export function NewTag({ tags, tagging }: NewTagProps) {
  const t = useMessages(tagMessages);
  const [form] = Form.useForm<Tag>();
  const isFull = tags.length >= mostTags;
  const validator = async (_: unknown, key = ''): Promise<void> => {
    if (key.length < 1 || key.length > 128) throw new Error(t.keyLength);
    if (tags.some((tag) => tag.key === key)) throw new Error(t.taken);
  };
  const add = async ({ key, value = '' }: Tag): Promise<void> => {
    if (await tagging.change({ action: 'create', tags: [{ key, value }] })) form.resetFields();
  };
  if (isFull) return <p className="tags-text">{t.full(mostTags)}</p>;
  return (
    <Form
      form={form}
      name="tag"
      className="tags-new"
      validateTrigger="onSubmit"
      onFinish={(tag) => void add(tag)}
    >
      <Form.Item name="key" rules={[{ validator }]}>
        <Input placeholder={t.key} aria-label={t.key} autoComplete="off" />
      </Form.Item>
      <Form.Item name="value" rules={[{ max: 255 }]}>
        <Input placeholder={t.value} aria-label={t.value} autoComplete="off" />
      </Form.Item>
      <Button htmlType="submit" icon={<PlusOutlined />} loading={tagging.isRunning}>
        {t.add}
      </Button>
    </Form>
  );
}
