import { EditOutlined } from '@ant-design/icons';
import { Button, InputNumber } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';

export interface InlineNumberProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Editing begins: `begin` of `useEdit`. */
  readonly onOpen?: () => void;
  /** Resolves to whether it was saved; if not, the number stays open. */
  readonly onSave: (value: number) => Promise<boolean>;
}

/** A number that is edited where it stands: Enter saves, Escape takes back. */
export function InlineNumber({ label, value, min, max, onOpen, onSave }: InlineNumberProps) {
  const t = useMessages(shellMessages);
  const canEdit = useCanEdit();
  const [draft, setDraft] = useState<number | null>(null);
  const [isBusy, setBusy] = useState(false);
  const close = (): void => setDraft(null);
  const save = async (): Promise<void> => {
    if (draft === null || draft === value) return close();
    setBusy(true);
    const isSaved = await onSave(draft);
    setBusy(false);
    if (isSaved) close();
  };
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'Enter') void save();
    if (key === 'Escape') close();
  };
  if (draft === null)
    return (
      <span className="inline-text">
        <span className="pool-number">{value}</span>
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
  return (
    <span className="inline-text">
      <InputNumber
        autoFocus
        size="small"
        className="pool-number-input"
        aria-label={label}
        precision={0}
        controls={false}
        {...{ min, max }}
        value={draft}
        disabled={isBusy}
        onChange={(typed) => setDraft(typed ?? value)}
        onKeyDown={onKeyDown}
      />
      <Button size="small" type="primary" loading={isBusy} onClick={() => void save()}>
        {t.actions.save}
      </Button>
      <Button size="small" onClick={close}>
        {t.actions.cancel}
      </Button>
    </span>
  );
}
