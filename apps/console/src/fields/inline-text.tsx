import { EditOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';

export interface InlineTextProps {
  readonly label: string;
  readonly value: string;
  readonly maxLength?: number;
  /** Editing begins: `begin` of `useEdit`. */
  readonly onOpen?: () => void;
  /** Resolves to whether it was saved; if not, the text stays open. */
  readonly onSave: (value: string) => Promise<boolean>;
}

/** Text that is edited where it stands: Enter saves, Escape takes back. */
export function InlineText({ label, value, maxLength = 255, onOpen, onSave }: InlineTextProps) {
  const t = useMessages(shellMessages);
  const canEdit = useCanEdit();
  const [draft, setDraft] = useState<string | null>(null);
  if (draft !== null)
    return (
      <Editor {...{ label, value, maxLength, onSave, draft, setDraft }} onClose={() => setDraft(null)} />
    );
  return (
    <span className="inline-text">
      <span className={value === '' ? 'inline-text-none' : ''}>{value === '' ? '–' : value}</span>
      {canEdit && (
        <Button
          type="text"
          size="small"
          icon={<EditOutlined />}
          aria-label={t.field.editNamed(label)}
          onClick={() => {
            onOpen?.();
            setDraft(value);
          }}
        />
      )}
    </span>
  );
}

interface EditorProps extends InlineTextProps {
  readonly draft: string;
  readonly setDraft: (draft: string) => void;
  readonly onClose: () => void;
}

function Editor({ label, value, maxLength, onSave, draft, setDraft, onClose }: EditorProps) {
  const t = useMessages(shellMessages).actions;
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    if (draft === value) return onClose();
    setBusy(true);
    const isSaved = await onSave(draft);
    setBusy(false);
    if (isSaved) onClose();
  };
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'Enter') void save();
    if (key === 'Escape') onClose();
  };
  return (
    <span className="inline-text inline-text-open">
      <Input
        autoFocus
        size="small"
        aria-label={label}
        value={draft}
        disabled={isBusy}
        onChange={({ target }) => setDraft(target.value)}
        onKeyDown={onKeyDown}
        {...(maxLength === undefined ? {} : { maxLength })}
      />
      <Button size="small" type="primary" loading={isBusy} disabled={isBusy} onClick={() => void save()}>
        {t.save}
      </Button>
      <Button size="small" onClick={onClose}>
        {t.cancel}
      </Button>
    </span>
  );
}
