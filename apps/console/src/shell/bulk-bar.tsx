import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from './messages.ts';

export interface BulkBarProps {
  readonly count: number;
  readonly onClear: () => void;
  /** What can be done with them. */
  readonly children: ReactNode;
}

/** Above a table while rows are selected. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  const t = useMessages(shellMessages).list;
  if (count === 0) return null;
  return (
    <div className="bulk-bar" role="region" aria-label={t.selected(count)}>
      <strong>{t.selected(count)}</strong>
      {children}
      <Button type="text" onClick={onClear}>
        {t.clearSelection}
      </Button>
    </div>
  );
}
