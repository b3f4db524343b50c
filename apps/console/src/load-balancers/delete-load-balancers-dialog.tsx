import type { LoadBalancerWire } from '@elbow/api';
import { Checkbox } from 'antd';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { useBulk } from '../api/use-bulk.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { BulkDialogProps } from '../shell/bulk-delete-bar.tsx';
import { BulkDeleteDialog } from '../shell/bulk-delete-dialog.tsx';
import { nameOf } from './load-balancer-status.ts';
import { loadBalancerMessages } from './messages.ts';

/** Alone, or with all that is below them; what has listeners and goes alone is for the server to refuse. */
export function DeleteLoadBalancersDialog({ rows, onClose, onDone }: BulkDialogProps<LoadBalancerWire>) {
  const messages = useMessages(loadBalancerMessages);
  const t = messages.bulk;
  const [isEverything, setEverything] = useState(false);
  const remove = useBulk(
    ({ id }: LoadBalancerWire) => {
      const call = { params: { loadbalancer_id: id } };
      return isEverything ? client.deleteLoadBalancerForce(call) : client.deleteLoadBalancer(call);
    },
    { said: t.removed },
  );
  const kept = rows.filter(({ deletion_protection_enable: isProtected }) => isProtected);
  const going = rows.filter((row) => !kept.includes(row));
  const listenerCount = going.reduce((sum, { listeners }) => sum + listeners.length, 0);
  return (
    <BulkDeleteDialog
      title={t.removeTitle}
      rows={rows}
      bulk={remove}
      word={t.word}
      kept={[{ reason: t.protected, rows: kept }]}
      nameOf={nameOf}
      renderDetail={({ listeners }) =>
        listeners.length > 0 && <span className="cell-sub">{t.listeners(listeners.length)}</span>
      }
      onClose={onClose}
      onDone={onDone}
    >
      <p>{isEverything ? t.removeAllEffect(listenerCount) : t.removeEffect}</p>
      {listenerCount > 0 && (
        <Checkbox checked={isEverything} onChange={({ target }) => setEverything(target.checked)}>
          {messages.remove.everything}
        </Checkbox>
      )}
    </BulkDeleteDialog>
  );
}
