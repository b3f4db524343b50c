import { Button } from 'antd';
import { type ComponentType, useState } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { BulkBar } from './bulk-bar.tsx';
import type { BulkDeleteDialogProps } from './bulk-delete-dialog.tsx';
import { shellMessages } from './messages.ts';
import type { Named } from './named.ts';

/** The rows that are selected, and how to select others. */
export interface BulkActionsProps<Row> {
  readonly rows: readonly Row[];
  readonly onSelect: (rows: readonly Row[]) => void;
}

/** What a dialog needs that is opened for the selected rows. */
export type BulkDialogProps<Row extends Named> = Pick<
  BulkDeleteDialogProps<Row>,
  'rows' | 'onClose' | 'onDone'
>;

export interface BulkDeleteBarProps<Row extends Named> extends BulkActionsProps<Row> {
  readonly dialog: ComponentType<BulkDialogProps<Row>>;
}

/** Above a table whose selected rows can be deleted, after a dialog that starts anew each time. */
export function BulkDeleteBar<Row extends Named>({
  rows,
  onSelect,
  dialog: Dialog,
}: BulkDeleteBarProps<Row>) {
  const { actions } = useMessages(shellMessages);
  const [isRemoving, setRemoving] = useState(false);
  return (
    <>
      <BulkBar count={rows.length} onClear={() => onSelect([])}>
        <Button danger onClick={() => setRemoving(true)}>
          {actions.delete}
        </Button>
      </BulkBar>
      {isRemoving && <Dialog rows={rows} onClose={() => setRemoving(false)} onDone={onSelect} />}
    </>
  );
}
