import type { IpGroupWire } from '@elbow/api';
import { Alert } from 'antd';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { shellMessages } from '../shell/messages.ts';
import { ListenerLinks } from './listener-links.tsx';
import { ipGroupMessages } from './messages.ts';

export interface DeleteIpGroupDialogProps {
  readonly of: IpGroupWire;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

export function DeleteIpGroupDialog({ of, onClose, onDeleted }: DeleteIpGroupDialogProps) {
  const t = useMessages(ipGroupMessages);
  const { actions } = useMessages(shellMessages);
  const remove = useWrite<null, null>({
    call: () => client.deleteIpGroup({ params: { ipgroup_id: of.id } }),
    said: () => t.deleted(nameOf(of)),
    onDone: () => {
      onClose();
      onDeleted?.();
    },
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
          <Alert type="warning" showIcon title={t.remove.inUse} className="ipg-effect" />
          <ListenerLinks ids={of.listeners} most={50} />
        </>
      ) : (
        <p>{t.remove.effect(of.ip_list.length)}</p>
      )}
    </ConfirmDialog>
  );
}
