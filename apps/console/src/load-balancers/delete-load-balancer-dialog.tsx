import type { LoadBalancerWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Alert, Checkbox } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { shellMessages } from '../shell/messages.ts';
import { nameOf } from './load-balancer-status.ts';
import { loadBalancerMessages } from './messages.ts';
import { listenerList } from './queries.ts';

export interface DeleteLoadBalancerDialogProps {
  readonly of: LoadBalancerWire;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Names what stands in the way; with everything below it goes only when its name is typed. */
export function DeleteLoadBalancerDialog({ of, onClose, onDeleted }: DeleteLoadBalancerDialogProps) {
  const t = useMessages(loadBalancerMessages);
  const { actions } = useMessages(shellMessages);
  const [isEverything, setEverything] = useState(false);
  const listenerCount = of.listeners.length;
  const done = (): void => {
    onClose();
    onDeleted?.();
  };
  const remove = useRemoval(of, isEverything, done);
  return (
    <ConfirmDialog
      title={t.remove.title(nameOf(of))}
      okLabel={actions.delete}
      isBusy={remove.isRunning}
      error={remove.error}
      isBlocked={of.deletion_protection_enable || (listenerCount > 0 && !isEverything)}
      onOk={() => void remove.run(null)}
      onClose={onClose}
      {...(isEverything ? { word: nameOf(of) } : {})}
    >
      <p>
        {isEverything ? t.remove.effectAll(listenerCount) : t.remove.effect(of.vip_address ?? t.noAddress)}
      </p>
      {of.deletion_protection_enable && <Alert type="warning" showIcon title={t.remove.protectedNow} />}
      {!of.deletion_protection_enable && listenerCount > 0 && (
        <Blockers of={of} isEverything={isEverything} onEverything={setEverything} />
      )}
    </ConfirmDialog>
  );
}

function useRemoval(of: LoadBalancerWire, isEverything: boolean, onDone: () => void) {
  const t = useMessages(loadBalancerMessages);
  const call = { params: { loadbalancer_id: of.id } };
  return useWrite<null, null>({
    call: () => (isEverything ? client.deleteLoadBalancerForce(call) : client.deleteLoadBalancer(call)),
    said: () => t.deleted(nameOf(of)),
    onDone,
  });
}

interface BlockersProps {
  readonly of: LoadBalancerWire;
  readonly isEverything: boolean;
  readonly onEverything: (isEverything: boolean) => void;
}

function Blockers({ of, isEverything, onEverything }: BlockersProps) {
  const t = useMessages(loadBalancerMessages).remove;
  const listeners = useQuery(listenerList(of.id)).data ?? [];
  return (
    <>
      <p>{t.hasListeners}</p>
      <ul>
        {listeners.map((listener) => (
          <li key={listener.id}>
            <Link to={`/listeners/${listener.id}/summary`}>{nameOf(listener)}</Link>{' '}
            {`${listener.protocol}/${listener.protocol_port}`}
          </li>
        ))}
      </ul>
      <Checkbox checked={isEverything} onChange={({ target }) => onEverything(target.checked)}>
        {t.everything}
      </Checkbox>
    </>
  );
}
