import type { PoolWire } from '@elbow/api';
import { Alert } from 'antd';
import { Link } from 'react-router';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { shellMessages } from '../shell/messages.ts';
import { poolMessages } from './messages.ts';
import { type PoolUsers, usePoolUsers } from './pool-users.ts';

export interface DeletePoolDialogProps {
  readonly of: PoolWire;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** A group goes with its servers and its check, once nothing sends requests to it. */
export function DeletePoolDialog({ of, onClose, onDeleted }: DeletePoolDialogProps) {
  const t = useMessages(poolMessages);
  const { actions } = useMessages(shellMessages);
  const users = usePoolUsers(of);
  const remove = useWrite<null, null>({
    call: () => client.deletePoolCascade({ params: { pool_id: of.id } }),
    said: () => t.deleted(nameOf(of)),
    onDone: () => {
      onClose();
      onDeleted?.();
    },
  });
  const isInUse = users.allListeners.length > 0;
  const isProtected = of.member_deletion_protection_enable;
  return (
    <ConfirmDialog
      title={t.remove.title(nameOf(of))}
      okLabel={actions.delete}
      isBusy={remove.isRunning}
      error={remove.error}
      isBlocked={isInUse || isProtected}
      onOk={() => void remove.run(null)}
      onClose={onClose}
      {...(of.members.length > 0 ? { word: nameOf(of) } : {})}
    >
      {isProtected && <Alert type="warning" showIcon title={t.remove.protectedNow} className="pool-note" />}
      {isInUse ? <Blockers users={users} /> : <p>{t.remove.effect(of.members.length)}</p>}
    </ConfirmDialog>
  );
}

function Blockers({ users }: { readonly users: PoolUsers }) {
  const t = useMessages(poolMessages);
  return (
    <>
      <Alert type="warning" showIcon title={t.remove.inUse} className="pool-note" />
      <ul className="pool-blockers">
        {users.listeners.map((listener) => (
          <li key={listener.id}>
            <Link to={`/listeners/${listener.id}/summary`}>{nameOf(listener)}</Link>{' '}
            {`${listener.protocol}/${listener.protocol_port}`}
          </li>
        ))}
        {users.policies.map((policy) => (
          <li key={policy.id}>
            <Link to={`/listeners/${policy.listener_id}/policies`}>{nameOf(policy)}</Link>
          </li>
        ))}
      </ul>
    </>
  );
}
