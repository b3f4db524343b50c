import type { LoadBalancerWire } from '@elbow/api';
import { Alert, Checkbox, Progress } from 'antd';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { useBulk } from '../api/use-bulk.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { BulkFailures } from '../shell/bulk-failures.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { shellMessages } from '../shell/messages.ts';
import { nameOf } from './load-balancer-status.ts';
import { loadBalancerMessages } from './messages.ts';

export interface BulkDeleteDialogProps {
  readonly rows: readonly LoadBalancerWire[];
  readonly onClose: () => void;
  /** All of them are gone. */
  readonly onDone: () => void;
}

const mostNamed = 10;

/** Names what would go; what is protected or still has listeners is kept, and the reason said. */
export function BulkDeleteDialog({ rows, onClose, onDone }: BulkDeleteDialogProps) {
  const messages = useMessages(loadBalancerMessages);
  const t = messages.bulk;
  const { actions } = useMessages(shellMessages);
  const [isEverything, setEverything] = useState(false);
  const remove = useBulk(({ id }: LoadBalancerWire) => {
    const call = { params: { loadbalancer_id: id } };
    return isEverything ? client.deleteLoadBalancerForce(call) : client.deleteLoadBalancer(call);
  });
  const start = async (): Promise<void> => {
    if ((await remove.run(rows)).length > 0) return;
    onClose();
    onDone();
  };
  const listenerCount = rows.reduce((sum, { listeners }) => sum + listeners.length, 0);
  return (
    <ConfirmDialog
      title={t.removeTitle(rows.length)}
      okLabel={actions.delete}
      word={t.word}
      isBusy={remove.isRunning}
      error={null}
      onOk={() => void start()}
      onClose={onClose}
    >
      <p>{isEverything ? t.removeAllEffect(listenerCount) : t.removeEffect}</p>
      <Names rows={rows} />
      {listenerCount > 0 && (
        <Checkbox checked={isEverything} onChange={({ target }) => setEverything(target.checked)}>
          {messages.remove.everything}
        </Checkbox>
      )}
      <Protected rows={rows} />
      {remove.isRunning && (
        <Progress percent={Math.round((remove.done / rows.length) * 100)} aria-label={t.progress} />
      )}
      {!remove.isRunning && <BulkFailures bulk={remove} />}
    </ConfirmDialog>
  );
}

function Names({ rows }: Pick<BulkDeleteDialogProps, 'rows'>) {
  const { more } = useMessages(loadBalancerMessages);
  return (
    <ul>
      {rows.slice(0, mostNamed).map((row) => (
        <li key={row.id}>{nameOf(row)}</li>
      ))}
      {rows.length > mostNamed && <li>{more(rows.length - mostNamed)}</li>}
    </ul>
  );
}

function Protected({ rows }: Pick<BulkDeleteDialogProps, 'rows'>) {
  const t = useMessages(loadBalancerMessages).bulk;
  const kept = rows.filter(({ deletion_protection_enable: isProtected }) => isProtected);
  return kept.length === 0 ? null : (
    <Alert
      type="warning"
      showIcon
      className="bulk-protected"
      title={t.protected(kept.map(nameOf).join(', '))}
    />
  );
}
