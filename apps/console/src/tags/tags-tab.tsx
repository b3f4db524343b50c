import { DeleteOutlined } from '@ant-design/icons';
import { mostTags } from '@elbow/model';
import { Button, Table, type TableColumnsType } from 'antd';
import { useCanEdit } from '../api/use-can-edit.ts';
import { InlineText } from '../fields/inline-text.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { shellMessages } from '../shell/messages.ts';
import { tagMessages } from './messages.ts';
import { NewTag } from './new-tag.tsx';
import { type Tag, type Tagged, type TaggedKind, useTagChange } from './use-tag-change.ts';
import './tags.css';

export interface TagsTabProps {
  readonly kind: TaggedKind;
  readonly of: Tagged;
}

/** Tags of an object: keys stay as they are, values are changed in place. */
export function TagsTab({ kind, of }: TagsTabProps) {
  const t = useMessages(tagMessages);
  const { failure } = useMessages(shellMessages);
  const canEdit = useCanEdit();
  const tagging = useTagChange(kind, of);
  const { change, error } = tagging;
  const columns: TableColumnsType<Tag> = [
    {
      title: t.key,
      key: 'key',
      width: '36%',
      render: (_, { key }) => <strong className="tag-key">{key}</strong>,
    },
    {
      title: t.value,
      key: 'value',
      render: (_, tag) => (
        <InlineText
          label={t.valueOf(tag.key)}
          value={tag.value}
          onSave={(value) => change({ action: 'create', tags: [{ key: tag.key, value }] })}
        />
      ),
    },
    ...(canEdit ? [removal((tag) => void change({ action: 'delete', tags: [tag] }), t)] : []),
  ];
  return (
    <div className="tags">
      <p className="tags-text">
        {t.text} <span>{t.count(of.tags.length, mostTags)}</span>
      </p>
      {error !== null && <FailurePanel error={error} title={failure.notSaved} />}
      <Table
        rowKey="key"
        size="middle"
        columns={columns}
        dataSource={of.tags}
        pagination={false}
        locale={{ emptyText: <span className="tags-none">{t.none}</span> }}
      />
      {canEdit && <NewTag tags={of.tags} tagging={tagging} />}
    </div>
  );
}

function removal(
  onRemove: (tag: Tag) => void,
  t: { readonly operations: string; readonly deleteOf: (key: string) => string },
): TableColumnsType<Tag>[number] {
  return {
    title: t.operations,
    key: 'operations',
    align: 'right',
    width: 110,
    render: (_, tag) => (
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined />}
        aria-label={t.deleteOf(tag.key)}
        onClick={() => onRemove(tag)}
      />
    ),
  };
}
