import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, type FormListFieldData } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';

/** As many as the API takes. */
const mostTags = 20;

/** Rows of key and value under the name `tags`. */
export function TagsField({ most = mostTags }: { readonly most?: number }) {
  const t = useMessages(shellMessages).field;
  return (
    <Form.Item label={t.tags} className="tags-field">
      <Form.List name="tags">
        {(rows, { add, remove }) => (
          <>
            {rows.map((row) => (
              <TagRow key={row.key} row={row} onRemove={() => remove(row.name)} />
            ))}
            <Button
              icon={<PlusOutlined />}
              disabled={rows.length >= most}
              onClick={() => add({ key: '', value: '' })}
            >
              {`${t.addTag} ${rows.length}/${most}`}
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}

interface TagRowProps {
  readonly row: FormListFieldData;
  readonly onRemove: () => void;
}

function TagRow({ row, onRemove }: TagRowProps) {
  const t = useMessages(shellMessages).field;
  return (
    <div className="tag-row">
      <Form.Item name={[row.name, 'key']} rules={[{ required: true }, { max: 128 }]} noStyle>
        <Input placeholder={t.tagKey} aria-label={`${t.tagKey} ${row.name + 1}`} autoComplete="off" />
      </Form.Item>
      <Form.Item name={[row.name, 'value']} rules={[{ max: 255 }]} noStyle>
        <Input placeholder={t.tagValue} aria-label={`${t.tagValue} ${row.name + 1}`} autoComplete="off" />
      </Form.Item>
      <Button
        type="text"
        icon={<CloseOutlined />}
        aria-label={t.removeTag(String(row.name + 1))}
        onClick={onRemove}
      />
    </div>
  );
}
