import type { PoolWire } from '@elbow/api';
import { Link } from 'react-router';
import { client } from '../api/client.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { DeleteDialog } from '../shell/delete-dialog.tsx';
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
  const users = usePoolUsers(of);
  const inUse = { title: t.remove.inUse, list: <Blockers users={users} /> };
  const obstacles = [
    ...(of.member_deletion_protection_enable ? [{ title: t.remove.protectedNow }] : []),
    ...(users.allListeners.length > 0 ? [inUse] : []),
  ];
  return (
    <DeleteDialog
      title={t.remove.title(nameOf(of))}
      call={() => client.deletePoolCascade({ params: { pool_id: of.id } })}
      said={t.deleted(nameOf(of))}
      word={of.members.length > 0 ? nameOf(of) : undefined}
      {...{ obstacles, onClose, onDeleted }}
    >
      {t.remove.effect(of.members.length)}
    </DeleteDialog>
  );
}

function Blockers({ users }: { readonly users: PoolUsers }) {
  return (
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
  );
}
