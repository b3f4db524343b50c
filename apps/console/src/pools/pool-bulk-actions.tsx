import type { AnswerBodies, PoolWire } from '@elbow/api';
import { Button } from 'antd';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { useBulk } from '../api/use-bulk.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { ListenerLinks } from '../ip-groups/listener-links.tsx';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { BulkBar } from '../shell/bulk-bar.tsx';
import { BulkDeleteDialog } from '../shell/bulk-delete-dialog.tsx';
import { shellMessages } from '../shell/messages.ts';
import { poolMessages } from './messages.ts';

export interface PoolBulkActionsProps {
  readonly rows: readonly PoolWire[];
  readonly onSelect: (rows: readonly PoolWire[]) => void;
}

/** What can be done with several groups at once. */
export function PoolBulkActions({ rows, onSelect }: PoolBulkActionsProps) {
  const { actions } = useMessages(shellMessages);
  const [isRemoving, setRemoving] = useState(false);
  return (
    <>
      <BulkBar count={rows.length} onClear={() => onSelect([])}>
        <Button danger onClick={() => setRemoving(true)}>
          {actions.delete}
        </Button>
      </BulkBar>
      {isRemoving && <DeleteDialog rows={rows} onClose={() => setRemoving(false)} onDone={onSelect} />}
    </>
  );
}

interface DeleteDialogProps {
  readonly rows: readonly PoolWire[];
  readonly onClose: () => void;
  readonly onDone: (left: readonly PoolWire[]) => void;
}

/** What the server deletes in one call. */
const mostAtOnce = 200;

function DeleteDialog({ rows, onClose, onDone }: DeleteDialogProps) {
  const t = useMessages(poolMessages).bulk;
  // In one call go those that are empty; one with servers or a check goes alone, with all that is in it.
  const remove = useBulk(({ id }: PoolWire) => client.deletePoolCascade({ params: { pool_id: id } }), {
    batch: { most: mostAtOnce, call: removeEmpty, refused: refusedOf },
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

function refusedOf({ pools }: AnswerBodies['BatchDeletePools']): readonly string[] {
  return pools.filter(({ ret_status: status }) => status === 'failed').map(({ id }) => id);
}
