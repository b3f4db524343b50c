import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { poolMessages } from './messages.ts';

export interface SettingRowProps {
  readonly label: string;
  /** What is set now, in words. */
  readonly value: ReactNode;
  readonly help?: string;
  /** Opens below the value; it closes by the function it is given. Without it nothing can be changed. */
  readonly renderEditor?: (close: () => void) => ReactNode;
}

/** One setting: its name, its value, and the form that changes it in place. */
export function SettingRow({ label, value, help, renderEditor }: SettingRowProps) {
  const { summary: t } = useMessages(poolMessages);
  const canEdit = useCanEdit();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="setting-row">
      <div className="setting-label">{label}</div>
      <div className="setting-body">
        {isOpen && renderEditor !== undefined ? (
          renderEditor(() => setOpen(false))
        ) : (
          <span className="inline-text">
            <span>{value}</span>
            {canEdit && renderEditor !== undefined && (
              <Button
                type="text"
                size="small"
                icon={<EditOutlined />}
                aria-label={t.edit(label)}
                onClick={() => setOpen(true)}
              />
            )}
          </span>
        )}
        {help !== undefined && !isOpen && <div className="cell-sub">{help}</div>}
      </div>
    </div>
  );
}
