import type { LoadBalancerWire } from '@elbow/api';
import { Button } from 'antd';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { type Bulk, useBulk } from '../api/use-bulk.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { BulkFailures } from '../shell/bulk-failures.tsx';
import { BulkBar } from '../shell/bulk-bar.tsx';
import type { BulkActionsProps } from '../shell/bulk-delete-bar.tsx';
import { shellMessages } from '../shell/messages.ts';
import { DeleteLoadBalancersDialog } from './delete-load-balancers-dialog.tsx';
import { loadBalancerMessages } from './messages.ts';

/** What can be done with several load balancers at once. */
export function BulkActions({ rows, onSelect }: BulkActionsProps<LoadBalancerWire>) {
  const t = useMessages(loadBalancerMessages).bulk;
  const { actions } = useMessages(shellMessages);
  const [isRemoving, setRemoving] = useState(false);
  const enable = useBulk((row: LoadBalancerWire) => setState(row.id, true));
  const disable = useBulk((row: LoadBalancerWire) => setState(row.id, false));
  const act = async (bulk: Bulk<LoadBalancerWire>): Promise<void> => {
    if ((await bulk.run(rows)).length === 0) onSelect([]);
  };
  const isBusy = enable.isRunning || disable.isRunning;
  return (
    <>
      <BulkBar count={rows.length} onClear={() => onSelect([])}>
        <Button loading={enable.isRunning} disabled={isBusy} onClick={() => void act(enable)}>
          {t.enable}
        </Button>
        <Button loading={disable.isRunning} disabled={isBusy} onClick={() => void act(disable)}>
          {t.disable}
        </Button>
        <Button danger disabled={isBusy} onClick={() => setRemoving(true)}>
          {actions.delete}
        </Button>
      </BulkBar>
      <BulkFailures bulk={enable} />
      <BulkFailures bulk={disable} />
      {isRemoving && (
        <DeleteLoadBalancersDialog rows={rows} onClose={() => setRemoving(false)} onDone={onSelect} />
      )}
    </>
  );
}

function setState(id: string, isUp: boolean) {
  const loadbalancer = { admin_state_up: isUp };
  return client.updateLoadBalancer({ params: { loadbalancer_id: id }, body: { loadbalancer } });
}
