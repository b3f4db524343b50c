import type { ListenerWire, L7PolicyWire, PoolWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { client } from '../../api/client.ts';
import { useWrite } from '../../api/use-write.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { poolById } from '../../load-balancers/named-queries.ts';
import { ConfirmDialog } from '../../shell/confirm-dialog.tsx';
import { shellMessages } from '../../shell/messages.ts';
import { listenerPolicies } from '../queries.ts';
import { detailMessages } from '../texts/messages.ts';
import { useListenerFacts } from './listener-facts.ts';
import { removeListener } from './remove-listener.ts';
import { useProtection } from './use-listener-change.ts';

export interface DeleteListenerDialogProps {
  readonly of: ListenerWire;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Says what goes and what stays, and wants a word for it. */
export function DeleteListenerDialog({ of, onClose, onDeleted }: DeleteListenerDialogProps) {
  const t = useMessages(detailMessages).removeDialog;
  const { actions } = useMessages(shellMessages);
  const { loadBalancer } = useListenerFacts();
  const policies = useQuery(listenerPolicies(of.id)).data ?? [];
  const pool = useQuery(poolById(of.default_pool_id)).data ?? undefined;
  const [takesPool, setTakesPool] = useState(false);
  const remove = useRemoval({ of, takesPool, onDone: onDeleted });
  const place = `${of.protocol.toLowerCase()}://${loadBalancer.vip_address ?? '?'}:${of.protocol_port}`;
  return (
    <ConfirmDialog
      title={t.title(nameOf(of))}
      okLabel={actions.delete}
      word={t.word}
      isBusy={remove.isRunning}
      error={remove.error}
      onOk={() => void remove.run()}
      onClose={onClose}
    >
      <p>{t.text(place, of.keepalive_timeout)}</p>
      {policies.length > 0 && <Policies of={policies} />}
      {pool !== undefined && (
        <PoolFate of={pool} listenerId={of.id} takesPool={takesPool} onTakesPool={setTakesPool} />
      )}
    </ConfirmDialog>
  );
}

function Policies({ of }: { readonly of: readonly L7PolicyWire[] }) {
  const t = useMessages(detailMessages).removeDialog;
  return (
    <>
      <p>{t.policies(of.length)}</p>
      <ul>
        {of.map((policy) => (
          <li key={policy.id}>{nameOf(policy)}</li>
        ))}
      </ul>
    </>
  );
}

interface PoolFateProps {
  readonly of: PoolWire;
  readonly listenerId: string;
  readonly takesPool: boolean;
  readonly onTakesPool: (takesPool: boolean) => void;
}

function PoolFate({ of, listenerId, takesPool, onTakesPool }: PoolFateProps) {
  const t = useMessages(detailMessages).removeDialog;
  const isShared = of.listeners.some(({ id }) => id !== listenerId);
  return (
    <>
      <p>
        {takesPool ? t.poolGoes : t.pool} <Link to={`/pools/${of.id}`}>{nameOf(of)}</Link>
        {isShared && ` (${t.poolShared})`}
      </p>
      {!isShared && (
        <Checkbox checked={takesPool} onChange={({ target }) => onTakesPool(target.checked)}>
          {t.withPool}
        </Checkbox>
      )}
    </>
  );
}

interface RemovalWish {
  readonly of: ListenerWire;
  readonly takesPool: boolean;
  readonly onDone: () => void;
}

function useRemoval({ of, takesPool, onDone }: RemovalWish) {
  const t = useMessages(detailMessages);
  const isAllowed = useProtection(of);
  const call = { params: { listener_id: of.id } };
  const write = useWrite<null, null>({
    // Forced, it goes with its policies and its group in one transaction.
    call: () => (takesPool ? client.deleteListenerForce(call) : removeListener(of)),
    said: () => t.deleted(nameOf(of)),
    onDone,
  });
  return { ...write, run: async () => ((await isAllowed(null)) ? write.run(null) : null) };
}
