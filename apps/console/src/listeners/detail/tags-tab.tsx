import { PlusOutlined } from '@ant-design/icons';
import type { TagChangeBody } from '@elbow/api';
import { Button, Form, Input, Table, type TableColumnsType } from 'antd';
import { client } from '../../api/client.ts';
import { useCanEdit } from '../../api/use-can-edit.ts';
import { useWrite } from '../../api/use-write.ts';
import { InlineText } from '../../fields/inline-text.tsx';
import { useMessages } from '../../i18n/use-messages.ts';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { FailurePanel } from '../../shell/failure-panel.tsx';
import { shellMessages } from '../../shell/messages.ts';
import { isTaken } from '../form/server-judge.ts';
import { detailMessages, formMessages } from '../texts/messages.ts';
import type { ListenerTabProps } from './listener-tabs.tsx';

type Tag = TagChangeBody['tags'][number];

/** As many as the API takes. */
const mostTags = 20;

/** Tags of a listener: added, changed and removed one by one. */
export function TagsTab({ of }: ListenerTabProps) {
  const t = useMessages(detailMessages).tagsTab;
  const { failure } = useMessages(shellMessages);
  const canEdit = useCanEdit();
  const change = useTagChange(of);
  const columns = useColumns(change, canEdit);
  return (
    <div className="tags-tab">
      <p className="lf-soft">
        {t.text} {t.counter(of.tags.length)}
      </p>
      {change.error !== null && <FailurePanel error={change.error} title={failure.notSaved} />}
      {canEdit && of.tags.length < mostTags && <NewTag of={of} change={change} />}
      <Table
        rowKey="key"
        size="middle"
        columns={columns}
        dataSource={of.tags}
        pagination={false}
        locale={{ emptyText: t.empty }}
      />
    </div>
  );
}

function useTagChange(of: ListenerTabProps['of']) {
  const t = useMessages(detailMessages);
  return useWrite({
    // The call answers with no body; one that failed is told from one that did not.
    call: async (body: TagChangeBody) => {
      const answer = await client.changeListenerTags({ params: { listener_id: of.id }, body });
      return { ...answer, body: true };
    },
    said: () => t.tagsSaved(nameOf(of)),
  });
}

type TagWrite = ReturnType<typeof useTagChange>;

function useColumns(change: TagWrite, canEdit: boolean): TableColumnsType<Tag> {
  const t = useMessages(detailMessages).tagsTab;
  const { actions } = useMessages(shellMessages);
  const columns: TableColumnsType<Tag> = [
    { title: t.key, dataIndex: 'key', key: 'key' },
    {
      title: t.value,
      key: 'value',
      render: (_, { key, value }) => (
        <InlineText
          label={`${t.value}: ${key}`}
          value={value}
          onSave={(next) =>
            change.run({ action: 'create', tags: [{ key, value: next }] }).then((done) => done === true)
          }
        />
      ),
    },
  ];
  if (!canEdit) return columns;
  return [
    ...columns,
    {
      title: t.operations,
      key: 'operations',
      render: (_, tag) => (
        <Button
          type="link"
          size="small"
          aria-label={t.removeOf(tag.key)}
          onClick={() => void change.run({ action: 'delete', tags: [tag] })}
        >
          {actions.remove}
        </Button>
      ),
    },
  ];
}

interface NewTagProps extends ListenerTabProps {
  readonly change: TagWrite;
}

function NewTag({ of, change }: NewTagProps) {
  const t = useMessages(detailMessages).tagsTab;
  const { complaint } = useMessages(formMessages);
  const { field } = useMessages(shellMessages);
  const [form] = Form.useForm<Tag>();
  const keyRule = async (_: unknown, key: string = ''): Promise<void> => {
    if (!isTaken('listener', ['tags'], [{ key, value: '' }])) throw new Error(complaint.tagKey);
    if (of.tags.some((tag) => tag.key === key)) throw new Error(complaint.tagTwice);
  };
  const valueRule = async (_: unknown, value: string = ''): Promise<void> => {
    if (!isTaken('listener', ['tags'], [{ key: 'k', value }])) throw new Error(complaint.tagValue);
  };
  const add = async ({ key, value = '' }: Tag): Promise<void> => {
    const saved = await change.run({ action: 'create', tags: [{ key, value }] });
    if (saved === true) form.resetFields();
  };
  return (
    <Form
      name="tag"
      form={form}
      layout="inline"
      className="new-tag"
      initialValues={{ key: '', value: '' }}
      onFinish={(tag) => void add(tag)}
    >
      <Form.Item name="key" rules={[{ validator: keyRule }]}>
        <Input placeholder={t.key} aria-label={t.key} autoComplete="off" />
      </Form.Item>
      <Form.Item name="value" rules={[{ validator: valueRule }]}>
        <Input placeholder={t.value} aria-label={t.value} autoComplete="off" />
      </Form.Item>
      <Button htmlType="submit" icon={<PlusOutlined />} loading={change.isRunning}>
        {field.addTag}
      </Button>
    </Form>
  );
}
