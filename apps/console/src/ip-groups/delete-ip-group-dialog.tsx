import type { IpGroupWire } from '@elbow/api';
import { client } from '../api/client.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { DeleteDialog } from '../shell/delete-dialog.tsx';
import { ListenerLinks } from './listener-links.tsx';
import { ipGroupMessages } from './messages.ts';
import { entryCount } from './queries.ts';

export interface DeleteIpGroupDialogProps {
  readonly of: IpGroupWire;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

export function DeleteIpGroupDialog({ of, onClose, onDeleted }: DeleteIpGroupDialogProps) {
  const t = useMessages(ipGroupMessages);
  const users = <ListenerLinks ids={of.listeners} most={50} />;
  return (
    <DeleteDialog
      title={t.remove.title(nameOf(of))}
      call={() => client.deleteIpGroup({ params: { ipgroup_id: of.id } })}
      said={t.deleted(nameOf(of))}
      obstacles={of.listeners.length > 0 ? [{ title: t.remove.inUse, list: users }] : []}
      {...{ onClose, onDeleted }}
    >
      {t.remove.effect(entryCount(of))}
    </DeleteDialog>
  );
}
