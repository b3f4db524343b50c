import type { SecurityPolicyWire } from '@elbow/api';
import { Alert } from 'antd';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { ListenerLinks } from '../ip-groups/listener-links.tsx';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { shellMessages } from '../shell/messages.ts';
import { securityPolicyMessages } from './messages.ts';

export interface DeletePolicyDialogProps {
  readonly of: SecurityPolicyWire;
  readonly onClose: () => void;
}

export function DeletePolicyDialog({ of, onClose }: DeletePolicyDialogProps) {
  const t = useMessages(securityPolicyMessages);
  const { actions } = useMessages(shellMessages);
  const remove = useWrite<null, null>({
    call: () => client.deleteSecurityPolicy({ params: { security_policy_id: of.id } }),
    said: () => t.deleted(nameOf(of)),
    onDone: onClose,
  });
  const isInUse = of.listeners.length > 0;
  return (
    <ConfirmDialog
      title={t.remove.title(nameOf(of))}
      okLabel={actions.delete}
      isBusy={remove.isRunning}
      error={remove.error}
      isBlocked={isInUse}
      onOk={() => void remove.run(null)}
      onClose={onClose}
    >
      {isInUse ? (
        <>
          <Alert type="warning" showIcon title={t.remove.inUse} className="tls-note" />
          <ListenerLinks ids={of.listeners} most={50} />
        </>
      ) : (
        <p>{t.remove.effect}</p>
      )}
    </ConfirmDialog>
  );
}
