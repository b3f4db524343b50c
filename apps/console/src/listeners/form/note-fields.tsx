import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, type FormListFieldData, Input } from 'antd';
import { useMessages } from '../../i18n/use-messages.ts';
import { shellMessages } from '../../shell/messages.ts';
import { fieldMessages, formMessages } from '../texts/messages.ts';
import { FieldRow } from './field-row.tsx';
import { FormSection } from './form-section.tsx';
import { useListenerForm } from './listener-form-context.ts';
import { judgedBy, isTaken } from './server-judge.ts';
import { SwitchRow } from './switch-row.tsx';

/** Tags, description and the guard against changes by mistake. */
export function NoteFields() {
  const t = useMessages(formMessages);
  const { isNew } = useListenerForm();
  return (
    <FormSection title={t.section.notes} text={t.sectionText.notes}>
      {isNew && <TagFields />}
      <FieldRow
        field="description"
        name="description"
        rules={[judgedBy('listener', ['description'], t.complaint.description)]}
      >
        <Input.TextArea rows={3} count={{ show: true, max: 255 }} />
      </FieldRow>
      <ProtectionFields />
    </FormSection>
  );
}

/** A guard against changes by mistake, and why it is there. */
export function ProtectionFields() {
  const t = useMessages(formMessages);
  const isProtected = Form.useWatch<boolean>('isProtected');
  return (
    <>
      <SwitchRow field="protection" name="isProtected" text={t.protectionText} />
      {isProtected === true && (
        <FieldRow
          field="protectionReason"
          name="protection_reason"
          rules={[judgedBy('listener', ['protection_reason'], t.complaint.reason)]}
        >
          <Input autoComplete="off" />
        </FieldRow>
      )}
    </>
  );
}

/** As many as fit a form; more can be added to the listener later. */
const mostHere = 10;

function TagFields() {
  const t = useMessages(shellMessages).field;
  const label = useMessages(fieldMessages).tags;
  return (
    <fieldset className="tag-fields" data-field="tags">
      <legend>{label}</legend>
      <Form.List name="tags">
        {(rows, { add, remove }) => (
          <>
            {rows.map((row) => (
              <TagRow key={row.key} row={row} onRemove={() => remove(row.name)} />
            ))}
            <Button
              icon={<PlusOutlined />}
              disabled={rows.length >= mostHere}
              onClick={() => add({ key: '', value: '' })}
            >
              {`${t.addTag} ${rows.length}/${mostHere}`}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}

interface TagRowProps {
  readonly row: FormListFieldData;
  readonly onRemove: () => void;
}

function TagRow({ row, onRemove }: TagRowProps) {
  const t = useMessages(shellMessages).field;
  const { complaint } = useMessages(formMessages);
  const form = Form.useFormInstance();
  const keyRule = async (_: unknown, key: string): Promise<void> => {
    if (!isTaken('listener', ['tags'], [{ key: key ?? '', value: '' }])) throw new Error(complaint.tagKey);
    const all = form.getFieldValue('tags') as readonly { readonly key: string }[];
    if (all.filter((tag) => tag?.key === key).length > 1) throw new Error(complaint.tagTwice);
  };
  const valueRule = async (_: unknown, value: string): Promise<void> => {
    if (!isTaken('listener', ['tags'], [{ key: 'k', value: value ?? '' }]))
      throw new Error(complaint.tagValue);
  };
  return (
    <div className="tag-row">
      <Form.Item name={[row.name, 'key']} rules={[{ validator: keyRule }]}>
        <Input placeholder={t.tagKey} aria-label={`${t.tagKey} ${row.name + 1}`} autoComplete="off" />
      </Form.Item>
      <Form.Item name={[row.name, 'value']} rules={[{ validator: valueRule }]}>
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
