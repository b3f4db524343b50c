import type { ListenerWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { useBulk } from '../api/use-bulk.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { removeListener } from '../listeners/detail/remove-listener.ts';
import { type BulkActionsProps, BulkDeleteBar, type BulkDialogProps } from '../shell/bulk-delete-bar.tsx';
import { BulkDeleteDialog } from '../shell/bulk-delete-dialog.tsx';
import { nameOf } from './load-balancer-status.ts';
import { loadBalancerMessages } from './messages.ts';
import { policyCount } from './named-queries.ts';

/** What can be done with several listeners at once. */
export function ListenerBulkActions(props: BulkActionsProps<ListenerWire>) {
  return <BulkDeleteBar {...props} dialog={DeleteDialog} />;
}

/** The batch of the API takes all or nothing, and none that has a group: each goes by itself. */
function DeleteDialog({ rows, onClose, onDone }: BulkDialogProps<ListenerWire>) {
  const messages = useMessages(loadBalancerMessages);
  const t = messages.listeners.bulk;
  const [isEverything, setEverything] = useState(false);
  const remove = useBulk(
    (row: ListenerWire) =>
      isEverything ? client.deleteListenerForce({ params: { listener_id: row.id } }) : removeListener(row),
    { said: t.saved },
  );
  return (
    <BulkDeleteDialog
      title={t.title}
      rows={rows}
      bulk={remove}
      word={t.word}
      kept={[
        {
          reason: t.protected,
          rows: rows.filter(({ protection_status: status }) => status === 'consoleProtection'),
        },
      ]}
      nameOf={nameOf}
      renderDetail={(row) => <Place of={row} />}
      onClose={onClose}
      onDone={onDone}
    >
      <p>{isEverything ? t.everythingEffect : t.effect}</p>
      <Checkbox checked={isEverything} onChange={({ target }) => setEverything(target.checked)}>
        {t.everything}
      </Checkbox>
    </BulkDeleteDialog>
  );
}

/** Where clients reach it, and how many policies go with it. */
function Place({ of }: { readonly of: ListenerWire }) {
  const t = useMessages(loadBalancerMessages).listeners.bulk;
  const count = useQuery(policyCount(of.id)).data ?? 0;
  return (
    <span className="cell-sub">
      {`${of.protocol}/${of.protocol_port}`}
      {count > 0 && `, ${t.policies(count)}`}
    </span>
  );
}
