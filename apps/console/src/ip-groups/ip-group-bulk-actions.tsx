import type { IpGroupWire } from '@elbow/api';
import { client } from '../api/client.ts';
import { useBulk } from '../api/use-bulk.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { type BulkActionsProps, BulkDeleteBar, type BulkDialogProps } from '../shell/bulk-delete-bar.tsx';
import { BulkDeleteDialog } from '../shell/bulk-delete-dialog.tsx';
import { ListenerLinks } from './listener-links.tsx';
import { ipGroupMessages } from './messages.ts';
import { entryCount } from './queries.ts';

/** What can be done with several groups at once. */
export function IpGroupBulkActions(props: BulkActionsProps<IpGroupWire>) {
  return <BulkDeleteBar {...props} dialog={DeleteDialog} />;
}

function DeleteDialog({ rows, onClose, onDone }: BulkDialogProps<IpGroupWire>) {
  const t = useMessages(ipGroupMessages).bulk;
  const remove = useBulk(({ id }: IpGroupWire) => client.deleteIpGroup({ params: { ipgroup_id: id } }), {
    said: t.saved,
  });
  return (
    <BulkDeleteDialog
      title={t.title}
      rows={rows}
      bulk={remove}
      word={t.word}
      kept={[{ reason: t.kept, rows: rows.filter(({ listeners }) => listeners.length > 0) }]}
      nameOf={nameOf}
      renderDetail={(row) =>
        row.listeners.length > 0 ? (
          <ListenerLinks ids={row.listeners} />
        ) : (
          <span className="cell-sub">{t.entries(entryCount(row))}</span>
        )
      }
      onClose={onClose}
      onDone={onDone}
    >
      <p>{t.effect}</p>
    </BulkDeleteDialog>
  );
}
