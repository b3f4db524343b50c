import type { IpGroupWire } from '@elbow/api';
import { Button } from 'antd';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { useBulk } from '../api/use-bulk.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { BulkBar } from '../shell/bulk-bar.tsx';
import { BulkDeleteDialog } from '../shell/bulk-delete-dialog.tsx';
import { shellMessages } from '../shell/messages.ts';
import { ListenerLinks } from './listener-links.tsx';
import { ipGroupMessages } from './messages.ts';
import { entryCount } from './queries.ts';

export interface IpGroupBulkActionsProps {
  readonly rows: readonly IpGroupWire[];
  readonly onSelect: (rows: readonly IpGroupWire[]) => void;
}

/** What can be done with several groups at once. */
export function IpGroupBulkActions({ rows, onSelect }: IpGroupBulkActionsProps) {
  const t = useMessages(ipGroupMessages).bulk;
  const { actions } = useMessages(shellMessages);
  const [isRemoving, setRemoving] = useState(false);
  const remove = useBulk(({ id }: IpGroupWire) => client.deleteIpGroup({ params: { ipgroup_id: id } }), {
    said: t.saved,
  });
  return (
    <>
      <BulkBar count={rows.length} onClear={() => onSelect([])}>
        <Button danger onClick={() => setRemoving(true)}>
          {actions.delete}
        </Button>
      </BulkBar>
      {isRemoving && (
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
          onClose={() => setRemoving(false)}
          onDone={onSelect}
        >
          <p>{t.effect}</p>
        </BulkDeleteDialog>
      )}
    </>
  );
}
