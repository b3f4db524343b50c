import type { PoolWire } from '@elbow/api';
import { client } from '../api/client.ts';
import { mostInBatch, refusedIn, useBulk } from '../api/use-bulk.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { ListenerLinks } from '../ip-groups/listener-links.tsx';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { type BulkActionsProps, BulkDeleteBar, type BulkDialogProps } from '../shell/bulk-delete-bar.tsx';
import { BulkDeleteDialog } from '../shell/bulk-delete-dialog.tsx';
import { poolMessages } from './messages.ts';

/** What can be done with several groups at once. */
export function PoolBulkActions(props: BulkActionsProps<PoolWire>) {
  return <BulkDeleteBar {...props} dialog={DeleteDialog} />;
}

function DeleteDialog({ rows, onClose, onDone }: BulkDialogProps<PoolWire>) {
  const t = useMessages(poolMessages).bulk;
  // In one call go those that are empty; one with servers or a check goes alone, with all that is in it.
  const remove = useBulk(({ id }: PoolWire) => client.deletePoolCascade({ params: { pool_id: id } }), {
    batch: { most: mostInBatch, call: removeEmpty, refused: (body) => refusedIn(body.pools) },
    said: t.saved,
  });
  const kept = [
    { reason: t.used, rows: rows.filter(({ listeners }) => listeners.length > 0) },
    {
      reason: t.protected,
      rows: rows.filter(
        ({ listeners, member_deletion_protection_enable: isProtected }) =>
          isProtected && listeners.length === 0,
      ),
    },
  ];
  const stays = new Set(kept.flatMap((each) => each.rows));
  const serverCount = rows.reduce((sum, row) => sum + (stays.has(row) ? 0 : row.members.length), 0);
  return (
    <BulkDeleteDialog
      title={t.title}
      rows={rows}
      bulk={remove}
      word={t.word}
      kept={kept}
      nameOf={nameOf}
      renderDetail={({ members, listeners }) => (
        <>
          <span className="cell-sub">{t.servers(members.length)}</span>
          {listeners.length > 0 && <ListenerLinks ids={listeners} />}
        </>
      )}
      onClose={onClose}
      onDone={onDone}
    >
      <p>{t.effect(serverCount)}</p>
    </BulkDeleteDialog>
  );
}

function removeEmpty(rows: readonly PoolWire[]) {
  return client.batchDeletePools({ body: { pools: rows.map(({ id }) => id) } });
}
